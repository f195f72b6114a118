/// A binary floating-point number with a mantissa of up to 64 bits, rounding to nearest even: with 64 bits what
/// the Open Policy Agent calculates with, with 53 bits a double.
struct BinaryFloat {
    /// Below zero, or minus zero.
    var negative = false
    /// The top bit of `precision` bits is set; 0 for zero.
    var mantissa: UInt64 = 0
    /// The number is mantissa x 2^exponent.
    var exponent = 0
    /// Bits of the mantissa.
    let precision: Int

    /// Numbers whose powers of ten are beyond this are refused: they would take forever to write out.
    static let exponentLimit = 20_000

    /// Zero.
    init(precision: Int = 64) { self.precision = precision }

    /// magnitude x 2^exponent, rounded; `sticky` tells that there is more below.
    init(_ magnitude: BigInteger, exponent: Int, negative: Bool, sticky: Bool = false, precision: Int = 64) {
        self.precision = precision
        self.negative = negative
        if magnitude.isZero { return }
        let excess = magnitude.bitLength - precision
        if excess <= 0 {
            mantissa = BinaryFloat.low64(magnitude) << UInt64(-excess)
            self.exponent = exponent + excess
            return
        }
        let (kept, _) = magnitude.shiftedRight(excess)
        let (half, below) = magnitude.shiftedRight(excess - 1)
        mantissa = BinaryFloat.low64(kept)
        self.exponent = exponent + excess
        let halfBit = (half.limbs.first ?? 0) & 1 == 1
        if halfBit, below || sticky || mantissa & 1 == 1 { roundUp() }
    }

    private mutating func roundUp() {
        let top: UInt64 = 1 << UInt64(precision - 1)
        if mantissa == (top - 1) * 2 + 1 {
            mantissa = top
            exponent += 1
        } else {
            mantissa += 1
        }
    }

    private static func low64(_ value: BigInteger) -> UInt64 {
        let low = value.limbs.count > 0 ? UInt64(value.limbs[0]) : 0
        let high = value.limbs.count > 1 ? UInt64(value.limbs[1]) : 0
        return low | high << 32
    }

    /// The nearest to a decimal number; nil beyond the exponent limit.
    init?(_ decimal: Decimal, precision: Int = 64) {
        let scale = decimal.exponent - decimal.digits.count
        guard abs(scale) <= BinaryFloat.exponentLimit, decimal.digits.count <= BinaryFloat.exponentLimit
        else {
            return nil
        }
        let digits = BigInteger(digits: decimal.digits)
        if scale >= 0 {
            let whole = digits * BigInteger.power(of: 10, scale)
            self.init(whole, exponent: 0, negative: decimal.negative, precision: precision)
            return
        }
        let divisor = BigInteger.power(of: 10, -scale)
        let shift = max(0, divisor.bitLength - digits.bitLength + precision + 2)
        let (quotient, remainder) = digits.shiftedLeft(shift).dividedTruncating(by: divisor)
        self.init(
            quotient, exponent: -shift, negative: decimal.negative, sticky: !remainder.isZero,
            precision: precision)
    }

    var isZero: Bool { mantissa == 0 }

    /// Whether there is no fraction.
    var isWhole: Bool { mantissa == 0 || exponent >= 0 || exponent + mantissa.trailingZeroBitCount >= 0 }

    /// The part before the point, towards zero.
    var truncated: BigInteger {
        let whole = BigInteger(magnitude: mantissa)
        let moved = exponent >= 0 ? whole.shiftedLeft(exponent) : whole.shiftedRight(-exponent).value
        return BigInteger(limbs: moved.limbs, negative: negative)
    }

    static func + (left: BinaryFloat, right: BinaryFloat) -> BinaryFloat {
        if left.isZero { return right.isZero && left.negative != right.negative ? BinaryFloat() : right }
        if right.isZero { return left }
        let lowest = min(left.exponent, right.exponent)
        if abs(left.exponent - right.exponent) > 200 { return left.exponent > right.exponent ? left : right }
        let a = BigInteger(limbs: BigInteger(magnitude: left.mantissa).limbs, negative: left.negative)
        let b = BigInteger(limbs: BigInteger(magnitude: right.mantissa).limbs, negative: right.negative)
        let sum = a.shiftedLeft(left.exponent - lowest) + b.shiftedLeft(right.exponent - lowest)
        return BinaryFloat(
            BigInteger(limbs: sum.limbs), exponent: lowest, negative: sum.negative, precision: left.precision)
    }

    static func - (left: BinaryFloat, right: BinaryFloat) -> BinaryFloat {
        var opposite = right
        opposite.negative.toggle()
        return left + opposite
    }

    static func * (left: BinaryFloat, right: BinaryFloat) -> BinaryFloat {
        BinaryFloat(
            BigInteger(magnitude: left.mantissa) * BigInteger(magnitude: right.mantissa),
            exponent: left.exponent + right.exponent, negative: left.negative != right.negative,
            precision: left.precision)
    }

    /// The divisor must not be zero.
    static func / (left: BinaryFloat, right: BinaryFloat) -> BinaryFloat {
        let dividend = BigInteger(magnitude: left.mantissa).shiftedLeft(130)
        let (quotient, remainder) = dividend.dividedTruncating(by: BigInteger(magnitude: right.mantissa))
        return BinaryFloat(
            quotient, exponent: left.exponent - right.exponent - 130,
            negative: left.negative != right.negative,
            sticky: !remainder.isZero, precision: left.precision)
    }
}
