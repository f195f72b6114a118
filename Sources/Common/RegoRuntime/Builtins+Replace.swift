extension Builtins {
    /// `replace(text, old, new)`
    public static func replace(
        _ context: Context, _ text: Value, _ old: Value, _ new: Value
    ) throws(RegoError) -> Value {
        guard text.isString, old.isString, new.isString else {
            return try context.refuse("replace", [text, old, new], ["string", "string", "string"])
        }
        if old.length > 0, ByteSearch.find(old.utf8, in: text.utf8) < 0 { return text }
        return try replaceAll(context, text, [(old, new)])
    }

    /// `strings.replace_n({old: new, ...}, text)`: at each place the first that fits, in the order of the keys.
    public static func stringsReplaceN(_ context: Context, _ pairs: Value, _ text: Value) throws(RegoError)
        -> Value
    {
        guard pairs.isObject, text.isString else {
            return try context.refuse("strings.replace_n", [pairs, text], ["object", "string"])
        }
        var list: [(Value, Value)] = []
        for position in 0..<pairs.scanCount {
            guard pairs.key(at: position).isString else {
                return try context.operandRefused(
                    "strings.replace_n", 1, "non-string key found in pattern object")
            }
            guard pairs.value(at: position).isString else {
                return try context.operandRefused(
                    "strings.replace_n", 1, "non-string value found in pattern object")
            }
            list.append((pairs.key(at: position), pairs.value(at: position)))
        }
        return try replaceAll(context, text, list)
    }

    /// Goes through the text once; at each place the first old text that fits is replaced. An empty old text fits
    /// between characters where nothing else does.
    private static func replaceAll(
        _ context: Context, _ text: Value, _ pairs: [(Value, Value)]
    ) throws(RegoError) -> Value {
        let bytes = text.utf8
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var position = 0
        var previousWasReplaced = false
        while position <= bytes.count {
            try context.tick()
            let rest = UnsafeRawBufferPointer(rebasing: bytes[position...])
            let found = pairs.first { old, _ in
                (old.length > 0 || !previousWasReplaced) && ByteSearch.hasPrefix(rest, old.utf8)
            }
            if let (old, new) = found {
                if out.count + new.length > 1 << 28 { throw context.memoryExceeded() }
                out.append(contentsOf: new.utf8)
                position += old.length
                previousWasReplaced = old.length > 0
                if old.length > 0 { continue }
            }
            previousWasReplaced = false
            if position < bytes.count {
                let length = Swift.max(UTF8Text.sequenceLength(bytes, position), 1)
                out.append(contentsOf: bytes[position..<position + length])
                position += length
            } else {
                position += 1
            }
        }
        return context.string(out)
    }

    /// `strings.any_prefix_match(text or texts, prefix or prefixes)`
    public static func stringsAnyPrefixMatch(
        _ context: Context, _ texts: Value, _ prefixes: Value
    ) throws(RegoError) -> Value {
        try anyMatch(context, "strings.any_prefix_match", texts, prefixes) { ByteSearch.hasPrefix($0, $1) }
    }

    /// `strings.any_suffix_match(text or texts, suffix or suffixes)`
    public static func stringsAnySuffixMatch(
        _ context: Context, _ texts: Value, _ suffixes: Value
    ) throws(RegoError) -> Value {
        try anyMatch(context, "strings.any_suffix_match", texts, suffixes) { ByteSearch.hasSuffix($0, $1) }
    }

    private static func anyMatch(
        _ context: Context, _ name: StaticString, _ texts: Value, _ affixes: Value,
        _ fits: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> Bool
    ) throws(RegoError) -> Value {
        for (number, operand) in [texts, affixes].enumerated() {
            if operand.isString { continue }
            guard operand.isSequence else {
                return try context.refuse(name, [texts, affixes], ["string|set|array", "string|set|array"])
            }
            for position in 0..<operand.scanCount where !operand.value(at: position).isString {
                return try context.elementError(
                    name, number + 1, operand, operand.value(at: position), "string")
            }
        }
        let textCount = texts.isString ? 1 : texts.scanCount
        let affixCount = affixes.isString ? 1 : affixes.scanCount
        for first in 0..<textCount {
            let text = texts.isString ? texts : texts.value(at: first)
            try context.tick(affixCount)
            for second in 0..<affixCount {
                let affix = affixes.isString ? affixes : affixes.value(at: second)
                if fits(text.utf8, affix.utf8) { return .true }
            }
        }
        return .false
    }

    /// `format_int(number, base)` with a base of 2, 8, 10 or 16.
    public static func formatInt(_ context: Context, _ number: Value, _ base: Value) throws(RegoError)
        -> Value
    {
        guard number.isNumber, base.isNumber else {
            return try context.refuse("format_int", [number, base], ["number", "number"])
        }
        guard let radix = base.int, radix == 2 || radix == 8 || radix == 10 || radix == 16 else {
            return try context.operandRefused("format_int", 2, "must be one of {2, 8, 10, 16}")
        }
        guard let operand = Operand(number) else {
            return try context.builtinError("format_int", "number too large")
        }
        let whole: BigInteger
        switch operand {
        case .integer(let integer): whole = integer
        case .float(let float): whole = float.truncated
        }
        return context.string(whole.text(base: UInt32(radix)))
    }
}
