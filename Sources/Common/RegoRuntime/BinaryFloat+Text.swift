extension BinaryFloat {
    /// mantissa x 2^exponent as decimal digits, exactly.
    static func exactDecimal(_ mantissa: BigInteger, _ exponent: Int) -> Decimal {
        let scaled =
            exponent >= 0
            ? mantissa.shiftedLeft(exponent) : mantissa * BigInteger.power(of: 5, -exponent)
        var decimal = Decimal(0)
        if scaled.isZero { return decimal }
        decimal.digits = scaled.text().map { $0 - 48 }
        decimal.exponent = decimal.digits.count + min(exponent, 0)
        decimal.trim()
        return decimal
    }

    /// All digits of this number.
    var exact: Decimal {
        var decimal = BinaryFloat.exactDecimal(BigInteger(magnitude: mantissa), exponent)
        decimal.negative = negative
        return decimal
    }

    /// The fewest digits that read back as this number.
    var shortest: Decimal {
        var decimal = exact
        if isZero { return decimal }
        let doubled = BigInteger(magnitude: mantissa).shiftedLeft(1)
        let low = BinaryFloat.exactDecimal(doubled - BigInteger(1), exponent - 1)
        let high = BinaryFloat.exactDecimal(doubled + BigInteger(1), exponent - 1)
        let inclusive = mantissa & 1 == 0
        for position in decimal.digits.indices {
            let digit = decimal.digits[position]
            let lowDigit = low.digit(position, aligned: decimal)
            let highDigit = high.digit(position, aligned: decimal)
            let down = lowDigit != digit || (inclusive && position + 1 == low.digits.count)
            let up =
                digit != highDigit && (inclusive || digit + 1 < highDigit || position + 1 < high.digits.count)
            if down && up {
                decimal.round(to: position + 1)
            } else if down {
                decimal.cut(to: position + 1)
            } else if up {
                decimal.roundUp(to: position + 1)
            } else {
                continue
            }
            return decimal
        }
        return decimal
    }

    /// The text that the Open Policy Agent gives a calculated number: whole numbers in full, others as `%g`.
    var numberText: [UInt8] {
        isWhole ? shortest.fixedText(places: 0) : shortest.generalText(exponentFrom: 6)
    }
}

extension Decimal {
    /// A digit by its place in another number of the same or nearly the same size.
    func digit(_ position: Int, aligned other: Decimal) -> UInt8 {
        let index = position + exponent - other.exponent
        return index >= 0 && index < digits.count ? digits[index] : 0
    }

    /// Takes zeros away from the end.
    mutating func trim() {
        while let last = digits.last, last == 0 { digits.removeLast() }
        if digits.isEmpty { exponent = 0 }
    }

    /// Keeps `count` digits, dropping the rest.
    mutating func cut(to count: Int) {
        if count < digits.count { digits.removeLast(digits.count - max(count, 0)) }
        trim()
    }

    /// Keeps `count` digits, the last one rounded away from zero.
    mutating func roundUp(to count: Int) {
        guard count < digits.count else { return }
        digits.removeLast(digits.count - max(count, 0))
        while let last = digits.last, last == 9 { digits.removeLast() }
        if digits.isEmpty {
            digits = [1]
            exponent += 1
        } else {
            digits[digits.count - 1] += 1
        }
    }

    /// Keeps `count` digits, rounded to nearest, ties to even.
    mutating func round(to count: Int) {
        guard count >= 0, count < digits.count else {
            if count < 0 { digits = [] }
            trim()
            return
        }
        let next = digits[count]
        let isTie = next == 5 && count + 1 == digits.count
        let odd = count > 0 && digits[count - 1] & 1 == 1
        if isTie ? odd : next >= 5 { roundUp(to: count) } else { cut(to: count) }
    }

    /// `%f` with a number of places after the point; the number must have been rounded to them.
    func fixedText(places: Int) -> [UInt8] {
        var out: [UInt8] = negative ? [45] : []
        if exponent > 0 {
            for position in 0..<exponent { out.append(48 + (position < digits.count ? digits[position] : 0)) }
        } else {
            out.append(48)
        }
        if places > 0 {
            out.append(46)
            for place in 0..<places {
                let index = exponent + place
                out.append(48 + (index >= 0 && index < digits.count ? digits[index] : 0))
            }
        }
        return out
    }

    /// `%e` with a number of places after the point; the number must have been rounded to them.
    func exponentText(places: Int, letter: UInt8 = 101) -> [UInt8] {
        var out: [UInt8] = negative ? [45] : []
        out.append(48 + (digits.first ?? 0))
        if places > 0 {
            out.append(46)
            for place in 1...places { out.append(48 + (place < digits.count ? digits[place] : 0)) }
        }
        out.append(letter)
        let power = digits.isEmpty ? 0 : exponent - 1
        out.append(power < 0 ? 45 : 43)
        if abs(power) < 10 { out.append(48) }
        out.append(decimal: abs(power))
        return out
    }

    /// `%g` without a precision: an exponent below 10^-4 and from a power of ten on.
    func generalText(exponentFrom limit: Int) -> [UInt8] {
        let power = exponent - 1
        if digits.isEmpty { return fixedText(places: 0) }
        if power < -4 || power >= limit { return exponentText(places: digits.count - 1) }
        return fixedText(places: max(digits.count - exponent, 0))
    }
}
