/// What `io.jwt.decode_verify` demands of a token.
struct TokenConstraints {
    var key = Value.undefined
    var isSecret = false
    var algorithm = ""
    var issuer = Value.undefined
    var audience = Value.undefined
    /// Seconds since the epoch, as a decimal number.
    var time = Value.undefined

    init(_ object: Value, _ context: Context) throws(JSONWebToken.Failure) {
        for turn in 0..<object.scanCount {
            let name = object.key(at: turn).string ?? ""
            let value = object.value(at: turn)
            if name == "time" {
                guard value.isNumber else { throw JSONWebToken.Failure(reason: "time: must be a number") }
                time = value
                continue
            }
            guard value.isString else { throw JSONWebToken.Failure(reason: "\(name): must be a string") }
            switch name {
            case "cert", "secret":
                guard key.isUndefined else { throw JSONWebToken.Failure(reason: "duplicate key constraints") }
                key = value
                isSecret = name == "secret"
            case "alg": algorithm = value.string ?? ""
            case "iss": issuer = value
            case "aud": audience = value
            default: throw JSONWebToken.Failure(reason: "unknown constraint: \(name)")
            }
        }
        guard key.isDefined else { throw JSONWebToken.Failure(reason: "no key constraint") }
        if time.isUndefined, let now = context.services.queryTime() { time = .int(now) }
    }

    /// Whether the algorithm belongs to the kind of key that was given.
    func accepts(_ token: JSONWebToken) throws(JSONWebToken.Failure) -> Bool {
        let name = token.algorithm
        if name.isEmpty || token.header["crit"].isDefined { return false }
        if !algorithm.isEmpty, algorithm != name { return false }
        if JSONWebToken.digest(of: name) != nil { return isSecret }
        guard JSONWebToken.asymmetric.contains(name) else {
            throw JSONWebToken.Failure(reason: "unknown JWS algorithm: \(name)")
        }
        return !isSecret
    }

    /// Whether issuer, audience and times of a payload are as demanded.
    func accept(claims: Value, _ context: Context) throws(JSONWebToken.Failure) -> Bool {
        if issuer.isDefined, claims["iss"] != issuer { return false }
        let audiences = claims["aud"]
        if audiences.isDefined {
            guard audience.isDefined else { return false }
            if audiences.isString
                ? audiences != audience : !(audiences.isArray && audiences.contains(audience))
            {
                return false
            }
        } else if audience.isDefined {
            return false
        }
        if let isLater = try isAtOrAfter(claims["exp"], "exp", context), isLater { return false }
        if let isLater = try isAtOrAfter(claims["nbf"], "nbf", context), !isLater { return false }
        return true
    }

    /// Whether the time is not before a claim's; nil when the token has no such claim.
    private func isAtOrAfter(
        _ claim: Value, _ name: String, _ context: Context
    ) throws(JSONWebToken.Failure) -> Bool? {
        if claim.isUndefined { return nil }
        guard claim.isNumber else { throw JSONWebToken.Failure(reason: "\(name) value must be a number") }
        guard time.isDefined else { throw JSONWebToken.Failure(reason: "the query has no clock") }
        let nanoseconds: Value
        do throws(RegoError) {
            nanoseconds = try Builtins.mul(context, claim, .int(1_000_000_000))
        } catch {
            throw JSONWebToken.Failure(reason: error.message)
        }
        guard nanoseconds.isDefined else {
            throw JSONWebToken.Failure(reason: "\(name) value is out of range")
        }
        return Value.compare(time, nanoseconds) >= 0
    }
}

extension Builtins {
    /// `io.jwt.decode_verify(token, constraints)`: `[true, header, payload]` or `[false, {}, {}]`.
    public static func ioJwtDecodeVerify(
        _ context: Context, _ text: Value, _ constraints: Value
    ) throws(RegoError) -> Value {
        guard text.isString, constraints.isObject else {
            return try context.refuse("io.jwt.decode_verify", [text, constraints], ["string", "object"])
        }
        try context.tick(text.length + 1)
        do throws(JSONWebToken.Failure) {
            return try decodeVerified(context, Array(text.utf8), TokenConstraints(constraints, context))
        } catch {
            return try context.builtinError("io.jwt.decode_verify", error.reason)
        }
    }

    private static func decodeVerified(
        _ context: Context, _ text: [UInt8], _ constraints: TokenConstraints
    ) throws(JSONWebToken.Failure) -> Value {
        let refused = context.array([.false, .emptyObject, .emptyObject])
        var bytes = text
        for _ in 0..<JSONWebToken.deepest {
            let token = try JSONWebToken(bytes, context)
            guard try constraints.accepts(token),
                try verify(context, token, token.algorithm, constraints.key)
            else { return refused }
            if token.isNested {
                bytes = token.payload
                continue
            }
            let claims = try JSONWebToken.object(token.payload, context)
            guard try constraints.accept(claims: claims, context) else { return refused }
            return context.array([.true, token.header, claims])
        }
        return refused
    }
}
