extension Builtins {
    /// `startswith(text, prefix)`
    public static func startswith(_ context: Context, _ text: Value, _ prefix: Value) throws(RegoError)
        -> Value
    {
        guard text.isString, prefix.isString else {
            return try context.refuse("startswith", [text, prefix], ["string", "string"])
        }
        return .boolean(ByteSearch.hasPrefix(text.utf8, prefix.utf8))
    }

    /// `endswith(text, suffix)`
    public static func endswith(_ context: Context, _ text: Value, _ suffix: Value) throws(RegoError) -> Value
    {
        guard text.isString, suffix.isString else {
            return try context.refuse("endswith", [text, suffix], ["string", "string"])
        }
        return .boolean(ByteSearch.hasSuffix(text.utf8, suffix.utf8))
    }

    /// `contains(text, part)`
    public static func contains(_ context: Context, _ text: Value, _ part: Value) throws(RegoError) -> Value {
        guard text.isString, part.isString else {
            return try context.refuse("contains", [text, part], ["string", "string"])
        }
        return .boolean(ByteSearch.find(part.utf8, in: text.utf8) >= 0)
    }

    /// `concat(separator, collection of strings)`
    public static func concat(_ context: Context, _ separator: Value, _ parts: Value) throws(RegoError)
        -> Value
    {
        guard separator.isString, parts.isSequence else {
            return try context.refuse("concat", [separator, parts], ["string", "set|array"])
        }
        let count = parts.scanCount
        var bytes = Swift.max(count - 1, 0) * separator.length
        for position in 0..<count {
            let part = parts.value(at: position)
            guard part.isString else { return try context.elementError("concat", 2, parts, part, "string") }
            bytes += part.length
        }
        if count == 1 { return parts.value(at: 0) }
        return try context.string(capacity: bytes) { room in
            for position in 0..<count {
                if position > 0 { room.append(separator.utf8) }
                room.append(parts.value(at: position).utf8)
            }
        }
    }

    /// `split(text, delimiter)`
    public static func split(_ context: Context, _ text: Value, _ delimiter: Value) throws(RegoError) -> Value
    {
        guard text.isString, delimiter.isString else {
            return try context.refuse("split", [text, delimiter], ["string", "string"])
        }
        var builder = ArrayBuilder()
        if delimiter.length == 0 {
            var position = 0
            while position < text.length {
                let next = text.byteOffset(ofScalar: 1, from: position)
                builder.append(text.slice(position, next, context), context)
                position = next
            }
            return builder.finish(context)
        }
        try context.tick(text.length / 16)
        var start = 0
        while true {
            let found = ByteSearch.find(delimiter.utf8, in: text.utf8, from: start)
            if found < 0 { break }
            builder.append(text.slice(start, found, context), context)
            start = found + delimiter.length
        }
        builder.append(text.slice(start, text.length, context), context)
        return builder.finish(context)
    }

    /// `indexof(text, part)` in characters, -1 when there is none.
    public static func indexof(_ context: Context, _ text: Value, _ part: Value) throws(RegoError) -> Value {
        guard text.isString, part.isString else {
            return try context.refuse("indexof", [text, part], ["string", "string"])
        }
        if part.length == 0 { return try context.builtinError("indexof", "empty search character") }
        let found = ByteSearch.find(part.utf8, in: text.utf8)
        if found < 0 { return .int(-1) }
        return .int(UTF8Text.count(UnsafeRawBufferPointer(rebasing: text.utf8[..<found])))
    }

    /// `indexof_n(text, part)`: all of them, also overlapping ones.
    public static func indexofN(_ context: Context, _ text: Value, _ part: Value) throws(RegoError) -> Value {
        guard text.isString, part.isString else {
            return try context.refuse("indexof_n", [text, part], ["string", "string"])
        }
        if part.length == 0 { return try context.builtinError("indexof_n", "empty search character") }
        var builder = ArrayBuilder()
        var start = 0
        var characters = 0
        while case let found = ByteSearch.find(part.utf8, in: text.utf8, from: start), found >= 0 {
            characters += UTF8Text.count(UnsafeRawBufferPointer(rebasing: text.utf8[start..<found]))
            builder.append(.int(characters), context)
            start = text.byteOffset(ofScalar: 1, from: found)
            characters += 1
        }
        return builder.finish(context)
    }

    /// `substring(text, start, length)` in characters; a negative length goes to the end.
    public static func substring(
        _ context: Context, _ text: Value, _ start: Value, _ length: Value
    ) throws(RegoError) -> Value {
        guard text.isString, start.isNumber, length.isNumber else {
            return try context.refuse("substring", [text, start, length], ["string", "number", "number"])
        }
        guard let from = start.int else { return try context.wholeNumberError("substring", 2) }
        guard let count = length.int else { return try context.wholeNumberError("substring", 3) }
        if from < 0 { return try context.builtinError("substring", "negative offset") }
        let low = text.byteOffset(ofScalar: from)
        let high = count < 0 ? text.length : text.byteOffset(ofScalar: count, from: low)
        return text.slice(low, high, context)
    }

    /// `strings.count(text, part)`: without overlaps.
    public static func stringsCount(_ context: Context, _ text: Value, _ part: Value) throws(RegoError)
        -> Value
    {
        guard text.isString, part.isString else {
            return try context.refuse("strings.count", [text, part], ["string", "string"])
        }
        if part.length == 0 { return .int(UTF8Text.count(text.utf8) + 1) }
        var occurrences = 0
        var start = 0
        while case let found = ByteSearch.find(part.utf8, in: text.utf8, from: start), found >= 0 {
            occurrences += 1
            start = found + part.length
        }
        return .int(occurrences)
    }

    /// `strings.reverse(text)`
    public static func stringsReverse(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        guard text.isString else { return try context.refuse("strings.reverse", [text], ["string"]) }
        let bytes = text.utf8
        return try context.string(capacity: bytes.count) { room in
            var end = bytes.count
            while end > 0 {
                var start = end - 1
                while start > 0, bytes[start] & 0xc0 == 0x80 { start -= 1 }
                room.append(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
                end = start
            }
        }
    }
}

/// Fills a string of a size known beforehand.
struct StringRoom {
    let base: UnsafeMutableRawPointer
    let capacity: Int
    var count = 0

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress, count + bytes.count <= capacity else { return }
        (base + count).copyMemory(from: start, byteCount: bytes.count)
        count += bytes.count
    }

    mutating func append(_ byte: UInt8) {
        guard count < capacity else { return }
        base.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count += 1
    }
}

extension Context {
    /// A string written into the arena in one go.
    func string(capacity: Int, _ fill: (inout StringRoom) -> Void) throws(RegoError) -> Value {
        try reserve(capacity)
        try tick(capacity / 64 + 1)
        var room = StringRoom(base: allocate(capacity), capacity: capacity)
        fill(&room)
        return string(at: UnsafeRawPointer(room.base), count: room.count)
    }
}
