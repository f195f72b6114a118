// One function per algorithm: compiled policies call them by name.

extension Builtins {
    /// `io.jwt.verify_hs256(token, key)`
    public static func ioJwtVerifyHs256(
        _ context: Context, _ token: Value, _ key: Value
    ) throws(RegoError) -> Value {
        try verifyToken(context, "io.jwt.verify_hs256", "HS256", token, key)
    }

    /// `io.jwt.verify_hs384(token, key)`
    public static func ioJwtVerifyHs384(
        _ context: Context, _ token: Value, _ key: Value
    ) throws(RegoError) -> Value {
        try verifyToken(context, "io.jwt.verify_hs384", "HS384", token, key)
    }

    /// `io.jwt.verify_hs512(token, key)`
    public static func ioJwtVerifyHs512(
        _ context: Context, _ token: Value, _ key: Value
    ) throws(RegoError) -> Value {
        try verifyToken(context, "io.jwt.verify_hs512", "HS512", token, key)
    }

    /// `io.jwt.verify_rs256(token, key)`
    public static func ioJwtVerifyRs256(
        _ context: Context, _ token: Value, _ key: Value
    ) throws(RegoError) -> Value {
        try verifyToken(context, "io.jwt.verify_rs256", "RS256", token, key)
    }

    /// `io.jwt.verify_rs384(token, key)`
    public static func ioJwtVerifyRs384(
        _ context: Context, _ token: Value, _ key: Value
    ) throws(RegoError) -> Value {
        try verifyToken(context, "io.jwt.verify_rs384", "RS384", token, key)
    }

    /// `io.jwt.verify_rs512(token, key)`
    public static func ioJwtVerifyRs512(
        _ context: Context, _ token: Value, _ key: Value
    ) throws(RegoError) -> Value {
        try verifyToken(context, "io.jwt.verify_rs512", "RS512", token, key)
    }

    /// `io.jwt.verify_ps256(token, key)`
    public static func ioJwtVerifyPs256(
        _ context: Context, _ token: Value, _ key: Value
    ) throws(RegoError) -> Value {
        try verifyToken(context, "io.jwt.verify_ps256", "PS256", token, key)
    }

    /// `io.jwt.verify_ps384(token, key)`
    public static func ioJwtVerifyPs384(
        _ context: Context, _ token: Value, _ key: Value
    ) throws(RegoError) -> Value {
        try verifyToken(context, "io.jwt.verify_ps384", "PS384", token, key)
    }

    /// `io.jwt.verify_ps512(token, key)`
    public static func ioJwtVerifyPs512(
        _ context: Context, _ token: Value, _ key: Value
    ) throws(RegoError) -> Value {
        try verifyToken(context, "io.jwt.verify_ps512", "PS512", token, key)
    }

    /// `io.jwt.verify_es256(token, key)`
    public static func ioJwtVerifyEs256(
        _ context: Context, _ token: Value, _ key: Value
    ) throws(RegoError) -> Value {
        try verifyToken(context, "io.jwt.verify_es256", "ES256", token, key)
    }

    /// `io.jwt.verify_es384(token, key)`
    public static func ioJwtVerifyEs384(
        _ context: Context, _ token: Value, _ key: Value
    ) throws(RegoError) -> Value {
        try verifyToken(context, "io.jwt.verify_es384", "ES384", token, key)
    }

    /// `io.jwt.verify_es512(token, key)`
    public static func ioJwtVerifyEs512(
        _ context: Context, _ token: Value, _ key: Value
    ) throws(RegoError) -> Value {
        try verifyToken(context, "io.jwt.verify_es512", "ES512", token, key)
    }

    /// `io.jwt.verify_eddsa(token, key)`
    public static func ioJwtVerifyEddsa(
        _ context: Context, _ token: Value, _ key: Value
    ) throws(RegoError) -> Value {
        try verifyToken(context, "io.jwt.verify_eddsa", "EdDSA", token, key)
    }
}
