/// A whole number of any size: sign and magnitude, limbs of 32 bits, least significant first.
struct BigInteger {
    /// Below zero; never set for zero.
    var negative = false
    /// No zero limb at the end; empty for zero.
    var limbs: [UInt32] = []

    /// Zero.
    init() {}

    /// A machine integer.
    init(_ value: Int) {
        self.init(magnitude: UInt64(value.magnitude), negative: value < 0)
    }

    /// A magnitude with a sign.
    init(magnitude: UInt64, negative: Bool = false) {
        if magnitude == 0 { return }
        limbs = [UInt32(truncatingIfNeeded: magnitude)]
        if magnitude >> 32 != 0 { limbs.append(UInt32(truncatingIfNeeded: magnitude >> 32)) }
        self.negative = negative
    }

    init(limbs: [UInt32], negative: Bool = false) {
        self.limbs = limbs
        while let last = self.limbs.last, last == 0 { self.limbs.removeLast() }
        self.negative = negative && !self.limbs.isEmpty
    }

    /// Decimal digit values, most significant first.
    init(digits: [UInt8], negative: Bool = false) {
        for digit in digits { multiplyAdd(10, UInt32(digit)) }
        self.negative = negative && !limbs.isEmpty
    }

    var isZero: Bool { limbs.isEmpty }

    /// The machine integer this is, when it fits.
    var int: Int? {
        if limbs.count > 2 { return nil }
        var magnitude: UInt64 = 0
        for limb in limbs.reversed() { magnitude = magnitude << 32 | UInt64(limb) }
        if negative {
            return magnitude <= UInt64(Int.max) + 1 ? Int(truncatingIfNeeded: 0 &- magnitude) : nil
        }
        return magnitude <= UInt64(Int.max) ? Int(truncatingIfNeeded: magnitude) : nil
    }

    /// Bits up to the highest one that is set.
    var bitLength: Int {
        guard let last = limbs.last else { return 0 }
        return limbs.count * 32 - last.leadingZeroBitCount
    }

    /// Multiplies the magnitude by a small number and adds another.
    mutating func multiplyAdd(_ factor: UInt32, _ addend: UInt32) {
        var carry = UInt64(addend)
        for position in limbs.indices {
            let product = UInt64(limbs[position]) * UInt64(factor) + carry
            limbs[position] = UInt32(truncatingIfNeeded: product)
            carry = product >> 32
        }
        if carry > 0 { limbs.append(UInt32(truncatingIfNeeded: carry)) }
    }

    /// Divides the magnitude by a small number and returns the remainder.
    mutating func divideSmall(_ divisor: UInt32) -> UInt32 {
        var remainder: UInt64 = 0
        for position in limbs.indices.reversed() {
            let current = remainder << 32 | UInt64(limbs[position])
            limbs[position] = UInt32(truncatingIfNeeded: current / UInt64(divisor))
            remainder = current % UInt64(divisor)
        }
        while let last = limbs.last, last == 0 { limbs.removeLast() }
        return UInt32(truncatingIfNeeded: remainder)
    }

    /// The text in a base of 2 to 36, as ASCII.
    func text(base: UInt32 = 10) -> [UInt8] {
        if isZero { return [48] }
        var rest = self
        var reversed: [UInt8] = []
        let chunk: UInt32 = base == 10 ? 1_000_000_000 : base
        let width = base == 10 ? 9 : 1
        while !rest.isZero {
            var remainder = rest.divideSmall(chunk)
            for _ in 0..<width {
                let digit = remainder % base
                reversed.append(JSONWriter.hexDigit(digit))
                remainder /= base
            }
        }
        while reversed.count > 1, reversed.last == 48 { reversed.removeLast() }
        if negative { reversed.append(45) }
        return reversed.reversed()
    }

    /// Ten to a power.
    static func power(of base: UInt32, _ exponent: Int) -> BigInteger {
        var result = BigInteger(1)
        for _ in 0..<max(exponent, 0) { result.multiplyAdd(base, 0) }
        return result
    }
}

extension BigInteger {
    /// Order of the magnitudes: negative, zero or positive.
    static func compareMagnitude(_ left: BigInteger, _ right: BigInteger) -> Int {
        if left.limbs.count != right.limbs.count { return left.limbs.count < right.limbs.count ? -1 : 1 }
        for position in left.limbs.indices.reversed() where left.limbs[position] != right.limbs[position] {
            return left.limbs[position] < right.limbs[position] ? -1 : 1
        }
        return 0
    }

    /// Order of the numbers: negative, zero or positive.
    static func compare(_ left: BigInteger, _ right: BigInteger) -> Int {
        if left.negative != right.negative { return left.negative ? -1 : 1 }
        let order = compareMagnitude(left, right)
        return left.negative ? -order : order
    }

    private static func addMagnitude(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
        let (long, short) = left.count >= right.count ? (left, right) : (right, left)
        var sum = long
        var carry: UInt64 = 0
        for position in long.indices {
            let addend = position < short.count ? UInt64(short[position]) : 0
            let total = UInt64(long[position]) + addend + carry
            sum[position] = UInt32(truncatingIfNeeded: total)
            carry = total >> 32
        }
        if carry > 0 { sum.append(UInt32(truncatingIfNeeded: carry)) }
        return sum
    }

    /// The larger magnitude must be on the left.
    private static func subtractMagnitude(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
        var difference = left
        var borrow: Int64 = 0
        for position in left.indices {
            let subtrahend = position < right.count ? Int64(right[position]) : 0
            var total = Int64(left[position]) - subtrahend - borrow
            borrow = total < 0 ? 1 : 0
            if total < 0 { total += 1 << 32 }
            difference[position] = UInt32(truncatingIfNeeded: total)
        }
        return difference
    }

    static func + (left: BigInteger, right: BigInteger) -> BigInteger {
        if left.negative == right.negative {
            return BigInteger(limbs: addMagnitude(left.limbs, right.limbs), negative: left.negative)
        }
        if compareMagnitude(left, right) >= 0 {
            return BigInteger(limbs: subtractMagnitude(left.limbs, right.limbs), negative: left.negative)
        }
        return BigInteger(limbs: subtractMagnitude(right.limbs, left.limbs), negative: right.negative)
    }

    static func - (left: BigInteger, right: BigInteger) -> BigInteger {
        left + BigInteger(limbs: right.limbs, negative: !right.negative)
    }

    static func * (left: BigInteger, right: BigInteger) -> BigInteger {
        if left.isZero || right.isZero { return BigInteger() }
        var product = [UInt32](repeating: 0, count: left.limbs.count + right.limbs.count)
        for (offset, limb) in left.limbs.enumerated() {
            var carry: UInt64 = 0
            for (position, other) in right.limbs.enumerated() {
                let total = UInt64(limb) * UInt64(other) + UInt64(product[offset + position]) + carry
                product[offset + position] = UInt32(truncatingIfNeeded: total)
                carry = total >> 32
            }
            product[offset + right.limbs.count] = UInt32(truncatingIfNeeded: carry)
        }
        return BigInteger(limbs: product, negative: left.negative != right.negative)
    }

    /// The magnitude moved up by bits.
    func shiftedLeft(_ bits: Int) -> BigInteger {
        if isZero || bits <= 0 { return self }
        var moved = [UInt32](repeating: 0, count: bits / 32)
        let rest = UInt64(bits % 32)
        var carry: UInt64 = 0
        for limb in limbs {
            let wide = UInt64(limb) << rest | carry
            moved.append(UInt32(truncatingIfNeeded: wide))
            carry = wide >> 32
        }
        moved.append(UInt32(truncatingIfNeeded: carry))
        return BigInteger(limbs: moved, negative: negative)
    }

    /// The magnitude moved down by bits, and whether any bit that fell off was set.
    func shiftedRight(_ bits: Int) -> (value: BigInteger, lost: Bool) {
        if bits <= 0 { return (self, false) }
        let whole = bits / 32
        if whole >= limbs.count { return (BigInteger(), !isZero) }
        var lost = limbs[..<whole].contains { $0 != 0 }
        let rest = UInt32(bits % 32)
        if rest > 0, limbs[whole] & ((1 << rest) - 1) != 0 { lost = true }
        var moved = Array(limbs[whole...])
        if rest > 0 {
            for position in moved.indices {
                let high = position + 1 < moved.count ? moved[position + 1] << (32 - rest) : 0
                moved[position] = moved[position] >> rest | high
            }
        }
        return (BigInteger(limbs: moved, negative: negative), lost)
    }

    /// Quotient towards zero and remainder with the sign of the dividend; the divisor must not be zero.
    func dividedTruncating(by divisor: BigInteger) -> (quotient: BigInteger, remainder: BigInteger) {
        if BigInteger.compareMagnitude(self, divisor) < 0 || divisor.isZero { return (BigInteger(), self) }
        if divisor.limbs.count == 1 {
            var quotient = self
            let remainder = quotient.divideSmall(divisor.limbs[0])
            return (
                BigInteger(limbs: quotient.limbs, negative: negative != divisor.negative),
                BigInteger(limbs: [remainder], negative: negative)
            )
        }
        var remainder = BigInteger()
        var quotient = [UInt32](repeating: 0, count: limbs.count)
        let positive = BigInteger(limbs: divisor.limbs)
        for bit in (0..<bitLength).reversed() {
            remainder = remainder.shiftedLeft(1)
            if limbs[bit / 32] >> UInt32(bit % 32) & 1 == 1 { remainder = remainder + BigInteger(1) }
            if BigInteger.compareMagnitude(remainder, positive) >= 0 {
                remainder = remainder - positive
                quotient[bit / 32] |= 1 << UInt32(bit % 32)
            }
        }
        return (
            BigInteger(limbs: quotient, negative: negative != divisor.negative),
            BigInteger(limbs: remainder.limbs, negative: negative)
        )
    }
}
