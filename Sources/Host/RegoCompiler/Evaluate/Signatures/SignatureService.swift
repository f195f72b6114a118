internal import CCrypto
internal import RegoRuntime

/// Signatures of JSON Web Tokens by libcrypto.
enum SignatureService {
    /// Puts it into a context.
    static func install(in context: Context) {
        context.services.verifySignature = { algorithm, key, keyID, message, signature in
            do throws(KeyText.Failure) {
                let keys = try KeyText.publicKeys(key, id: keyID)
                let isValid = keys.contains { verify(algorithm, $0, message, signature) }
                return isValid ? .valid : .invalid
            } catch {
                return .failed(error.reason)
            }
        }
        context.services.sign = { algorithm, key, message in
            guard let found = JSONWebKey.keys(key)?.first, let bytes = found.privateKey,
                let handle = KeyHandle(privateKey: bytes)
            else { return .failed("failed to parse a JWK key") }
            guard let signature = sign(algorithm, handle, message) else {
                return .failed("the key cannot make signatures by \(algorithm)")
            }
            return .signature(signature)
        }
    }

    private static func digest(_ algorithm: String) -> OpaquePointer? {
        switch algorithm.suffix(3) {
        case "256": EVP_sha256()
        case "384": EVP_sha384()
        case "512": EVP_sha512()
        default: nil
        }
    }

    private static func kind(_ algorithm: String) -> Int32 {
        switch algorithm.prefix(2) {
        case "RS", "PS": EVP_PKEY_RSA
        case "ES": EVP_PKEY_EC
        default: EVP_PKEY_ED25519
        }
    }

    /// Bytes of one coordinate of an ECDSA signature (RFC 7518, 3.4).
    private static func coordinate(_ algorithm: String) -> Int {
        switch algorithm {
        case "ES256": 32
        case "ES384": 48
        default: 66
        }
    }

    private static func configure(_ algorithm: String, _ context: OpaquePointer?) -> Bool {
        guard algorithm.hasPrefix("PS") else { return true }
        return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1
            && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1
    }

    private static func verify(
        _ algorithm: String, _ key: KeyHandle, _ message: [UInt8], _ signature: [UInt8]
    ) -> Bool {
        guard EVP_PKEY_get_base_id(key.pointer) == kind(algorithm) else { return false }
        var written = signature
        if algorithm.hasPrefix("ES") {
            let size = coordinate(algorithm)
            guard signature.count == 2 * size, EVP_PKEY_get_bits(key.pointer) > Int32(8 * (size - 1)),
                EVP_PKEY_get_bits(key.pointer) <= Int32(8 * size)
            else { return false }
            written = DERWriter.sequence(
                DERWriter.integer(Array(signature.prefix(size))),
                DERWriter.integer(Array(signature.suffix(size))))
        }
        let context = EVP_MD_CTX_new()
        defer {
            EVP_MD_CTX_free(context)
            ERR_clear_error()
        }
        var keyContext: OpaquePointer?
        guard EVP_DigestVerifyInit(context, &keyContext, digest(algorithm), nil, key.pointer) == 1,
            configure(algorithm, keyContext)
        else { return false }
        return EVP_DigestVerify(context, written, written.count, message, message.count) == 1
    }

    private static func sign(_ algorithm: String, _ key: KeyHandle, _ message: [UInt8]) -> [UInt8]? {
        guard EVP_PKEY_get_base_id(key.pointer) == kind(algorithm) else { return nil }
        let context = EVP_MD_CTX_new()
        defer {
            EVP_MD_CTX_free(context)
            ERR_clear_error()
        }
        var keyContext: OpaquePointer?
        var size = 0
        guard EVP_DigestSignInit(context, &keyContext, digest(algorithm), nil, key.pointer) == 1,
            configure(algorithm, keyContext),
            EVP_DigestSign(context, nil, &size, message, message.count) == 1
        else { return nil }
        var signature = [UInt8](repeating: 0, count: size)
        guard EVP_DigestSign(context, &signature, &size, message, message.count) == 1 else { return nil }
        signature.removeLast(signature.count - size)
        return algorithm.hasPrefix("ES") ? coordinates(signature, coordinate(algorithm)) : signature
    }

    /// The two numbers of a DER signature, each of that many bytes.
    private static func coordinates(_ signature: [UInt8], _ size: Int) -> [UInt8]? {
        var position = 2 + (signature.count > 1 && signature[1] > 0x80 ? 1 : 0)
        var out: [UInt8] = []
        for _ in 0..<2 {
            guard position + 1 < signature.count, signature[position] == 2 else { return nil }
            let end = position + 2 + Int(signature[position + 1])
            guard end <= signature.count else { return nil }
            let number = signature[(position + 2)..<end].drop { $0 == 0 }
            guard number.count <= size else { return nil }
            out += [UInt8](repeating: 0, count: size - number.count) + number
            position = end
        }
        return out
    }
}

/// A key of libcrypto's.
final class KeyHandle {
    let pointer: OpaquePointer

    /// From SubjectPublicKeyInfo; `nil` when it is none.
    init?(publicKey bytes: [UInt8]) {
        let found = bytes.withUnsafeBufferPointer { buffer in
            var cursor = buffer.baseAddress
            return d2i_PUBKEY(nil, &cursor, buffer.count)
        }
        ERR_clear_error()
        guard let found else { return nil }
        pointer = found
    }

    /// From PKCS #1, SEC 1 or PKCS #8; `nil` when it is none.
    init?(privateKey bytes: [UInt8]) {
        let found = bytes.withUnsafeBufferPointer { buffer in
            var cursor = buffer.baseAddress
            return d2i_AutoPrivateKey(nil, &cursor, buffer.count)
        }
        ERR_clear_error()
        guard let found else { return nil }
        pointer = found
    }

    /// From a certificate in DER; `nil` when it is none.
    init?(certificate bytes: [UInt8]) {
        let found = bytes.withUnsafeBufferPointer { buffer in
            var cursor = buffer.baseAddress
            let certificate = d2i_X509(nil, &cursor, buffer.count)
            defer { X509_free(certificate) }
            return certificate.flatMap { X509_get_pubkey($0) }
        }
        ERR_clear_error()
        guard let found else { return nil }
        pointer = found
    }

    deinit { EVP_PKEY_free(pointer) }
}
