/// A number for calculating: as narrow as it can be.
enum Operand {
    case integer(BigInteger)
    case float(BinaryFloat)

    /// Nil for numbers beyond what is calculated with.
    init?(_ value: Value) {
        if let int = value.int {
            self = .integer(BigInteger(int))
            return
        }
        let decimal = Decimal(value)
        guard decimal.exponent <= BinaryFloat.exponentLimit else { return nil }
        if decimal.isWhole, value.utf8.allSatisfy({ $0 == 45 || ($0 >= 48 && $0 <= 57) }) {
            self = .integer(BigInteger(digits: decimal.allDigits, negative: decimal.negative))
            return
        }
        guard let float = BinaryFloat(decimal) else { return nil }
        self = float.isWhole ? .integer(float.truncated) : .float(float)
    }

    /// As a float of 64 bits.
    var float: BinaryFloat {
        switch self {
        case .float(let float): return float
        case .integer(let whole): return BinaryFloat(whole, exponent: 0, negative: whole.negative)
        }
    }
}

extension Decimal {
    /// The digits of a whole number up to the point.
    var allDigits: [UInt8] {
        digits + [UInt8](repeating: 0, count: max(0, min(exponent - digits.count, BinaryFloat.exponentLimit)))
    }
}

extension Context {
    /// A calculated whole number.
    func number(_ value: BigInteger) -> Value {
        if let int = value.int { return .int(int) }
        return number(value.text())
    }

    /// A calculated number.
    func number(_ value: BinaryFloat) -> Value {
        if value.isWhole, !(value.isZero && value.negative) { return number(value.truncated) }
        return number(value.numberText)
    }
}

extension Builtins {
    /// `a + b`
    @inlinable
    public static func plus(_ context: Context, _ left: Value, _ right: Value) throws(RegoError) -> Value {
        if let a = left.int, let b = right.int {
            let (sum, overflow) = a.addingReportingOverflow(b)
            if !overflow { return .int(sum) }
        }
        return try calculate(context, 0, left, right)
    }

    /// `a - b` on numbers, or the difference of sets.
    @inlinable
    public static func minus(_ context: Context, _ left: Value, _ right: Value) throws(RegoError) -> Value {
        if let a = left.int, let b = right.int {
            let (difference, overflow) = a.subtractingReportingOverflow(b)
            if !overflow { return .int(difference) }
        }
        if left.isSet, right.isSet { return setDifference(context, left, right) }
        return try calculate(context, 1, left, right)
    }

    /// `a * b`
    @inlinable
    public static func mul(_ context: Context, _ left: Value, _ right: Value) throws(RegoError) -> Value {
        if let a = left.int, let b = right.int {
            let (product, overflow) = a.multipliedReportingOverflow(by: b)
            if !overflow { return .int(product) }
        }
        return try calculate(context, 2, left, right)
    }

    /// `a / b`
    public static func div(_ context: Context, _ left: Value, _ right: Value) throws(RegoError) -> Value {
        if let a = left.int, let b = right.int, a != 0, b != 0, !(a == Int.min && b == -1), a % b == 0 {
            return .int(a / b)
        }
        return try calculate(context, 3, left, right)
    }

    /// `a % b`
    public static func rem(_ context: Context, _ left: Value, _ right: Value) throws(RegoError) -> Value {
        if let a = left.int, let b = right.int, b != 0, b != -1 { return .int(a % b) }
        return try calculate(context, 4, left, right)
    }

    /// The cases that are not two small integers; `operation` counts plus, minus, mul, div, rem.
    @inline(never) @usableFromInline
    static func calculate(
        _ context: Context, _ operation: Int, _ left: Value, _ right: Value
    ) throws(RegoError) -> Value {
        let name: StaticString
        switch operation {
        case 0: name = "plus"
        case 1: name = "minus"
        case 2: name = "mul"
        case 3: name = "div"
        default: name = "rem"
        }
        guard left.isNumber, right.isNumber else {
            if operation == 1 { return try refuseMinus(context, left, right) }
            return try context.refuse(name, [left, right], ["number", "number"])
        }
        guard let a = Operand(left), let b = Operand(right) else {
            return try context.builtinError(name, "a number is too large to calculate with")
        }
        if operation == 3 { return try divide(context, a, b) }
        if case .integer(let x) = a, case .integer(let y) = b {
            try context.tick(x.limbs.count * y.limbs.count / 64 + 1)
            switch operation {
            case 0: return context.number(x + y)
            case 1: return context.number(x - y)
            case 2:
                if x.limbs.count + y.limbs.count > BinaryFloat.exponentLimit / 8 {
                    return try context.builtinError(name, "a number is too large to calculate with")
                }
                return context.number(x * y)
            default:
                if y.isZero { return try context.builtinError(name, "modulo by zero") }
                return context.number(x.dividedTruncating(by: y).remainder)
            }
        }
        switch operation {
        case 0: return try number(context, name, a.float + b.float)
        case 1: return try number(context, name, a.float - b.float)
        case 2: return try number(context, name, a.float * b.float)
        default: return try context.builtinError(name, "modulo on floating-point number")
        }
    }

    private static func refuseMinus(
        _ context: Context, _ left: Value, _ right: Value
    ) throws(RegoError) -> Value {
        if left.isUndefined || right.isUndefined { return .undefined }
        if !left.isNumber && !left.isSet { return try context.operandError("minus", 1, left, "number|set") }
        return try context.operandError("minus", 2, right, right.isNumber ? "set" : "number")
    }

    private static func divide(_ context: Context, _ left: Operand, _ right: Operand) throws(RegoError)
        -> Value
    {
        if right.float.isZero { return try context.builtinError("div", "divide by zero") }
        return try number(context, "div", left.float / right.float)
    }

    /// A result that can be written out in reasonable time.
    private static func number(
        _ context: Context, _ name: StaticString, _ value: BinaryFloat
    ) throws(RegoError) -> Value {
        let bits = Int(value.exponent.magnitude)
        guard bits <= BinaryFloat.exponentLimit * 4 else {
            return try context.builtinError(name, "a number is too large to calculate with")
        }
        try context.tick(bits / 16 + 1)
        return context.number(value)
    }

    /// `abs(x)`
    public static func abs(_ context: Context, _ value: Value) throws(RegoError) -> Value {
        if let int = value.int, int != Int.min { return .int(int < 0 ? -int : int) }
        guard value.isNumber else { return try context.refuse("abs", [value], ["number"]) }
        guard let operand = Operand(value) else { return try context.builtinError("abs", "number too large") }
        switch operand {
        case .integer(let whole): return context.number(BigInteger(limbs: whole.limbs))
        case .float(var float):
            float.negative = false
            return context.number(float)
        }
    }

    /// `round(x)`: halves away from zero.
    public static func round(_ context: Context, _ value: Value) throws(RegoError) -> Value {
        let half = BinaryFloat(BigInteger(1), exponent: -1, negative: false)
        return try whole(context, "round", value) {
            $0.negative ? ($0 - half).truncated : ($0 + half).truncated
        }
    }

    /// `ceil(x)`
    public static func ceil(_ context: Context, _ value: Value) throws(RegoError) -> Value {
        try whole(context, "ceil", value) { $0.negative ? $0.truncated : $0.truncated + BigInteger(1) }
    }

    /// `floor(x)`
    public static func floor(_ context: Context, _ value: Value) throws(RegoError) -> Value {
        try whole(context, "floor", value) { $0.negative ? $0.truncated - BigInteger(1) : $0.truncated }
    }

    private static func whole(
        _ context: Context, _ name: StaticString, _ value: Value, _ convert: (BinaryFloat) -> BigInteger
    ) throws(RegoError) -> Value {
        if value.isInlineInt { return value }
        guard value.isNumber else { return try context.refuse(name, [value], ["number"]) }
        guard let operand = Operand(value) else { return try context.builtinError(name, "number too large") }
        switch operand {
        case .integer(let whole): return context.number(whole)
        case .float(let float): return context.number(convert(float))
        }
    }
}
