extension Builtins {
    private static func digest(
        _ context: Context, _ name: StaticString, _ digest: Digest, _ text: Value
    ) throws(RegoError) -> Value {
        guard text.isString else { return try context.refuse(name, [text], ["string"]) }
        try context.tick(text.length / 4 + 1)
        return context.string(hexadecimal(digest.hash(Array(text.utf8))))
    }

    private static func authenticate(
        _ context: Context, _ name: StaticString, _ digest: Digest, _ text: Value, _ key: Value
    ) throws(RegoError) -> Value {
        guard text.isString, key.isString else {
            return try context.refuse(name, [text, key], ["string", "string"])
        }
        try context.tick((text.length + key.length) / 4 + 1)
        return context.string(hexadecimal(digest.authenticate(Array(text.utf8), key: Array(key.utf8))))
    }

    static func hexadecimal(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            out.append(JSONWriter.hexDigit(UInt32(byte >> 4)))
            out.append(JSONWriter.hexDigit(UInt32(byte & 15)))
        }
        return out
    }

    /// `crypto.md5(text)`
    public static func cryptoMd5(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        try digest(context, "crypto.md5", .md5, text)
    }

    /// `crypto.sha1(text)`
    public static func cryptoSha1(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        try digest(context, "crypto.sha1", .sha1, text)
    }

    /// `crypto.sha256(text)`
    public static func cryptoSha256(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        try digest(context, "crypto.sha256", .sha256, text)
    }

    /// `crypto.hmac.md5(text, key)`
    public static func cryptoHmacMd5(_ context: Context, _ text: Value, _ key: Value) throws(RegoError)
        -> Value
    {
        try authenticate(context, "crypto.hmac.md5", .md5, text, key)
    }

    /// `crypto.hmac.sha1(text, key)`
    public static func cryptoHmacSha1(_ context: Context, _ text: Value, _ key: Value) throws(RegoError)
        -> Value
    {
        try authenticate(context, "crypto.hmac.sha1", .sha1, text, key)
    }

    /// `crypto.hmac.sha256(text, key)`
    public static func cryptoHmacSha256(
        _ context: Context, _ text: Value, _ key: Value
    ) throws(RegoError) -> Value {
        try authenticate(context, "crypto.hmac.sha256", .sha256, text, key)
    }

    /// `crypto.hmac.sha512(text, key)`
    public static func cryptoHmacSha512(
        _ context: Context, _ text: Value, _ key: Value
    ) throws(RegoError) -> Value {
        try authenticate(context, "crypto.hmac.sha512", .sha512, text, key)
    }

    /// `crypto.hmac.equal(a, b)`: whether two digests are the same, in time that does not depend on them.
    public static func cryptoHmacEqual(
        _ context: Context, _ left: Value, _ right: Value
    ) throws(RegoError) -> Value {
        guard left.isString, right.isString else {
            return try context.refuse("crypto.hmac.equal", [left, right], ["string", "string"])
        }
        return .boolean(Digest.areEqual(Array(left.utf8), Array(right.utf8)))
    }
}
