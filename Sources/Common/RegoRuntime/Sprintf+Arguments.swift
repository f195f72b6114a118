extension Sprintf {
    /// One argument as Go would see it.
    struct Argument {
        enum Content {
            case whole(BigInteger, isMachine: Bool)
            case float(BinaryFloat)
            case text([UInt8])
        }
        let content: Content

        init(_ value: Value) {
            switch value.kind {
            case .string: content = .text(Array(value.utf8))
            case .number: content = Argument.number(value)
            default:
                var text: [UInt8] = []
                TermWriter.write(value, into: &text)
                content = .text(text)
            }
        }

        private static func number(_ value: Value) -> Content {
            if let int = value.int { return .whole(BigInteger(int), isMachine: true) }
            let text = value.utf8
            let decimal = Decimal(text: text)
            if decimal.exponent.magnitude > UInt(BinaryFloat.exponentLimit) { return .text(Array(text)) }
            if text.allSatisfy({ $0 == 45 || ($0 >= 48 && $0 <= 57) }) {
                return .whole(
                    BigInteger(digits: decimal.allDigits, negative: decimal.negative), isMachine: false)
            }
            if let float = BinaryFloat(decimal, precision: 53), float.exponent < 972 { return .float(float) }
            return .text(Array(text))
        }

        var typeName: String {
            switch content {
            case .whole(_, let isMachine): return isMachine ? "int" : "*big.Int"
            case .float: return "float64"
            case .text: return "string"
            }
        }

        func write(_ verb: UInt32, _ directive: Directive, into out: inout [UInt8]) {
            switch content {
            case .whole(let whole, let isMachine):
                writeWhole(whole, isMachine, verb, directive, into: &out)
            case .float(let float): writeFloat(float, verb, directive, into: &out)
            case .text(let text): writeText(text, verb, directive, into: &out)
            }
        }

        private func bad(_ verb: UInt32, into out: inout [UInt8]) {
            out.append(text: "%!")
            UTF8Text.append(verb, to: &out)
            out.append(40)
            out.append(text: typeName)
            out.append(61)
            write(118, Directive(), into: &out)
            out.append(41)
        }

        private func writeText(
            _ text: [UInt8], _ verb: UInt32, _ directive: Directive, into out: inout [UInt8]
        ) {
            var cut = text
            if let precision = directive.precision, verb != 120, verb != 88 {
                cut = text.withUnsafeBytes { Argument.prefix($0, precision) }
            }
            switch verb {
            case 118 where directive.sharp, 113:  // %#v and %q
                var quoted: [UInt8] = []
                let hasBacktick = cut.contains { $0 == 96 || $0 == 127 || ($0 < 32 && $0 != 9) }
                if directive.sharp, verb == 113, !hasBacktick {
                    quoted = [96] + cut + [96]
                } else {
                    cut.withUnsafeBytes { TermWriter.writeQuoted($0, into: &quoted) }
                }
                Argument.pad(quoted, directive, into: &out)
            case 118, 115: Argument.pad(cut, directive, into: &out)
            case 120, 88: Argument.pad(hexadecimal(cut, verb == 88, directive), directive, into: &out)
            default: bad(verb, into: &out)
            }
        }

        private func hexadecimal(_ text: [UInt8], _ upper: Bool, _ directive: Directive) -> [UInt8] {
            var hex: [UInt8] = []
            if directive.sharp, !text.isEmpty { hex += [48, upper ? 88 : 120] }
            for (number, byte) in text.prefix(directive.precision ?? text.count).enumerated() {
                if directive.space, number > 0 {
                    hex.append(32)
                    if directive.sharp { hex += [48, upper ? 88 : 120] }
                }
                for digit in [byte >> 4, byte & 15] {
                    let letter = JSONWriter.hexDigit(UInt32(digit))
                    hex.append(upper && letter > 96 ? letter - 32 : letter)
                }
            }
            return hex
        }

        private static func prefix(_ text: UnsafeRawBufferPointer, _ scalars: Int) -> [UInt8] {
            var position = 0
            var left = scalars
            while left > 0, position < text.count {
                position += UTF8Text.decode(text, position).1
                left -= 1
            }
            return Array(text[..<position])
        }

        static func pad(_ text: [UInt8], _ directive: Directive, zeros: Bool = false, into out: inout [UInt8])
        {
            let scalars = text.withUnsafeBytes { UTF8Text.count($0) }
            let missing = Swift.max(0, (directive.width ?? 0) - scalars)
            if directive.minus {
                out += text + [UInt8](repeating: 32, count: missing)
            } else {
                out += [UInt8](repeating: directive.zero || zeros ? 48 : 32, count: missing) + text
            }
        }
    }
}
