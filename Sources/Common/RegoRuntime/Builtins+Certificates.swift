extension Builtins {
    /// `crypto.x509.parse_certificates(text)`
    public static func cryptoX509ParseCertificates(
        _ context: Context, _ text: Value
    ) throws(RegoError) -> Value {
        let name: StaticString = "crypto.x509.parse_certificates"
        guard text.isString else { return try context.refuse(name, [text], ["string"]) }
        return try ask(context, name, .certificates(text.string ?? ""), text.length)
    }

    /// `crypto.x509.parse_and_verify_certificates(text)`: whether they are a chain, and the chain.
    public static func cryptoX509ParseAndVerifyCertificates(
        _ context: Context, _ text: Value
    ) throws(RegoError) -> Value {
        let name: StaticString = "crypto.x509.parse_and_verify_certificates"
        guard text.isString else { return try context.refuse(name, [text], ["string"]) }
        return try ask(context, name, .chain(text.string ?? "", options: "{}"), text.length)
    }

    /// `crypto.x509.parse_and_verify_certificates_with_options(text, options)`
    public static func cryptoX509ParseAndVerifyCertificatesWithOptions(
        _ context: Context, _ text: Value, _ options: Value
    ) throws(RegoError) -> Value {
        let name: StaticString = "crypto.x509.parse_and_verify_certificates_with_options"
        guard text.isString, options.isObject else {
            return try context.refuse(name, [text, options], ["string", "object"])
        }
        let json = String(decoding: options.json, as: UTF8.self)
        return try ask(context, name, .chain(text.string ?? "", options: json), text.length)
    }

    /// `crypto.x509.parse_certificate_request(text)`
    public static func cryptoX509ParseCertificateRequest(
        _ context: Context, _ text: Value
    ) throws(RegoError) -> Value {
        let name: StaticString = "crypto.x509.parse_certificate_request"
        guard text.isString else { return try context.refuse(name, [text], ["string"]) }
        return try ask(context, name, .request(text.string ?? ""), text.length)
    }

    /// `crypto.x509.parse_keypair(certificate, key)`
    public static func cryptoX509ParseKeypair(
        _ context: Context, _ certificate: Value, _ key: Value
    ) throws(RegoError) -> Value {
        let name: StaticString = "crypto.x509.parse_keypair"
        guard certificate.isString, key.isString else {
            return try context.refuse(name, [certificate, key], ["string", "string"])
        }
        return try ask(
            context, name, .keyPair(certificate: certificate.string ?? "", key: key.string ?? ""),
            certificate.length + key.length)
    }

    /// `crypto.x509.parse_rsa_private_key(text)`
    public static func cryptoX509ParseRsaPrivateKey(
        _ context: Context, _ text: Value
    ) throws(RegoError) -> Value {
        let name: StaticString = "crypto.x509.parse_rsa_private_key"
        guard text.isString else { return try context.refuse(name, [text], ["string"]) }
        return try ask(context, name, .rsaKey(text.string ?? ""), text.length)
    }

    /// `crypto.parse_private_keys(text)`
    public static func cryptoParsePrivateKeys(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        let name: StaticString = "crypto.parse_private_keys"
        guard text.isString else { return try context.refuse(name, [text], ["string"]) }
        return try ask(context, name, .privateKeys(text.string ?? ""), text.length)
    }

    private static func ask(
        _ context: Context, _ name: StaticString, _ question: CertificateQuestion, _ size: Int
    ) throws(RegoError) -> Value {
        // Public keys cost the host more than bytes do.
        try context.tick(size * 8 + 1000)
        switch context.services.readCertificates?(question) {
        case .json(let text): return try JSONReader.parse(Array(text.utf8), context)
        case .failed(let reason): return try context.builtinError(name, reason)
        case nil: return try context.builtinError(name, "there is no reader of certificates here")
        }
    }
}
