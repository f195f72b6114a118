internal import AttestationFormat
internal import CCrypto

/// A public key of libcrypto, for the two signature algorithms of SEV-SNP chains.
package final class PublicKey {
    private let key: OpaquePointer

    /// Reads a SubjectPublicKeyInfo, DER; nil when libcrypto cannot.
    package init?(subjectPublicKeyInfo bytes: [UInt8]) {
        let key = bytes.withUnsafeBufferPointer { buffer -> OpaquePointer? in
            var cursor = buffer.baseAddress
            let key = d2i_PUBKEY(nil, &cursor, buffer.count)
            // Bytes after the key would be bound by nothing that reads the key.
            guard let key, cursor == buffer.baseAddress.map({ $0 + buffer.count }) else {
                EVP_PKEY_free(key)
                return nil
            }
            return key
        }
        ERR_clear_error()
        guard let key else { return nil }
        self.key = key
    }

    deinit { EVP_PKEY_free(key) }

    /// Bits of the key: the modulus of an RSA key, the order of a curve.
    package var bits: Int { Int(EVP_PKEY_get_bits(key)) }

    /// True when `signature` is RSASSA-PSS with SHA-384, MGF1 of SHA-384 and salt 48 over `message`.
    package func verifiesPSS(_ signature: [UInt8], over message: [UInt8]) -> Bool {
        guard EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA else { return false }
        return verify(signature, over: message) { context in
            EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1
                && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, 48) == 1
                && EVP_PKEY_CTX_set_rsa_mgf1_md(context, EVP_sha384()) == 1
        }
    }

    /// True when r, s (big-endian) are an ECDSA signature with SHA-384 over `message`.
    package func verifiesECDSA(r: [UInt8], s: [UInt8], over message: [UInt8]) -> Bool {
        guard EVP_PKEY_get_base_id(key) == EVP_PKEY_EC else { return false }
        let signature = DERWriter.sequence([DERWriter.integer(r), DERWriter.integer(s)])
        return verify(signature, over: message) { _ in true }
    }

    private func verify(
        _ signature: [UInt8], over message: [UInt8], configure: (OpaquePointer?) -> Bool
    ) -> Bool {
        let context = EVP_MD_CTX_new()
        defer {
            EVP_MD_CTX_free(context)
            ERR_clear_error()
        }
        var keyContext: OpaquePointer?
        guard EVP_DigestVerifyInit(context, &keyContext, EVP_sha384(), nil, key) == 1, configure(keyContext)
        else { return false }
        return EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }
}
