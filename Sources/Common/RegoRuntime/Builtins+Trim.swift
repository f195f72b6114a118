extension Builtins {
    /// `trim(text, characters)`
    public static func trim(_ context: Context, _ text: Value, _ characters: Value) throws(RegoError) -> Value
    {
        try trim(context, "trim", text, characters, left: true, right: true)
    }

    /// `trim_left(text, characters)`
    public static func trimLeft(_ context: Context, _ text: Value, _ characters: Value) throws(RegoError)
        -> Value
    {
        try trim(context, "trim_left", text, characters, left: true, right: false)
    }

    /// `trim_right(text, characters)`
    public static func trimRight(_ context: Context, _ text: Value, _ characters: Value) throws(RegoError)
        -> Value
    {
        try trim(context, "trim_right", text, characters, left: false, right: true)
    }

    private static func trim(
        _ context: Context, _ name: StaticString, _ text: Value, _ characters: Value, left: Bool, right: Bool
    ) throws(RegoError) -> Value {
        guard text.isString, characters.isString else {
            return try context.refuse(name, [text, characters], ["string", "string"])
        }
        let set = characters.utf8
        return strip(context, text, left: left, right: right) { scalar in
            var position = 0
            while position < set.count {
                let (member, length) = UTF8Text.decode(set, position)
                if member == scalar { return true }
                position += length
            }
            return false
        }
    }

    /// `trim_space(text)`
    public static func trimSpace(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        guard text.isString else { return try context.refuse("trim_space", [text], ["string"]) }
        return strip(context, text, left: true, right: true) { scalar in
            switch scalar {
            case 9...13, 32, 0x85, 0xa0, 0x1680, 0x2000...0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000: true
            default: false
            }
        }
    }

    private static func strip(
        _ context: Context, _ text: Value, left: Bool, right: Bool, _ drop: (UInt32) -> Bool
    ) -> Value {
        let bytes = text.utf8
        var low = 0
        var high = bytes.count
        while left, low < high {
            let (scalar, length) = UTF8Text.decode(bytes, low)
            if !drop(scalar) { break }
            low += length
        }
        while right, high > low {
            var start = high - 1
            while start > low, bytes[start] & 0xc0 == 0x80 { start -= 1 }
            if !drop(UTF8Text.decode(bytes, start).0) { break }
            high = start
        }
        return text.slice(low, high, context)
    }

    /// `trim_prefix(text, prefix)`
    public static func trimPrefix(_ context: Context, _ text: Value, _ prefix: Value) throws(RegoError)
        -> Value
    {
        guard text.isString, prefix.isString else {
            return try context.refuse("trim_prefix", [text, prefix], ["string", "string"])
        }
        return ByteSearch.hasPrefix(text.utf8, prefix.utf8)
            ? text.slice(prefix.length, text.length, context) : text
    }

    /// `trim_suffix(text, suffix)`
    public static func trimSuffix(_ context: Context, _ text: Value, _ suffix: Value) throws(RegoError)
        -> Value
    {
        guard text.isString, suffix.isString else {
            return try context.refuse("trim_suffix", [text, suffix], ["string", "string"])
        }
        return ByteSearch.hasSuffix(text.utf8, suffix.utf8)
            ? text.slice(0, text.length - suffix.length, context) : text
    }

    /// `lower(text)`
    public static func lower(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        guard text.isString else { return try context.refuse("lower", [text], ["string"]) }
        return try mapCase(context, text, from: 65...90) { $0.properties.lowercaseMapping }
    }

    /// `upper(text)`
    public static func upper(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        guard text.isString else { return try context.refuse("upper", [text], ["string"]) }
        return try mapCase(context, text, from: 97...122) { $0.properties.uppercaseMapping }
    }

    /// Maps letters one to one, as Go does: a letter whose other case is several letters stays.
    private static func mapCase(
        _ context: Context, _ text: Value, from range: ClosedRange<UInt8>, _ map: (Unicode.Scalar) -> String
    ) throws(RegoError) -> Value {
        let bytes = text.utf8
        if bytes.allSatisfy({ $0 < 128 }) {
            if !bytes.contains(where: { range.contains($0) }) { return text }
            return try context.string(capacity: bytes.count) { room in
                for byte in bytes { room.append(range.contains(byte) ? byte ^ 32 : byte) }
            }
        }
        var out: [UInt8] = []
        var position = 0
        while position < bytes.count {
            let (number, length) = UTF8Text.decode(bytes, position)
            position += length
            UTF8Text.append(number == 0x130 && range.contains(65) ? 0x69 : mapped(number, map), to: &out)
        }
        return context.string(out)
    }

    private static func mapped(_ number: UInt32, _ map: (Unicode.Scalar) -> String) -> UInt32 {
        guard let scalar = Unicode.Scalar(number) else { return number }
        let other = map(scalar).unicodeScalars
        guard other.count == 1, let only = other.first else { return number }
        return only.value
    }
}
