package import JSON

extension OCI {
    /// A type that is one JSON object of the specification.
    package protocol Document {
        /// Reads the object; the error names the field that is wrong.
        init(reading reader: ObjectReader) throws(DecodeError)
        /// The object's members, always in the same order.
        func write(to writer: inout ObjectWriter)
    }

    /// Reads the members of one JSON object and names the one that is wrong. `null` counts as absent.
    package struct ObjectReader {
        let object: JSONObject
        let path: FieldPath

        /// Refuses everything but an object.
        package init(_ value: JSON, at path: FieldPath = .root) throws(DecodeError) {
            guard case .object(let object) = value else {
                throw DecodeError(path: path.text, expected: "an object", found: kind(of: value))
            }
            self.object = object
            self.path = path
        }

        /// The member's value, nil when it is absent or null.
        func value(_ key: String) -> JSON? {
            guard let value = object[key] else { return nil }
            if case .null = value { return nil }
            return value
        }

        /// The error for a member that is not what was expected.
        func wrong(_ key: String, expected: String) -> DecodeError {
            let found = value(key)
            return DecodeError(
                path: FieldPath.member(path, key).text, expected: expected,
                found: found.map(kind(of:)) ?? "nothing")
        }
    }
}

extension OCI.ObjectReader {
    /// The member as text, nil when absent.
    package func optionalString(_ key: String) throws(OCI.DecodeError) -> String? {
        guard let value = value(key) else { return nil }
        guard case .string(let text) = value else { throw wrong(key, expected: "a string") }
        return text
    }

    /// The member as text; absence is an error.
    package func requiredString(_ key: String) throws(OCI.DecodeError) -> String {
        guard let text = try optionalString(key) else { throw wrong(key, expected: "a string") }
        return text
    }

    /// The member as text, empty when absent: for fields where the specification gives both one meaning.
    package func string(_ key: String) throws(OCI.DecodeError) -> String {
        try optionalString(key) ?? ""
    }

    /// The member as a truth value, nil when absent.
    package func optionalBool(_ key: String) throws(OCI.DecodeError) -> Bool? {
        guard let value = value(key) else { return nil }
        guard case .bool(let flag) = value else { throw wrong(key, expected: "true or false") }
        return flag
    }

    /// The member as a truth value, false when absent.
    package func bool(_ key: String) throws(OCI.DecodeError) -> Bool {
        try optionalBool(key) ?? false
    }

    /// The member as an integer of the wanted width, nil when absent; out of range is an error.
    package func optionalInteger<I: FixedWidthInteger>(
        _ key: String, as type: I.Type = I.self
    ) throws(OCI.DecodeError) -> I? {
        guard let value = value(key) else { return nil }
        guard let number: I = parsedInteger(from: value) else {
            throw wrong(key, expected: "an integer from \(I.min) to \(I.max)")
        }
        return number
    }

    /// The member as an integer, 0 when absent.
    package func integer<I: FixedWidthInteger>(
        _ key: String, as type: I.Type = I.self
    ) throws(OCI.DecodeError) -> I {
        try optionalInteger(key) ?? 0
    }

    /// The member as an object of the specification, nil when absent.
    package func optional<D: OCI.Document>(
        _ key: String, as type: D.Type = D.self
    ) throws(OCI.DecodeError) -> D? {
        guard let value = value(key) else { return nil }
        return try D(reading: OCI.ObjectReader(value, at: .member(path, key)))
    }

    /// The member as an object of the specification; absence is an error.
    package func required<D: OCI.Document>(
        _ key: String, as type: D.Type = D.self
    ) throws(OCI.DecodeError) -> D {
        guard let document: D = try optional(key) else { throw wrong(key, expected: "an object") }
        return document
    }
}

extension OCI.ObjectReader {
    /// The member as an array's elements, empty when absent.
    func elements(_ key: String) throws(OCI.DecodeError) -> [JSON] {
        guard let value = value(key) else { return [] }
        guard case .array(let elements) = value else { throw wrong(key, expected: "an array") }
        return elements
    }

    /// The member as a list of texts, empty when absent.
    package func strings(_ key: String) throws(OCI.DecodeError) -> [String] {
        var texts: [String] = []
        for (index, element) in try elements(key).enumerated() {
            guard case .string(let text) = element else {
                throw wrong(element, at: .element(.member(path, key), index), expected: "a string")
            }
            texts.append(text)
        }
        return texts
    }

    /// The member as a list of integers, empty when absent.
    package func integers<I: FixedWidthInteger>(
        _ key: String, as type: I.Type = I.self
    ) throws(OCI.DecodeError) -> [I] {
        var numbers: [I] = []
        for (index, element) in try elements(key).enumerated() {
            guard let number: I = parsedInteger(from: element) else {
                throw wrong(
                    element, at: .element(.member(path, key), index),
                    expected: "an integer from \(I.min) to \(I.max)")
            }
            numbers.append(number)
        }
        return numbers
    }

    /// The member as a list of objects, empty when absent.
    package func list<D: OCI.Document>(
        _ key: String, as type: D.Type = D.self
    ) throws(OCI.DecodeError) -> [D] {
        var documents: [D] = []
        for (index, element) in try elements(key).enumerated() {
            documents.append(
                try D(reading: OCI.ObjectReader(element, at: .element(.member(path, key), index))))
        }
        return documents
    }

    /// The member as a map from text to text, empty when absent.
    package func stringMap(_ key: String) throws(OCI.DecodeError) -> [String: String] {
        guard let value = value(key) else { return [:] }
        let inner = try OCI.ObjectReader(value, at: .member(path, key))
        var map: [String: String] = [:]
        for member in inner.object.members {
            map[member.key] = try inner.requiredString(member.key)
        }
        return map
    }

    /// The member as a map from text to objects, empty when absent.
    package func map<D: OCI.Document>(
        _ key: String, of type: D.Type = D.self
    ) throws(OCI.DecodeError) -> [String: D] {
        guard let value = value(key) else { return [:] }
        let inner = try OCI.ObjectReader(value, at: .member(path, key))
        var map: [String: D] = [:]
        for member in inner.object.members {
            guard let document: D = try inner.optional(member.key) else { continue }
            map[member.key] = document
        }
        return map
    }

    private func wrong(_ value: JSON, at path: OCI.FieldPath, expected: String) -> OCI.DecodeError {
        OCI.DecodeError(path: path.text, expected: expected, found: kind(of: value))
    }
}

/// The number as the wanted type; nil when it is no number, no integer or out of range.
private func parsedInteger<I: FixedWidthInteger>(from value: JSON) -> I? {
    guard case .number(let number) = value else { return nil }
    if let small = number.int { return I(exactly: small) }
    if let large = number.uint { return I(exactly: large) }
    return nil
}

/// What a value is, in words for an error message; short scalars with their value.
private func kind(of value: JSON) -> String {
    switch value {
    case .bool(let flag): flag ? "true" : "false"
    case .number(let number): "the number " + number.text
    case .string(let text) where text.utf8.count <= 64: "the string \"" + text + "\""
    default: value.kind
    }
}
