extension Builtins {
    /// The compiled pattern; nil after having failed with `failure` set.
    private static func regex(
        _ context: Context, _ name: StaticString, _ pattern: Value, _ failure: inout Value
    ) throws(RegoError) -> Regex? {
        do throws(RegexError) {
            return try context.services.regexes.regex(pattern)
        } catch {
            failure = try context.builtinError(name, error.text)
            return nil
        }
    }

    /// `regex.match(pattern, text)`
    public static func regexMatch(_ context: Context, _ pattern: Value, _ text: Value) throws(RegoError)
        -> Value
    {
        try match(context, "regex.match", pattern, text)
    }

    /// `re_match(pattern, text)`: the old name.
    public static func reMatch(_ context: Context, _ pattern: Value, _ text: Value) throws(RegoError) -> Value
    {
        try match(context, "re_match", pattern, text)
    }

    private static func match(
        _ context: Context, _ name: StaticString, _ pattern: Value, _ text: Value
    ) throws(RegoError) -> Value {
        guard pattern.isString, text.isString else {
            return try context.refuse(name, [pattern, text], ["string", "string"])
        }
        var failure = Value.undefined
        guard let regex = try regex(context, name, pattern, &failure) else { return failure }
        var work = text.length / 16 + 1
        let result = regex.matches(text.utf8, work: &work)
        try context.tick(work)
        return .boolean(result)
    }

    /// `regex.is_valid(x)`; false for anything that is no string.
    public static func regexIsValid(_ context: Context, _ pattern: Value) throws(RegoError) -> Value {
        if pattern.isUndefined { return .undefined }
        guard pattern.isString else { return .false }
        var parser = RegexParser(Array(pattern.utf8))
        do throws(RegexError) {
            let node = try parser.parse()
            return .boolean(try RegexProgram(node, groups: parser.groups).groups >= 0)
        } catch {
            return .false
        }
    }

    /// `regex.split(pattern, text)`
    public static func regexSplit(_ context: Context, _ pattern: Value, _ text: Value) throws(RegoError)
        -> Value
    {
        guard pattern.isString, text.isString else {
            return try context.refuse("regex.split", [pattern, text], ["string", "string"])
        }
        var failure = Value.undefined
        guard let regex = try regex(context, "regex.split", pattern, &failure) else { return failure }
        if pattern.length > 0, text.length == 0 { return context.array([.emptyString]) }
        var builder = ArrayBuilder()
        var begin = 0
        var end = 0
        for match in try regex.all(text.utf8, limit: -1, context) {
            end = Int(match[0])
            if match[1] != 0 { builder.append(text.slice(begin, end, context), context) }
            begin = Int(match[1])
        }
        if end != text.length { builder.append(text.slice(begin, text.length, context), context) }
        return builder.finish(context)
    }

    /// `regex.find_n(pattern, text, number)`
    public static func regexFindN(
        _ context: Context, _ pattern: Value, _ text: Value, _ number: Value
    ) throws(RegoError) -> Value {
        guard pattern.isString, text.isString, number.isNumber else {
            return try context.refuse(
                "regex.find_n", [pattern, text, number], ["string", "string", "number"])
        }
        guard let limit = number.int else { return try context.wholeNumberError("regex.find_n", 3) }
        var failure = Value.undefined
        guard let regex = try regex(context, "regex.find_n", pattern, &failure) else { return failure }
        var builder = ArrayBuilder()
        for match in try regex.all(text.utf8, limit: limit, context) {
            builder.append(text.slice(Int(match[0]), Int(match[1]), context), context)
        }
        return builder.finish(context)
    }

    /// `regex.find_all_string_submatch_n(pattern, text, number)`
    public static func regexFindAllStringSubmatchN(
        _ context: Context, _ pattern: Value, _ text: Value, _ number: Value
    ) throws(RegoError) -> Value {
        let name: StaticString = "regex.find_all_string_submatch_n"
        guard pattern.isString, text.isString, number.isNumber else {
            return try context.refuse(name, [pattern, text, number], ["string", "string", "number"])
        }
        guard let limit = number.int else { return try context.wholeNumberError(name, 3) }
        var failure = Value.undefined
        guard let regex = try regex(context, name, pattern, &failure) else { return failure }
        var builder = ArrayBuilder()
        for match in try regex.all(text.utf8, limit: limit, context) {
            var groups = ArrayBuilder()
            for group in 0..<(match.count / 2) {
                groups.append(text.slice(Int(match[group * 2]), Int(match[group * 2 + 1]), context), context)
            }
            builder.append(groups.finish(context), context)
        }
        return builder.finish(context)
    }

    /// `regex.replace(text, pattern, replacement)` with `$1`, `${name}` and `$$` in the replacement.
    public static func regexReplace(
        _ context: Context, _ text: Value, _ pattern: Value, _ replacement: Value
    ) throws(RegoError) -> Value {
        guard text.isString, pattern.isString, replacement.isString else {
            return try context.refuse(
                "regex.replace", [text, pattern, replacement], ["string", "string", "string"])
        }
        var failure = Value.undefined
        guard let regex = try regex(context, "regex.replace", pattern, &failure) else { return failure }
        let bytes = text.utf8
        var out: [UInt8] = []
        var copied = 0
        for match in try regex.all(bytes, limit: -1, context) {
            out.append(contentsOf: bytes[copied..<Int(match[0])])
            expand(replacement.utf8, regex, match, bytes, into: &out)
            copied = Int(match[1])
            if out.count > 1 << 26 { throw context.memoryExceeded() }
        }
        if copied == 0, out.isEmpty, bytes.count > 0 { return text }
        out.append(contentsOf: bytes[copied...])
        return context.string(out)
    }

    private static func expand(
        _ template: UnsafeRawBufferPointer, _ regex: Regex, _ match: [Int32], _ text: UnsafeRawBufferPointer,
        into out: inout [UInt8]
    ) {
        var position = 0
        while position < template.count {
            let byte = template[position]
            position += 1
            if byte != 36 || position >= template.count {
                out.append(byte)
                continue
            }
            if template[position] == 36 {
                out.append(36)
                position += 1
                continue
            }
            guard let (name, end) = reference(template, position) else {
                out.append(36)
                continue
            }
            position = end
            let text8 = String(decoding: name, as: UTF8.self)
            let isNumber = name.allSatisfy { $0 >= 48 && $0 <= 57 }
            let group = isNumber ? Int(text8) : regex.names.first { $0.0 == text8 }?.1
            if let group, group * 2 + 1 < match.count, match[group * 2] >= 0 {
                out.append(contentsOf: text[Int(match[group * 2])..<Int(match[group * 2 + 1])])
            }
        }
    }

    /// The name after a `$`, with or without braces, and where it ends; nil when there is none.
    private static func reference(_ template: UnsafeRawBufferPointer, _ start: Int) -> ([UInt8], Int)? {
        let braced = template[start] == 123
        var position = braced ? start + 1 : start
        var name: [UInt8] = []
        while position < template.count, RegexParser.isWord(template[position]) {
            name.append(template[position])
            position += 1
        }
        if name.isEmpty { return nil }
        if !braced { return (name, position) }
        guard position < template.count, template[position] == 125 else { return nil }
        return (name, position + 1)
    }

    /// `regex.template_match(template, text, start delimiter, end delimiter)`
    public static func regexTemplateMatch(
        _ context: Context, _ template: Value, _ text: Value, _ open: Value, _ close: Value
    ) throws(RegoError) -> Value {
        let name: StaticString = "regex.template_match"
        guard template.isString, text.isString, open.isString, close.isString else {
            return try context.refuse(
                name, [template, text, open, close], ["string", "string", "string", "string"])
        }
        for (delimiter, side) in [(open, "start"), (close, "end")] where delimiter.length != 1 {
            return try context.builtinError(
                name, "\(side) delimiter has to be exactly one character long but is \(open.length) long")
        }
        guard let pattern = templatePattern(template.utf8, open.utf8[0], close.utf8[0]) else {
            return try context.builtinError(name, "unbalanced braces in \(template)")
        }
        return try match(context, name, context.string(pattern), text)
    }

    /// The text outside of delimiters taken literally, what is between them as a pattern.
    private static func templatePattern(
        _ template: UnsafeRawBufferPointer, _ open: UInt8, _ close: UInt8
    ) -> [UInt8]? {
        var out: [UInt8] = [94]
        var level = 0
        for byte in template {
            if byte == open {
                level += 1
                if level == 1 {
                    out.append(40)
                    continue
                }
            } else if byte == close {
                level -= 1
                if level < 0 { return nil }
                if level == 0 {
                    out.append(41)
                    continue
                }
            }
            if level == 0, byte < 128, !RegexParser.isWord(byte) { out.append(92) }
            out.append(byte)
        }
        return level == 0 ? out + [36] : nil
    }
}
