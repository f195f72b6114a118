/// An amount with a unit: `1.5Gi`.
struct UnitAmount {
    /// The amount's exact decimal value.
    let amount: Decimal
    /// What follows, as it was written.
    let unit: [UInt8]

    /// Why a text is no amount with a unit.
    enum Failure: Error {
        case spaces
        case noAmount
        case noNumber
        case exponent
    }

    init(_ text: [UInt8]) throws(Failure) {
        let text = text.filter { $0 != 34 }
        if text.contains(32) { throw .spaces }
        let end = try UnitAmount.numberEnd(text)
        if end == 0 { throw .noAmount }
        let normalized = Array(text[..<end]).withUnsafeBytes { GoFloat.normalized($0) }
        guard let normalized else { throw .noNumber }
        amount = normalized.withUnsafeBytes { Decimal(text: $0) }
        unit = Array(text[end...])
    }

    /// Where the number ends: at the first letter that is no exponent's `e`.
    private static func numberEnd(_ text: [UInt8]) throws(Failure) -> Int {
        var position = 0
        while position < text.count {
            let byte = text[position]
            let isDigit = byte >= 48 && byte <= 57
            if byte | 32 == 101 {
                guard position + 1 < text.count else { return position }
                let next = text[position + 1]
                guard (next >= 48 && next <= 57) || next == 43 || next == 45 else { return position }
                var digits = 0
                position += next == 43 || next == 45 ? 2 : 1
                while position < text.count, text[position] >= 48, text[position] <= 57 {
                    digits += 1
                    position += 1
                }
                if digits > 6 { throw .exponent }
                continue
            }
            if !isDigit, byte != 46, byte != 43, byte != 45 { return position }
            position += 1
        }
        return position
    }

    /// The factor of a prefix, `k` to `e`, binary when `i` follows; nil when it is none.
    static func factor(_ letter: UInt8, binary: Bool) -> BigInteger? {
        let letters: [UInt8] = [107, 109, 103, 116, 112, 101]
        guard let power = letters.firstIndex(of: letter | 32) else { return nil }
        return binary ? BigInteger(1).shiftedLeft((power + 1) * 10) : BigInteger.power(of: 1000, power + 1)
    }
}

extension Decimal {
    /// The exact product with a whole number.
    func multiplied(by factor: BigInteger) -> Decimal {
        let product = BigInteger(digits: digits) * factor
        var result = Decimal(0)
        if product.isZero { return result }
        result.digits = product.text().map { $0 - 48 }
        result.exponent = result.digits.count - (digits.count - exponent)
        result.negative = negative
        result.trim()
        return result
    }
}

extension Builtins {
    /// `units.parse(text)`: SI and binary prefixes, `m` for thousandths.
    public static func unitsParse(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        guard text.isString else { return try context.refuse("units.parse", [text], ["string"]) }
        let amount: UnitAmount
        do throws(UnitAmount.Failure) {
            amount = try UnitAmount(Array(text.utf8))
        } catch {
            return try unitFailure(context, "units.parse", error, "amount")
        }
        let unit = amount.unit
        var value = amount.amount
        if unit.isEmpty {
        } else if unit == [109] {
            value.exponent -= value.digits.isEmpty ? 0 : 3
        } else if unit.count <= 2, unit.count == 1 || unit[1] | 32 == 105,
            !(unit.count == 1 && unit[0] == 109),
            let factor = UnitAmount.factor(unit[0], binary: unit.count == 2)
        {
            value = value.multiplied(by: factor)
        } else {
            let name = String(decoding: unit, as: UTF8.self)
            return try context.builtinError("units.parse", "units.parse: unit \(name) not recognized")
        }
        return try unitNumber(context, "units.parse", value)
    }

    private static func unitNumber(
        _ context: Context, _ name: StaticString, _ value: Decimal
    ) throws(RegoError) -> Value {
        if value.exponent > BinaryFloat.exponentLimit {
            return try context.builtinError(name, "\(name): exponent too large")
        }
        var rounded = value
        if rounded.isWhole { return context.number(rounded.fixedText(places: 0)) }
        if rounded.exponent + 10 < 0 {
            rounded.digits = []
            rounded.exponent = 0
        } else {
            rounded.roundHalfUp(to: rounded.exponent + 10)
        }
        return context.number(rounded.fixedText(places: 10))
    }

    private static func unitFailure(
        _ context: Context, _ name: StaticString, _ failure: UnitAmount.Failure, _ what: String
    ) throws(RegoError) -> Value {
        switch failure {
        case .spaces: return try context.builtinError(name, "\(name): spaces not allowed in resource strings")
        case .noAmount: return try context.builtinError(name, "\(name): no \(what) provided")
        case .noNumber: return try context.builtinError(name, "\(name): could not parse \(what) to a number")
        case .exponent: return try context.builtinError(name, "\(name): exponent too large")
        }
    }

    /// `units.parse_bytes(text)`: `k`, `kb`, `ki`, `kib`, ... in any case, cut to whole bytes.
    public static func unitsParseBytes(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        guard text.isString else { return try context.refuse("units.parse_bytes", [text], ["string"]) }
        let amount: UnitAmount
        do throws(UnitAmount.Failure) {
            amount = try UnitAmount(Array(text.utf8).map { $0 >= 65 && $0 <= 90 ? $0 | 32 : $0 })
        } catch {
            return try unitFailure(context, "units.parse_bytes", error, "byte amount")
        }
        var unit = amount.unit
        let full = unit
        if unit.count > 1, unit.last == 98 { unit.removeLast() }
        var factor = BigInteger(1)
        if !unit.isEmpty {
            let binary = unit.count == 2 && unit[1] == 105
            guard unit.count == 1 || binary, let found = UnitAmount.factor(unit[0], binary: binary) else {
                let name = String(decoding: full, as: UTF8.self)
                return try context.builtinError(
                    "units.parse_bytes", "units.parse_bytes: byte unit \(name) not recognized")
            }
            factor = found
        }
        guard let number = BinaryFloat(amount.amount) else {
            return try context.builtinError("units.parse_bytes", "units.parse_bytes: exponent too large")
        }
        let product = number * BinaryFloat(factor, exponent: 0, negative: false)
        return context.number(product.truncated)
    }
}

extension Decimal {
    /// Keeps `count` digits, rounded to nearest, ties away from zero.
    mutating func roundHalfUp(to count: Int) {
        guard count >= 0, count < digits.count else { return }
        if digits[count] >= 5 { roundUp(to: count) } else { cut(to: count) }
    }
}
