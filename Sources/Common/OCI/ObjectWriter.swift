package import JSON

extension OCI {
    /// Collects the members of one JSON object in the order of the calls. The `unlessEmpty` and optional forms
    /// leave a member out, as the specification's own encoders do.
    package struct ObjectWriter {
        /// What was put so far.
        package private(set) var object = JSONObject()

        package init() {}

        /// Replaces what was put under that key before, at its place.
        package mutating func put(_ key: String, _ value: JSON) { object[key] = value }
        /// The text, empty or not.
        package mutating func put(_ key: String, _ text: String) { object[key] = .string(text) }
        /// The truth value, false too.
        package mutating func put(_ key: String, _ flag: Bool) { object[key] = .bool(flag) }
        /// The number, 0 too; an unsigned one keeps its full 64 bits.
        package mutating func put<I: FixedWidthInteger>(_ key: String, _ number: I) {
            object[key] = jsonInteger(number)
        }
        /// The document as an object, even one without members.
        package mutating func put<D: Document>(_ key: String, _ document: D) {
            object[key] = document.json
        }
        /// The list, empty or not.
        package mutating func put(_ key: String, _ texts: [String]) {
            object[key] = .array(texts.map { .string($0) })
        }
        /// The list, empty or not.
        package mutating func put<D: Document>(_ key: String, _ documents: [D]) {
            object[key] = .array(documents.map { $0.json })
        }

        /// Nothing for nil; an empty text is written.
        package mutating func put(_ key: String, ifPresent text: String?) {
            if let text { put(key, text) }
        }
        /// Nothing for nil; false is written.
        package mutating func put(_ key: String, ifPresent flag: Bool?) {
            if let flag { put(key, flag) }
        }
        /// Nothing for nil; 0 is written.
        package mutating func put<I: FixedWidthInteger>(_ key: String, ifPresent number: I?) {
            if let number { put(key, number) }
        }
        /// Nothing for nil; an object without members is written.
        package mutating func put<D: Document>(_ key: String, ifPresent document: D?) {
            if let document { put(key, document) }
        }

        /// Nothing for an empty text.
        package mutating func put(_ key: String, unlessEmpty text: String) {
            if !text.isEmpty { put(key, text) }
        }
        /// Nothing for false.
        package mutating func put(_ key: String, ifTrue flag: Bool) {
            if flag { put(key, true) }
        }
        /// Nothing for an empty list.
        package mutating func put(_ key: String, unlessEmpty texts: [String]) {
            if !texts.isEmpty { put(key, texts) }
        }
        /// Nothing for an empty list.
        package mutating func put<I: FixedWidthInteger>(_ key: String, unlessEmpty numbers: [I]) {
            if numbers.isEmpty { return }
            object[key] = .array(numbers.map { jsonInteger($0) })
        }
        /// Nothing for an empty list.
        package mutating func put<D: Document>(_ key: String, unlessEmpty documents: [D]) {
            if documents.isEmpty { return }
            object[key] = .array(documents.map { $0.json })
        }
        /// Nothing for an empty map; else its keys in order of their text, so that output is the same every
        /// time.
        package mutating func put(_ key: String, unlessEmpty map: [String: String]) {
            if map.isEmpty { return }
            var inner = ObjectWriter()
            for name in map.keys.sorted() { inner.put(name, ifPresent: map[name]) }
            object[key] = .object(inner.object)
        }
        /// Nothing for an empty map; else its keys in order of their text.
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
