package import JSON

/// Collects the fields of one JSON object in order; the `unlessEmpty` forms leave zero values out, as the peer does.
package struct FieldWriter {
    private var object = JSONObject()

    package init() {}

    /// The object collected so far.
    package var json: JSON { .object(object) }

    package mutating func put(_ name: String, _ value: JSON) { object[name] = value }
    package mutating func put(_ name: String, _ text: String) { object[name] = .string(text) }
    package mutating func put(_ name: String, _ flag: Bool) { object[name] = .bool(flag) }
    package mutating func put(_ name: String, _ texts: [String]) { object[name] = JSON(texts) }
    package mutating func put<I: FixedWidthInteger & SignedInteger>(_ name: String, _ number: I) {
        object[name] = JSON(Int(clamping: number))
    }
    package mutating func put<I: FixedWidthInteger & UnsignedInteger>(_ name: String, _ number: I) {
        object[name] = JSON(UInt64(clamping: number))
    }

    package mutating func put(_ name: String, unlessEmpty text: String) {
        if !text.isEmpty { put(name, text) }
    }
    package mutating func put(_ name: String, unlessEmpty texts: [String]) {
        if !texts.isEmpty { put(name, texts) }
    }
    package mutating func put(_ name: String, ifTrue flag: Bool) {
        if flag { put(name, flag) }
    }
    package mutating func put(_ name: String, ifPresent value: JSON?) {
        if let value { put(name, value) }
    }
}
