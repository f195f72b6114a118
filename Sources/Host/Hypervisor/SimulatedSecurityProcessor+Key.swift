#if SimulatedPSP
    internal import AttestationFormat
    internal import CCrypto

    /// A private key of the throw-away chain, kept as its DER encoding.
    struct SimulatedKey: Sendable {
        /// The key as i2d_PrivateKey writes it.
        let encoding: [UInt8]

        /// A new RSA key of 4096 bits; takes seconds.
        static func makeRSA() throws(SimulatedSecurityProcessorError) -> SimulatedKey {
            try generate("RSA") { EVP_PKEY_CTX_set_rsa_keygen_bits($0, 4096) == 1 }
        }

        /// A new key on P-384.
        static func makeP384() throws(SimulatedSecurityProcessorError) -> SimulatedKey {
            try generate("EC") { EVP_PKEY_CTX_set_group_name($0, "P-384") == 1 }
        }

        /// Bytes of the kernel's generator.
        static func random(_ count: Int) -> [UInt8] {
            var generator = SystemRandomNumberGenerator()
            return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        }

        private static func generate(
            _ algorithm: String, configure: (OpaquePointer) -> Bool
        ) throws(SimulatedSecurityProcessorError) -> SimulatedKey {
            guard let context = EVP_PKEY_CTX_new_from_name(nil, algorithm, nil) else {
                throw .cryptography("EVP_PKEY_CTX_new_from_name")
            }
            defer { EVP_PKEY_CTX_free(context) }
            var key: OpaquePointer?
            guard EVP_PKEY_keygen_init(context) == 1, configure(context),
                EVP_PKEY_generate(context, &key) == 1
            else { throw .cryptography("EVP_PKEY_generate") }
            defer { EVP_PKEY_free(key) }
            return SimulatedKey(encoding: try serialized { i2d_PrivateKey(key, $0) })
        }

        /// Calls an i2d function twice: for the size, and for the bytes.
        private static func serialized(
            _ write: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32
        ) throws(SimulatedSecurityProcessorError) -> [UInt8] {
            let count = Int(write(nil))
            guard count > 0 else { throw .cryptography("i2d") }
            var bytes = [UInt8](repeating: 0, count: count)
            let written = bytes.withUnsafeMutableBufferPointer { buffer -> Int32 in
                var cursor = buffer.baseAddress
                return write(&cursor)
            }
            guard Int(written) == count else { throw .cryptography("i2d") }
            return bytes
        }

        private func withKey<Result>(
            _ body: (OpaquePointer) throws(SimulatedSecurityProcessorError) -> Result
        ) throws(SimulatedSecurityProcessorError) -> Result {
            let key = encoding.withUnsafeBufferPointer { buffer -> OpaquePointer? in
                var cursor = buffer.baseAddress
                return d2i_AutoPrivateKey(nil, &cursor, buffer.count)
            }
            guard let key else { throw .cryptography("d2i_AutoPrivateKey") }
            defer { EVP_PKEY_free(key) }
            return try body(key)
        }

        /// SubjectPublicKeyInfo, DER.
        func publicKey() throws(SimulatedSecurityProcessorError) -> [UInt8] {
            try withKey { key throws(SimulatedSecurityProcessorError) in
                try SimulatedKey.serialized { i2d_PUBKEY(key, $0) }
            }
        }

        /// RSASSA-PSS, SHA-384, MGF1 of SHA-384, salt 48.
        func signPSS(_ message: [UInt8]) throws(SimulatedSecurityProcessorError) -> [UInt8] {
            try sign(message) { context in
                EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1
                    && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, 48) == 1
                    && EVP_PKEY_CTX_set_rsa_mgf1_md(context, EVP_sha384()) == 1
            }
        }

        /// ECDSA with SHA-384: r and s, big-endian.
        func signECDSA(
            _ message: [UInt8]
        ) throws(SimulatedSecurityProcessorError) -> (r: [UInt8], s: [UInt8]) {
            let signature = try sign(message) { _ in true }
            do throws(AttestationFormatError) {
                var outer = DERReader(signature[...], of: "ECDSA signature")
                var fields = try outer.nested(DER.sequence)
                let r = [UInt8](try fields.value(DER.integer).contents.drop { $0 == 0 })
                let s = [UInt8](try fields.value(DER.integer).contents.drop { $0 == 0 })
                return (r, s)
            } catch {
                throw .cryptography("ECDSA signature: \(error)")
            }
        }

        private func sign(
            _ message: [UInt8], configure: (OpaquePointer?) -> Bool
        ) throws(SimulatedSecurityProcessorError) -> [UInt8] {
            try withKey { key throws(SimulatedSecurityProcessorError) in
                let context = EVP_MD_CTX_new()
                defer { EVP_MD_CTX_free(context) }
                var keyContext: OpaquePointer?
                guard EVP_DigestSignInit(context, &keyContext, EVP_sha384(), nil, key) == 1,
                    configure(keyContext)
                else { throw .cryptography("EVP_DigestSignInit") }
                var count = 0
                guard EVP_DigestSign(context, nil, &count, message, message.count) == 1 else {
                    throw .cryptography("EVP_DigestSign")
                }
                var signature = [UInt8](repeating: 0, count: count)
                guard EVP_DigestSign(context, &signature, &count, message, message.count) == 1 else {
                    throw .cryptography("EVP_DigestSign")
                }
                return [UInt8](signature.prefix(count))
            }
        }
    }
#endif
