/// A number as decimal digits and a power of ten: 0.DIGITS x 10^exponent. Exact, for comparing and hashing
/// numbers that are not inline integers.
struct Decimal {
    /// Below zero.
    var negative = false
    /// The digits' values without leading or trailing zeros; empty for zero.
    var digits: [UInt8] = []
    /// Where the decimal point stands relative to the first digit.
    var exponent = 0

    /// The number that a JSON number's text writes.
    init(text: UnsafeRawBufferPointer) {
        var exponentDigits = 0
        var exponentNegative = false
        var point: Int?
        var seen = 0
        var inExponent = false
        for byte in text {
            switch byte {
            case 45:
                if inExponent { exponentNegative = true } else { negative = true }
            case 46: point = seen
            case 69, 101: inExponent = true
            case 48...57:
                if inExponent {
                    if exponentDigits < 1 << 50 { exponentDigits = exponentDigits * 10 + Int(byte - 48) }
                } else {
                    digits.append(byte - 48)
                    seen += 1
                }
            default: break
            }
        }
        exponent = (point ?? seen) + (exponentNegative ? -exponentDigits : exponentDigits)
        normalize()
    }

    /// A whole number.
    init(_ value: Int) {
        negative = value < 0
        var magnitude = value.magnitude
        while magnitude > 0 {
            digits.append(UInt8(truncatingIfNeeded: magnitude % 10))
            magnitude /= 10
        }
        digits.reverse()
        exponent = digits.count
        normalize()
    }

    /// The number that a value of kind number is.
    init(_ value: Value) {
        if let int = value.int { self.init(int) } else { self.init(text: value.utf8) }
    }

    private mutating func normalize() {
        var leading = 0
        while leading < digits.count, digits[leading] == 0 { leading += 1 }
        if leading > 0 {
            digits.removeFirst(leading)
            exponent -= leading
        }
        while let last = digits.last, last == 0 { digits.removeLast() }
        if digits.isEmpty {
            exponent = 0
            negative = false
        }
    }

    /// Whether there is no fraction.
    var isWhole: Bool { digits.count <= exponent || digits.isEmpty }

    /// The number as an integer, when it is whole and fits.
    var int: Int? {
        if digits.isEmpty { return 0 }
        guard isWhole, exponent <= 19 else { return nil }
        var magnitude: UInt = 0
        for position in 0..<exponent {
            let digit = position < digits.count ? UInt(digits[position]) : 0
            let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(digit)
            if overflow || carry { return nil }
            magnitude = sum
        }
        if negative { return magnitude <= UInt(Int.max) + 1 ? Int(truncatingIfNeeded: 0 &- magnitude) : nil }
        return magnitude <= UInt(Int.max) ? Int(magnitude) : nil
    }

    /// The order of two values of kind number.
    static func compare(_ left: Value, _ right: Value) -> Int {
        if let a = left.int, let b = right.int { return a == b ? 0 : (a < b ? -1 : 1) }
        let a = Decimal(left)
        let b = Decimal(right)
        if a.negative != b.negative { return a.negative ? -1 : 1 }
        let magnitude = compareMagnitude(a, b)
        return a.negative ? -magnitude : magnitude
    }

    private static func compareMagnitude(_ left: Decimal, _ right: Decimal) -> Int {
        if left.digits.isEmpty || right.digits.isEmpty { return left.digits.count - right.digits.count }
        if left.exponent != right.exponent { return left.exponent < right.exponent ? -1 : 1 }
        for position in 0..<min(left.digits.count, right.digits.count)
        where left.digits[position] != right.digits[position] {
            return left.digits[position] < right.digits[position] ? -1 : 1
        }
        return left.digits.count - right.digits.count
    }

    /// The same for numbers that are equal, however they are written.
    static func hash(_ value: Value) -> UInt64 {
        let decimal = Decimal(value)
        if let int = decimal.int { return Value.int(int).hash64 }
        var state = Bytes.mix(decimal.negative ? 11 : 13, UInt64(bitPattern: Int64(decimal.exponent)))
        for digit in decimal.digits { state = Bytes.mix(state, UInt64(digit)) }
        return Bytes.finish(state)
    }
}

extension Value {
    /// The index this is into an array: only numbers written as whole numbers are.
    @inlinable
    var wholeNumber: Int? { int }
}

extension Context {
    /// A number from its JSON text; undefined when the text is none.
    public func number(_ text: String) -> Value {
        var text = text
        return text.withUTF8 { number(copying: UnsafeRawBufferPointer($0)) }
    }

    /// A number from its JSON text; undefined when the text is none.
    func number(_ text: [UInt8]) -> Value {
        text.withUnsafeBytes { number(copying: $0) }
    }

    /// A number from its JSON text, copied; undefined when the text is none.
    func number(copying text: UnsafeRawBufferPointer) -> Value {
        guard let scan = NumberScan(text), scan.end == text.count else { return .undefined }
        if let int = scan.int { return .int(int) }
        let copy = string(copying: text)
        return Value(word: Value.word(.number, length: copy.length, flags: 1), bits: copy.bits)
    }

    /// A number whose text lies in memory at least as long-lived as this context, checked by a `NumberScan`.
    func number(at start: UnsafeRawPointer, count: Int) -> Value {
        Value(word: Value.word(.number, length: count, flags: 1), bits: UInt64(UInt(bitPattern: start)))
    }
}

/// What the start of a text says about being a JSON number.
struct NumberScan {
    /// Bytes that belong to the number.
    let end: Int
    /// The number, when it is written as a whole number and fits.
    let int: Int?

    /// Nil when the text does not start with a JSON number.
    init?(_ text: UnsafeRawBufferPointer) {
        var position = 0
        let count = text.count
        let negative = count > 0 && text[0] == 45
        if negative { position = 1 }
        let firstDigit = position
        var magnitude: UInt = 0
        var fits = true
        while position < count, case let digit = text[position] &- 48, digit < 10 {
            let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(UInt(digit))
            if overflow || carry { fits = false }
            magnitude = sum
            position += 1
        }
        if position == firstDigit { return nil }
        if text[firstDigit] == 48 && position > firstDigit + 1 { return nil }
        var whole = true
        if position < count, text[position] == 46 {
            guard let next = NumberScan.digits(text, position + 1) else { return nil }
            position = next
            whole = false
        }
        if position < count, text[position] | 32 == 101 {
            var start = position + 1
            if start < count, text[start] == 43 || text[start] == 45 { start += 1 }
            guard let next = NumberScan.digits(text, start) else { return nil }
            position = next
            whole = false
        }
        end = position
        let limit = UInt(Int.max) + (negative ? 1 : 0)
        if whole, fits, magnitude <= limit, !(negative && magnitude == 0) {
            int = negative ? Int(truncatingIfNeeded: 0 &- magnitude) : Int(truncatingIfNeeded: magnitude)
        } else {
            int = nil
        }
    }

    private static func digits(_ text: UnsafeRawBufferPointer, _ start: Int) -> Int? {
        var position = start
        while position < text.count, text[position] &- 48 < 10 { position += 1 }
        return position > start ? position : nil
    }
}
