extension RegexParser {
    /// What a backslash starts outside of brackets.
    mutating func escape() throws(RegexError) -> RegexNode {
        switch peek(1) {
        case 65: return skip(2, .assertion(.beginText))
        case 122: return skip(2, .assertion(.endText))
        case 98: return skip(2, .assertion(.wordBoundary))
        case 66: return skip(2, .assertion(.noWordBoundary))
        default: break
        }
        if let perl = try perlClass() { return .one(perl) }
        return literal(try escapedCharacter())
    }

    private mutating func skip(_ bytes: Int, _ node: RegexNode) -> RegexNode {
        position += bytes
        return node
    }

    /// `\d \s \w`, their opposites, and `\p`; nil when something else follows.
    private mutating func perlClass() throws(RegexError) -> RegexClass? {
        guard let letter = peek(1) else { return nil }
        if letter == 112 || letter == 80 { return try unicodeClass() }
        let ranges: [(UInt32, UInt32)]
        switch letter | 32 {
        case 100: ranges = [(48, 57)]
        case 115: ranges = [(9, 10), (12, 13), (32, 32)]
        case 119: ranges = [(48, 57), (65, 90), (95, 95), (97, 122)]
        default: return nil
        }
        position += 2
        var result = RegexClass(ranges)
        if flags.foldsCase { result = result.foldingCase() }
        return letter < 97 ? result.negated() : result
    }

    private mutating func unicodeClass() throws(RegexError) -> RegexClass {
        let start = position
        var negative = peek(1) == 80
        position += 2
        var name: [UInt8] = []
        if peek() == 123 {
            position += 1
            while let byte = peek(), byte != 125 {
                name.append(byte)
                position += 1
            }
            guard peek() == 125 else {
                throw RegexError(reason: "invalid character class range", part: Array(pattern[start...]))
            }
            position += 1
        } else if position < pattern.count {
            UTF8Text.append(character(), to: &name)
        }
        if name.first == 94 {
            negative.toggle()
            name.removeFirst()
        }
        guard var result = RegexUnicode.named(name) else {
            throw RegexError(reason: "invalid character class range", part: Array(pattern[start..<position]))
        }
        if flags.foldsCase { result = result.foldingCase() }
        return negative ? result.negated() : result
    }

    /// A backslash and what it stands for.
    private mutating func escapedCharacter() throws(RegexError) -> UInt32 {
        let start = position
        position += 1
        guard position < pattern.count else {
            throw RegexError(reason: "trailing backslash at end of expression", part: [])
        }
        let scalar = character()
        switch scalar {
        case 49...55 where !((peek() ?? 0) >= 48 && (peek() ?? 0) <= 55): break
        case 48...55:
            var value = scalar - 48
            var digits = 1
            while digits < 3, let byte = peek(), byte >= 48, byte <= 55 {
                value = value * 8 + UInt32(byte - 48)
                position += 1
                digits += 1
            }
            return value
        case 120:
            if let value = hexadecimal() { return value }
        case 97: return 7
        case 102: return 12
        case 110: return 10
        case 114: return 13
        case 116: return 9
        case 118: return 11
        default:
            if scalar < 128, !RegexParser.isWord(UInt8(scalar)) || scalar == 95 { return scalar }
        }
        throw RegexError(reason: "invalid escape sequence", part: Array(pattern[start..<position]))
    }

    /// After `\x`: two digits, or any number of them in braces.
    private mutating func hexadecimal() -> UInt32? {
        var value: UInt32 = 0
        let braced = peek() == 123
        if braced { position += 1 }
        var digits = 0
        while let byte = peek(), braced || digits < 2 {
            let lower = byte | 32
            if byte >= 48, byte <= 57 {
                value = value * 16 + UInt32(byte - 48)
            } else if lower >= 97, lower <= 102 {
                value = value * 16 + UInt32(lower - 87)
            } else {
                break
            }
            if value > RegexClass.last { return nil }
            position += 1
            digits += 1
        }
        guard braced else { return digits == 2 ? value : nil }
        guard digits > 0, peek() == 125 else { return nil }
        position += 1
        return value
    }

    /// `[...]`
    mutating func bracketClass() throws(RegexError) -> RegexClass {
        let start = position
        position += 1
        var result = RegexClass()
        let negative = peek() == 94
        if negative { position += 1 }
        var first = true
        while peek() != 93 || first {
            guard position < pattern.count else {
                throw RegexError(reason: "missing closing ]", part: Array(pattern[start...]))
            }
            if peek() == 45, !first, peek(1) != 93 {
                guard position + 1 < pattern.count else {
                    throw RegexError(reason: "missing closing ]", part: Array(pattern[start...]))
                }
                throw RegexError(
                    reason: "invalid character class range", part: Array(pattern[position..<position + 2]))
            }
            first = false
            if let named = try posixClass() {
                result.add(named)
                continue
            }
            if peek() == 92, let perl = try perlClass() {
                result.add(perl)
                continue
            }
            try range(start, into: &result)
        }
        position += 1
        result.normalize()
        return negative ? result.negated() : result
    }

    private mutating func range(_ start: Int, into result: inout RegexClass) throws(RegexError) {
        let rangeStart = position
        let low = try classCharacter(start)
        var high = low
        if peek() == 45, peek(1) != nil, peek(1) != 93 {
            position += 1
            high = try classCharacter(start)
            if high < low {
                throw RegexError(
                    reason: "invalid character class range", part: Array(pattern[rangeStart..<position]))
            }
        }
        result.add(low, high)
        if flags.foldsCase { RegexFolding.add(low, high, to: &result) }
    }

    private mutating func classCharacter(_ start: Int) throws(RegexError) -> UInt32 {
        guard let byte = peek() else {
            throw RegexError(reason: "missing closing ]", part: Array(pattern[start...]))
        }
        return byte == 92 ? try escapedCharacter() : character()
    }

    /// `[:name:]`; nil when something else follows.
    private mutating func posixClass() throws(RegexError) -> RegexClass? {
        guard starts(with: "[:") else { return nil }
        let start = position
        var end = position + 2
        while end + 1 < pattern.count, !(pattern[end] == 58 && pattern[end + 1] == 93) { end += 1 }
        guard end + 1 < pattern.count else { return nil }
        var name = Array(pattern[(position + 2)..<end])
        let negative = name.first == 94
        if negative { name.removeFirst() }
        guard let ranges = RegexUnicode.posix(String(decoding: name, as: UTF8.self)) else {
            throw RegexError(reason: "invalid character class range", part: Array(pattern[start..<end + 2]))
        }
        position = end + 2
        var result = RegexClass(ranges)
        if flags.foldsCase { result = result.foldingCase() }
        return negative ? result.negated() : result
    }
}

/// Character classes that have names.
enum RegexUnicode {
    static func posix(_ name: String) -> [(UInt32, UInt32)]? {
        switch name {
        case "alnum": return [(48, 57), (65, 90), (97, 122)]
        case "alpha": return [(65, 90), (97, 122)]
        case "ascii": return [(0, 127)]
        case "blank": return [(9, 9), (32, 32)]
        case "cntrl": return [(0, 31), (127, 127)]
        case "digit": return [(48, 57)]
        case "graph": return [(33, 126)]
        case "lower": return [(97, 122)]
        case "print": return [(32, 126)]
        case "punct": return [(33, 47), (58, 64), (91, 96), (123, 126)]
        case "space": return [(9, 13), (32, 32)]
        case "upper": return [(65, 90)]
        case "word": return [(48, 57), (65, 90), (95, 95), (97, 122)]
        case "xdigit": return [(48, 57), (65, 70), (97, 102)]
        default: return nil
        }
    }

    /// A general category (`L`, `Lu`, ...), `Any`, or one of the scripts in the table.
    static func named(_ name: [UInt8]) -> RegexClass? {
        let text = String(decoding: name, as: UTF8.self)
        if text == "Any" { return .any }
        if let script = scripts(text) { return RegexClass(script) }
        guard isCategory(text) else { return nil }
        var result = RegexClass()
        var start: UInt32?
        for number in 0...RegexClass.last {
            let code = Unicode.Scalar(number).map { category($0.properties.generalCategory) } ?? "Cs"
            if code.hasPrefix(text) {
                if start == nil { start = number }
            } else if let from = start {
                result.add(from, number - 1)
                start = nil
            }
        }
        if let from = start { result.add(from, RegexClass.last) }
        return result
    }

    private static func isCategory(_ text: String) -> Bool {
        let known = [
            "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd",
            "Ps",
            "Pe", "Pi", "Pf", "Po", "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp", "C", "Cc", "Cf", "Co",
            "Cs",
        ]
        return known.contains(text)
    }

    private static func category(_ category: Unicode.GeneralCategory) -> String {
        switch category {
        case .uppercaseLetter: return "Lu"
        case .lowercaseLetter: return "Ll"
        case .titlecaseLetter: return "Lt"
        case .modifierLetter: return "Lm"
        case .otherLetter: return "Lo"
        case .nonspacingMark: return "Mn"
        case .spacingMark: return "Mc"
        case .enclosingMark: return "Me"
        case .decimalNumber: return "Nd"
        case .letterNumber: return "Nl"
        case .otherNumber: return "No"
        case .connectorPunctuation: return "Pc"
        case .dashPunctuation: return "Pd"
        case .openPunctuation: return "Ps"
        case .closePunctuation: return "Pe"
        case .initialPunctuation: return "Pi"
        case .finalPunctuation: return "Pf"
        case .otherPunctuation: return "Po"
        case .mathSymbol: return "Sm"
        case .currencySymbol: return "Sc"
        case .modifierSymbol: return "Sk"
        case .otherSymbol: return "So"
        case .spaceSeparator: return "Zs"
        case .lineSeparator: return "Zl"
        case .paragraphSeparator: return "Zp"
        case .control: return "Cc"
        case .format: return "Cf"
        case .surrogate: return "Cs"
        case .privateUse: return "Co"
        case .unassigned: return "-"
        @unknown default: return "-"
        }
    }

    /// The scripts that have few enough ranges to write down (Unicode 15.0, Scripts.txt).
    private static func scripts(_ name: String) -> [(UInt32, UInt32)]? {
        switch name {
        case "Latin":
            return [
                (0x41, 0x5a), (0x61, 0x7a), (0xaa, 0xaa), (0xba, 0xba), (0xc0, 0xd6), (0xd8, 0xf6),
                (0xf8, 0x2b8),
                (0x2e0, 0x2e4), (0x1d00, 0x1d25), (0x1d2c, 0x1d5c), (0x1d62, 0x1d65), (0x1d6b, 0x1d77),
                (0x1d79, 0x1dbe), (0x1e00, 0x1eff), (0x2071, 0x2071), (0x207f, 0x207f), (0x2090, 0x209c),
                (0x212a, 0x212b), (0x2132, 0x2132), (0x214e, 0x214e), (0x2160, 0x2188), (0x2c60, 0x2c7f),
                (0xa722, 0xa787), (0xa78b, 0xa7ca), (0xa7d0, 0xa7d1), (0xa7d3, 0xa7d3), (0xa7d5, 0xa7d9),
                (0xa7f2, 0xa7ff), (0xab30, 0xab5a), (0xab5c, 0xab64), (0xab66, 0xab69), (0xfb00, 0xfb06),
                (0xff21, 0xff3a), (0xff41, 0xff5a), (0x10780, 0x10785), (0x10787, 0x107b0),
                (0x107b2, 0x107ba),
                (0x1df00, 0x1df1e), (0x1df25, 0x1df2a),
            ]
        case "Greek":
            return [
                (0x370, 0x373), (0x375, 0x377), (0x37a, 0x37d), (0x37f, 0x37f), (0x384, 0x384),
                (0x386, 0x386),
                (0x388, 0x38a), (0x38c, 0x38c), (0x38e, 0x3a1), (0x3a3, 0x3e1), (0x3f0, 0x3ff),
                (0x1d26, 0x1d2a),
                (0x1d5d, 0x1d61), (0x1d66, 0x1d6a), (0x1dbf, 0x1dbf), (0x1f00, 0x1f15), (0x1f18, 0x1f1d),
                (0x1f20, 0x1f45), (0x1f48, 0x1f4d), (0x1f50, 0x1f57), (0x1f59, 0x1f59), (0x1f5b, 0x1f5b),
                (0x1f5d, 0x1f5d), (0x1f5f, 0x1f7d), (0x1f80, 0x1fb4), (0x1fb6, 0x1fc4), (0x1fc6, 0x1fd3),
                (0x1fd6, 0x1fdb), (0x1fdd, 0x1fef), (0x1ff2, 0x1ff4), (0x1ff6, 0x1ffe), (0x2126, 0x2126),
                (0xab65, 0xab65), (0x10140, 0x1018e), (0x101a0, 0x101a0), (0x1d200, 0x1d245),
            ]
        case "Cyrillic":
            return [
                (0x400, 0x484), (0x487, 0x52f), (0x1c80, 0x1c88), (0x1d2b, 0x1d2b), (0x1d78, 0x1d78),
                (0x2de0, 0x2dff), (0xa640, 0xa69f), (0xfe2e, 0xfe2f), (0x1e030, 0x1e06d), (0x1e08f, 0x1e08f),
            ]
        case "Hebrew":
            return [
                (0x591, 0x5c7), (0x5d0, 0x5ea), (0x5ef, 0x5f4), (0xfb1d, 0xfb36), (0xfb38, 0xfb3c),
                (0xfb3e, 0xfb3e),
                (0xfb40, 0xfb41), (0xfb43, 0xfb44), (0xfb46, 0xfb4f),
            ]
        case "Hiragana":
            return [
                (0x3041, 0x3096), (0x309d, 0x309f), (0x1b001, 0x1b11f), (0x1b132, 0x1b132),
                (0x1b150, 0x1b152), (0x1f200, 0x1f200),
            ]
        case "Katakana":
            return [
                (0x30a1, 0x30fa), (0x30fd, 0x30ff), (0x31f0, 0x31ff), (0x32d0, 0x32fe), (0x3300, 0x3357),
                (0xff66, 0xff6f), (0xff71, 0xff9d), (0x1aff0, 0x1aff3), (0x1aff5, 0x1affb),
                (0x1affd, 0x1affe),
                (0x1b000, 0x1b000), (0x1b120, 0x1b122), (0x1b155, 0x1b155), (0x1b164, 0x1b167),
            ]
        case "Han":
            return [
                (0x2e80, 0x2e99), (0x2e9b, 0x2ef3), (0x2f00, 0x2fd5), (0x3005, 0x3005), (0x3007, 0x3007),
                (0x3021, 0x3029), (0x3038, 0x303b), (0x3400, 0x4dbf), (0x4e00, 0x9fff), (0xf900, 0xfa6d),
                (0xfa70, 0xfad9), (0x16fe2, 0x16fe3), (0x16ff0, 0x16ff1), (0x20000, 0x2a6df),
                (0x2a700, 0x2b739),
                (0x2b740, 0x2b81d), (0x2b820, 0x2cea1), (0x2ceb0, 0x2ebe0), (0x2f800, 0x2fa1d),
                (0x30000, 0x3134a),
                (0x31350, 0x323af),
            ]
        default: return nil
        }
    }
}
