package import JSON

/// Collects the fields of one JSON object in order; the `unlessEmpty` forms leave zero values out, as the peer does.
package struct FieldWriter {
    private var object = JSONObject()

    package init() {}

    /// The object collected so far.
    package var json: JSON { .object(object) }

    /// Replaces what was put under that name before, at its place.
    package mutating func put(_ name: String, _ value: JSON) { object[name] = value }
    /// The text, empty or not.
    package mutating func put(_ name: String, _ text: String) { object[name] = .string(text) }
    /// The truth value, false too.
    package mutating func put(_ name: String, _ flag: Bool) { object[name] = .bool(flag) }
    /// The list, empty or not.
    package mutating func put(_ name: String, _ texts: [String]) { object[name] = JSON(texts) }
    /// The number, 0 too.
    package mutating func put<I: FixedWidthInteger & SignedInteger>(_ name: String, _ number: I) {
        object[name] = JSON(Int(clamping: number))
    }
    /// The number, 0 too.
    package mutating func put<I: FixedWidthInteger & UnsignedInteger>(_ name: String, _ number: I) {
        object[name] = JSON(UInt64(clamping: number))
    }

    /// Nothing for an empty text.
    package mutating func put(_ name: String, unlessEmpty text: String) {
        if !text.isEmpty { put(name, text) }
    }
    /// Nothing for an empty list.
    package mutating func put(_ name: String, unlessEmpty texts: [String]) {
        if !texts.isEmpty { put(name, texts) }
    }
    /// Nothing for false.
    package mutating func put(_ name: String, ifTrue flag: Bool) {
        if flag { put(name, flag) }
    }
    /// Nothing for nil; `.null` is written.
    package mutating func put(_ name: String, ifPresent value: JSON?) {
        if let value { put(name, value) }
    }
}
