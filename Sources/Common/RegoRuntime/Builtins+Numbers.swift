extension Builtins {
    /// `numbers.range(from, to)`, both included, up or down.
    public static func numbersRange(_ context: Context, _ from: Value, _ to: Value) throws(RegoError) -> Value
    {
        try range(context, "numbers.range", from, to, .int(1))
    }

    /// `numbers.range_step(from, to, step)`
    public static func numbersRangeStep(
        _ context: Context, _ from: Value, _ to: Value, _ step: Value
    ) throws(RegoError) -> Value {
        try range(context, "numbers.range_step", from, to, step)
    }

    private static func range(
        _ context: Context, _ name: StaticString, _ from: Value, _ to: Value, _ step: Value
    ) throws(RegoError) -> Value {
        var numbers: [BigInteger] = []
        for (position, operand) in [from, to, step].enumerated() {
            if operand.isUndefined { return .undefined }
            guard operand.isNumber else {
                return try context.operandError(name, position + 1, operand, "integer")
            }
            guard let number = Operand(operand), case .integer(let whole) = number else {
                return try context.wholeNumberError(name, position + 1)
            }
            numbers.append(whole)
        }
        if numbers[2].negative || numbers[2].isZero {
            return try context.builtinError(name, "\(name): step must be a positive integer")
        }
        let descending = BigInteger.compare(numbers[0], numbers[1]) > 0
        let distance = descending ? numbers[0] - numbers[1] : numbers[1] - numbers[0]
        guard let count = distance.dividedTruncating(by: numbers[2]).quotient.int, count < 1 << 40 else {
            throw context.memoryExceeded()
        }
        try context.reserve((count + 1) * 16)
        try context.tick(count / 4 + 1)
        let room = context.allocateValues(count + 1)
        var current = numbers[0]
        for position in 0...count {
            room[position] = context.number(current)
            current = descending ? current - numbers[2] : current + numbers[2]
        }
        return Value.array(room, count + 1)
    }

    /// `rand.intn(name, n)`: the same for the same operands within one query.
    public static func randIntn(_ context: Context, _ name: Value, _ limit: Value) throws(RegoError) -> Value
    {
        guard name.isString, limit.isNumber else {
            return try context.refuse("rand.intn", [name, limit], ["string", "number"])
        }
        guard let number = limit.int else { return try context.wholeNumberError("rand.intn", 2) }
        if number == 0 { return .int(0) }
        let seed = context.services.querySeed()
        let mixed = Bytes.finish(Bytes.mix(Bytes.mix(seed, name.hash64), UInt64(number.magnitude)))
        return .int(Int(truncatingIfNeeded: mixed % UInt64(number.magnitude)))
    }

    /// The whole operands of a bit operation; nil after having failed with `failure` set.
    private static func wholes(
        _ context: Context, _ name: StaticString, _ operands: [Value], _ failure: inout Value
    ) throws(RegoError) -> [BigInteger]? {
        var numbers: [BigInteger] = []
        for (position, operand) in operands.enumerated() {
            if operand.isUndefined { return nil }
            guard operand.isNumber else {
                failure = try context.operandError(name, position + 1, operand, "integer")
                return nil
            }
            guard let number = Operand(operand), case .integer(let whole) = number else {
                failure = try context.wholeNumberError(name, position + 1)
                return nil
            }
            numbers.append(whole)
        }
        return numbers
    }

    private static func bitwise(
        _ context: Context, _ name: StaticString, _ left: Value, _ right: Value,
        _ combine: (UInt32, UInt32) -> UInt32
    ) throws(RegoError) -> Value {
        var failure = Value.undefined
        guard let numbers = try wholes(context, name, [left, right], &failure) else { return failure }
        return context.number(BigInteger.bitwise(numbers[0], numbers[1], combine))
    }

    /// `bits.and(a, b)` in two's complement of any width.
    public static func bitsAnd(_ context: Context, _ left: Value, _ right: Value) throws(RegoError) -> Value {
        try bitwise(context, "bits.and", left, right) { $0 & $1 }
    }

    /// `bits.or(a, b)`
    public static func bitsOr(_ context: Context, _ left: Value, _ right: Value) throws(RegoError) -> Value {
        try bitwise(context, "bits.or", left, right) { $0 | $1 }
    }

    /// `bits.xor(a, b)`
    public static func bitsXor(_ context: Context, _ left: Value, _ right: Value) throws(RegoError) -> Value {
        try bitwise(context, "bits.xor", left, right) { $0 ^ $1 }
    }

    /// `bits.negate(a)`: every bit turned.
    public static func bitsNegate(_ context: Context, _ value: Value) throws(RegoError) -> Value {
        var failure = Value.undefined
        guard let numbers = try wholes(context, "bits.negate", [value], &failure) else { return failure }
        return context.number(BigInteger(-1) - numbers[0])
    }

    /// `bits.lsh(a, n)`
    public static func bitsLsh(_ context: Context, _ value: Value, _ bits: Value) throws(RegoError) -> Value {
        try shift(context, "bits.lsh", value, bits, left: true)
    }

    /// `bits.rsh(a, n)`, towards minus infinity.
    public static func bitsRsh(_ context: Context, _ value: Value, _ bits: Value) throws(RegoError) -> Value {
        try shift(context, "bits.rsh", value, bits, left: false)
    }

    private static func shift(
        _ context: Context, _ name: StaticString, _ value: Value, _ bits: Value, left: Bool
    ) throws(RegoError) -> Value {
        var failure = Value.undefined
        guard let numbers = try wholes(context, name, [value, bits], &failure) else { return failure }
        if numbers[1].negative {
            return try context.operandRefused(
                name, 2, "must be an unsigned integer number but got a negative integer")
        }
        guard let count = numbers[1].int, count <= 1 << 20 else {
            if !left { return .int(numbers[0].negative ? -1 : 0) }
            return try context.builtinError(name, "shift of more than 1048576 bits")
        }
        if left { return context.number(numbers[0].shiftedLeft(count)) }
        let (moved, lost) = numbers[0].shiftedRight(count)
        return context.number(moved.negative && lost ? moved - BigInteger(1) : floor(moved, numbers[0], lost))
    }

    /// A negative number shifted to nothing is -1.
    private static func floor(_ moved: BigInteger, _ original: BigInteger, _ lost: Bool) -> BigInteger {
        moved.isZero && original.negative && lost ? BigInteger(-1) : moved
    }
}

extension BigInteger {
    /// Two's complement in `count` limbs.
    private func twosComplement(_ count: Int) -> [UInt32] {
        var result = limbs + [UInt32](repeating: 0, count: Swift.max(0, count - limbs.count))
        guard negative else { return result }
        var carry: UInt64 = 1
        for position in result.indices {
            let total = UInt64(~result[position]) + carry
            result[position] = UInt32(truncatingIfNeeded: total)
            carry = total >> 32
        }
        return result
    }

    /// Combines two numbers limb by limb in two's complement.
    static func bitwise(
        _ left: BigInteger, _ right: BigInteger, _ combine: (UInt32, UInt32) -> UInt32
    ) -> BigInteger {
        let count = Swift.max(left.limbs.count, right.limbs.count) + 1
        let a = left.twosComplement(count)
        let b = right.twosComplement(count)
        var result: [UInt32] = []
        for position in 0..<count { result.append(combine(a[position], b[position])) }
        guard result[count - 1] >> 31 == 1 else { return BigInteger(limbs: result) }
        let positive = BigInteger(limbs: result.map { ~$0 }) + BigInteger(1)
        return BigInteger(limbs: positive.limbs, negative: true)
    }
}
