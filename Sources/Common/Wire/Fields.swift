package import JSON

/// Reads the fields of one JSON object as the peer's Go decoder does: names without regard to case, unknown names
/// ignored, absent or null fields give the type's zero value. Another kind of value is an error.
package struct Fields {
    private let object: JSONObject
    private let path: String

    /// The fields of `value`; `path` names it in errors. Null counts as an empty object.
    package init(_ value: JSON, at path: String = "") throws(WireError) {
        switch value {
        case .object(let object): self.object = object
        case .null: self.object = JSONObject()
        default:
            throw .type(field: path.isEmpty ? "(message)" : path, expected: "an object", found: value.kind)
        }
        self.path = path
    }

    /// The field's place, for errors.
    package func place(_ name: String) -> String { path.isEmpty ? name : path + "." + name }

    /// The field's value, nil when absent or null.
    package func value(_ name: String) -> JSON? {
        guard let value = object.value(caseInsensitive: name), !value.isNull else { return nil }
        return value
    }

    /// The field as text.
    package func string(_ name: String) throws(WireError) -> String {
        guard let value = value(name) else { return "" }
        guard case .string(let text) = value else { throw mismatch(name, value, expected: "a string") }
        return text
    }

    /// The field as a truth value.
    package func bool(_ name: String) throws(WireError) -> Bool {
        guard let value = value(name) else { return false }
        guard case .bool(let flag) = value else { throw mismatch(name, value, expected: "true or false") }
        return flag
    }

    /// The field as an integer of the wanted width.
    package func integer<I: FixedWidthInteger>(_ name: String, as type: I.Type = I.self) throws(WireError)
        -> I
    {
        guard let value = value(name) else { return 0 }
        guard case .number(let number) = value else { throw mismatch(name, value, expected: "a number") }
        if let signed = number.int, let exact = I(exactly: signed) { return exact }
        if let unsigned = number.uint, let exact = I(exactly: unsigned) { return exact }
        throw .range(
            field: place(name), expected: "an integer from \(I.min) to \(I.max)", found: number.text)
    }

    /// The field as a list of texts.
    package func strings(_ name: String) throws(WireError) -> [String] {
        var texts: [String] = []
        for element in try elements(name) {
            guard case .string(let text) = element else {
                throw mismatch(name + "[]", element, expected: "a string")
            }
            texts.append(text)
        }
        return texts
    }

    /// The field as a list of values.
    package func elements(_ name: String) throws(WireError) -> [JSON] {
        guard let value = value(name) else { return [] }
        guard case .array(let elements) = value else { throw mismatch(name, value, expected: "an array") }
        return elements
    }

    /// The field as an object's fields; an absent one is empty.
    package func fields(_ name: String) throws(WireError) -> Fields {
        try Fields(value(name) ?? .null, at: place(name))
    }

    /// The field as a list of objects, each read by `read`.
    package func list<Element>(
        _ name: String, _ read: (Fields) throws(WireError) -> Element
    ) throws(WireError) -> [Element] {
        var list: [Element] = []
        for element in try elements(name) {
            list.append(try read(Fields(element, at: place(name) + "[\(list.count)]")))
        }
        return list
    }

    /// The field as a map from names to texts, in the order written.
    package func stringPairs(_ name: String) throws(WireError) -> [(name: String, value: String)] {
        let inner = try fields(name)
        var pairs: [(name: String, value: String)] = []
        for member in inner.object.members {
            guard case .string(let text) = member.value else {
                throw inner.mismatch(member.key, member.value, expected: "a string")
            }
            pairs.append((name: member.key, value: text))
        }
        return pairs
    }

    /// The JSON document that stands as text inside a string field.
    package func embedded(_ name: String) throws(WireError) -> JSON {
        let text = try string(name)
        if text.isEmpty { throw .missing(field: place(name)) }
        do throws(JSONError) { return try JSON.parse(text) } catch {
            throw .embedded(field: place(name), error)
        }
    }

    private func mismatch(_ name: String, _ value: JSON, expected: String) -> WireError {
        .type(field: place(name), expected: expected, found: value.kind)
    }
}
