extension Sprintf.Argument {
    func writeWhole(
        _ whole: BigInteger, _ isMachine: Bool, _ verb: UInt32, _ directive: Sprintf.Directive,
        into out: inout [UInt8]
    ) {
        var base: UInt32 = 10
        var prefix: [UInt8] = []
        switch verb {
        case 118, 100: break  // v d
        case 115 where !isMachine: break  // s
        case 98:  // b
            base = 2
            if directive.sharp { prefix = [48, 98] }
        case 111:  // o
            base = 8
            if directive.sharp { prefix = [48] }
        case 79:  // O
            base = 8
            prefix = [48, 111]
        case 120, 88:  // x X
            base = 16
            if directive.sharp { prefix = [48, UInt8(truncatingIfNeeded: verb)] }
        case 99, 113,
            85 where isMachine:  // c q U
            writeScalar(whole, verb, directive, into: &out)
            return
        default:
            var name: [UInt8] = []
            UTF8Text.append(verb, to: &name)
            out.append(text: "%!")
            out += name
            out.append(text: isMachine ? "(int=" : "(big.Int=")
            out += whole.text()
            out.append(41)
            return
        }
        var digits = BigInteger(limbs: whole.limbs).text(base: base)
        if verb == 88 { digits = digits.map { $0 > 96 ? $0 - 32 : $0 } }
        Sprintf.Argument.writeNumber(digits, negative: whole.negative, prefix, directive, into: &out)
    }

    private static func writeNumber(
        _ digits: [UInt8], negative: Bool, _ prefix: [UInt8], _ directive: Sprintf.Directive,
        into out: inout [UInt8]
    ) {
        var digits = digits
        var sign: [UInt8] = negative ? [45] : (directive.plus ? [43] : (directive.space ? [32] : []))
        sign += prefix
        if let precision = directive.precision {
            if precision == 0, digits == [48] { digits = [] }
            digits = [UInt8](repeating: 48, count: Swift.max(0, precision - digits.count)) + digits
        } else if directive.zero, let width = directive.width {
            digits = [UInt8](repeating: 48, count: Swift.max(0, width - digits.count - sign.count)) + digits
        }
        var plain = directive
        plain.zero = false
        pad(sign + digits, plain, into: &out)
    }

    private func writeScalar(
        _ whole: BigInteger, _ verb: UInt32, _ directive: Sprintf.Directive, into out: inout [UInt8]
    ) {
        let number = whole.int ?? -1
        let scalar = number < 0 || number > 0x10ffff ? 0xfffd : UInt32(number)
        var text: [UInt8] = []
        if verb == 99 {
            UTF8Text.append(scalar, to: &text)
        } else if verb == 113 {
            var character: [UInt8] = []
            UTF8Text.append(scalar, to: &character)
            character.withUnsafeBytes { TermWriter.writeQuoted($0, into: &text) }
            text[0] = 39
            text[text.count - 1] = 39
            if scalar == 34 { text = [39, 34, 39] }
            if scalar == 39 { text = [39, 92, 39, 39] }
        } else {
            var hex = whole.text(base: 16).map { $0 > 96 ? $0 - 32 : $0 }
            hex = [UInt8](repeating: 48, count: Swift.max(0, (directive.precision ?? 4) - hex.count)) + hex
            text = [85, 43] + hex
        }
        Sprintf.Argument.pad(text, directive, into: &out)
    }

    func writeFloat(
        _ float: BinaryFloat, _ verb: UInt32, _ directive: Sprintf.Directive, into out: inout [UInt8]
    ) {
        var text: [UInt8]
        switch verb {
        case 118, 103, 71:  // v g G
            if let precision = directive.precision {
                text = general(float, Swift.max(precision, 1))
            } else {
                text = float.shortest.generalText(exponentFrom: 6)
            }
        case 102, 70:  // f F
            let places = directive.precision ?? 6
            var decimal = float.exact
            decimal.round(to: decimal.exponent + places)
            text = decimal.fixedText(places: places)
        case 101, 69:  // e E
            let places = directive.precision ?? 6
            var decimal = float.exact
            decimal.round(to: places + 1)
            text = decimal.exponentText(places: places)
        default:
            out.append(text: "%!")
            UTF8Text.append(verb, to: &out)
            out.append(text: "(float64=")
            out += float.shortest.generalText(exponentFrom: 6)
            out.append(41)
            return
        }
        if verb == 69 || verb == 71 { text = text.map { $0 == 101 ? 69 : $0 } }
        let negative = text.first == 45
        if negative { text.removeFirst() }
        var unlimited = directive
        unlimited.precision = nil
        Sprintf.Argument.writeNumber(text, negative: negative, [], unlimited, into: &out)
    }

    /// `%g` with a number of significant digits.
    private func general(_ float: BinaryFloat, _ precision: Int) -> [UInt8] {
        var decimal = float.exact
        decimal.round(to: precision)
        var limit = precision
        if limit > decimal.digits.count, decimal.digits.count >= decimal.exponent {
            limit = decimal.digits.count
        }
        return decimal.generalText(exponentFrom: limit)
    }
}
