/// A JSON number, kept as it was written.
public struct JSONNumber: Equatable, Hashable, Sendable {
    /// The number's text, always valid by the grammar of RFC 8259 section 6.
    public let text: String

    /// Text that a parser has already found valid.
    init(validated text: String) { self.text = text }

    /// An integer.
    public init(_ value: Int) { text = value.description }

    /// An unsigned integer.
    public init(_ value: UInt64) { text = value.description }

    /// The value if it is written as an integer (no fraction, no exponent) and fits 64 bits with a sign.
    public var int: Int? { Int(text) }

    /// The value if it is written as an integer and fits 64 bits without a sign.
    public var uint: UInt64? { UInt64(text) }

    /// The nearest double; values too large for a double are infinite.
    public var double: Double {
        if let exact = int, exact.magnitude < 1 << 53 { return Double(exact) }
        return Self.decimalToDouble(text)
    }
}

extension JSONNumber {
    /// Digits, fraction and exponent combined. Good to a few units in the last place, which is all that sizes,
    /// rates and time-outs ask of it; exact numbers are read through `int` or `text`.
    private static func decimalToDouble(_ text: String) -> Double {
        var mantissa = 0.0
        var exponent = 0
        var explicitExponent = 0
        var negative = false
        var exponentNegative = false
        var part = 0
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "-"):
                if part == 2 { exponentNegative = true } else { negative = true }
            case UInt8(ascii: "."): part = 1
            case UInt8(ascii: "e"), UInt8(ascii: "E"): part = 2
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let digit = Int(byte - UInt8(ascii: "0"))
                if part == 2 {
                    explicitExponent = min(explicitExponent * 10 + digit, 100_000)
                } else {
                    mantissa = mantissa * 10 + Double(digit)
                    if part == 1 { exponent -= 1 }
                }
            default: break
            }
        }
        exponent += exponentNegative ? -explicitExponent : explicitExponent
        let scaled = scale(mantissa, byPowerOfTen: exponent)
        return negative ? -scaled : scaled
    }

    private static func scale(_ value: Double, byPowerOfTen exponent: Int) -> Double {
        if value == 0 { return 0 }
        var result = value
        var base = 10.0
        var remaining = min(exponent.magnitude, 800)
        while remaining > 0 {
            if remaining & 1 == 1 { result = exponent < 0 ? result / base : result * base }
            base *= base
            remaining >>= 1
        }
        return result
    }
}
