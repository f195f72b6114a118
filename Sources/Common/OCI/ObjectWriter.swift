package import JSON

extension OCI {
    /// Collects the members of one JSON object in the order of the calls. The `unlessEmpty` and optional forms
    /// leave a member out, as the specification's own encoders do.
    package struct ObjectWriter {
        package private(set) var object = JSONObject()

        package init() {}

        package mutating func put(_ key: String, _ value: JSON) { object[key] = value }
        package mutating func put(_ key: String, _ text: String) { object[key] = .string(text) }
        package mutating func put(_ key: String, _ flag: Bool) { object[key] = .bool(flag) }
        package mutating func put<I: FixedWidthInteger>(_ key: String, _ number: I) {
            object[key] = jsonInteger(number)
        }
        package mutating func put<D: Document>(_ key: String, _ document: D) {
            object[key] = document.json
        }
        package mutating func put(_ key: String, _ texts: [String]) {
            object[key] = .array(texts.map { .string($0) })
        }
        package mutating func put<D: Document>(_ key: String, _ documents: [D]) {
            object[key] = .array(documents.map { $0.json })
        }

        package mutating func put(_ key: String, ifPresent text: String?) {
            if let text { put(key, text) }
        }
        package mutating func put(_ key: String, ifPresent flag: Bool?) {
            if let flag { put(key, flag) }
        }
        package mutating func put<I: FixedWidthInteger>(_ key: String, ifPresent number: I?) {
            if let number { put(key, number) }
        }
        package mutating func put<D: Document>(_ key: String, ifPresent document: D?) {
            if let document { put(key, document) }
        }

        package mutating func put(_ key: String, unlessEmpty text: String) {
            if !text.isEmpty { put(key, text) }
        }
        package mutating func put(_ key: String, ifTrue flag: Bool) {
            if flag { put(key, true) }
        }
        package mutating func put(_ key: String, unlessEmpty texts: [String]) {
            if !texts.isEmpty { put(key, texts) }
        }
        package mutating func put<I: FixedWidthInteger>(_ key: String, unlessEmpty numbers: [I]) {
            if numbers.isEmpty { return }
            object[key] = .array(numbers.map { jsonInteger($0) })
        }
        package mutating func put<D: Document>(_ key: String, unlessEmpty documents: [D]) {
            if documents.isEmpty { return }
            object[key] = .array(documents.map { $0.json })
        }
        package mutating func put(_ key: String, unlessEmpty map: [String: String]) {
            if map.isEmpty { return }
            var inner = ObjectWriter()
            for name in map.keys.sorted() { inner.put(name, ifPresent: map[name]) }
            object[key] = .object(inner.object)
        }
        package mutating func put<D: Document>(_ key: String, unlessEmpty map: [String: D]) {
            if map.isEmpty { return }
            var inner = ObjectWriter()
            for name in map.keys.sorted() { inner.put(name, ifPresent: map[name]) }
            object[key] = .object(inner.object)
        }
    }
}

extension OCI.Document {
    /// Reads a whole document; the error names the field that is wrong.
    package init(json: JSON) throws(OCI.DecodeError) {
        try self.init(reading: OCI.ObjectReader(json))
    }

    /// The document as JSON, with the same members in the same order every time.
    package var json: JSON {
        var writer = OCI.ObjectWriter()
        write(to: &writer)
        return .object(writer.object)
    }
}

/// Any integer of up to 64 bits as a JSON number.
private func jsonInteger<I: FixedWidthInteger>(_ number: I) -> JSON {
    number < 0 ? JSON(Int(truncatingIfNeeded: number)) : JSON(UInt64(truncatingIfNeeded: number))
}
