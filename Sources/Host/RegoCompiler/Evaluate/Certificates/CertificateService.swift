internal import CCrypto
package import RegoRuntime

/// Answers what built-ins ask about certificates and private keys. libcrypto decides what is well formed and whom a
/// chain leads to.
package enum CertificateService {
    private struct Failure: Error {
        var reason: String
    }

    /// Puts it into a context.
    static func install(in context: Context) { context.services.readCertificates = { answer($0) } }

    /// Answers one question; what is malformed is an answer too, `failed` with the reason.
    package static func answer(_ question: CertificateQuestion) -> CertificateAnswer {
        do throws(Failure) {
            switch question {
            case .certificates(let text):
                return .json(try list(try certificates(text)))
            case .chain(let text, let options):
                guard let wanted = ChainOptions(options) else {
                    return .failed("an option is unknown or has a value of a wrong kind")
                }
                let chain = CertificateChain(try certificates(text))
                guard chain.isValid(wanted) else { return .json("[false,[]]") }
                return .json("[true,\(try list(chain.fromLeaf))]")
            case .request(let text): return .json(try request(text))
            case .keyPair(let certificate, let key): return .json(try keyPair(certificate, key))
            case .rsaKey(let text): return .json(try rsaKey(text))
            case .privateKeys(let text): return .json(try privateKeys(text))
            }
        } catch {
            return .failed(error.reason)
        }
    }

    // MARK: Texts

    private static let begin = "-----BEGIN "

    /// PEM as it is, or what Base64 hides: PEM again, or DER.
    private static func content(_ text: String) throws(Failure) -> (pem: String?, der: [UInt8]) {
        if text.hasPrefix(begin) { return (text, []) }
        let (bytes, bad) = Base64.decode(Array(text.utf8), url: false, padded: true)
        if let bad { throw Failure(reason: "illegal base64 data at input byte \(bad)") }
        if bytes.starts(with: begin.utf8) { return (String(decoding: bytes, as: UTF8.self), []) }
        return (nil, bytes)
    }

    private static func blocks(_ text: String) -> [PEMBlock] {
        var found: [PEMBlock] = []
        var rest = text
        while let block = PEMBlock(rest) {
            found.append(block)
            rest = String(block.rest)
        }
        return found
    }

    private static func certificates(_ text: String) throws(Failure) -> [[UInt8]] {
        let (pem, der) = try content(text)
        if let pem { return blocks(pem).filter { $0.label == "CERTIFICATE" }.map(\.bytes) }
        var reader = DERReader(der[...])
        var found: [[UInt8]] = []
        while let element = reader.next(0x30) { found.append(Array(element.whole)) }
        guard reader.isAtEnd else { throw Failure(reason: "x509: malformed certificate") }
        return found
    }

    private static func list(_ certificates: [[UInt8]]) throws(Failure) -> String {
        var texts: [String] = []
        for certificate in certificates { texts.append(try json(certificate)) }
        return JSONText.array(texts)
    }

    private static func json(_ certificate: [UInt8]) throws(Failure) -> String {
        guard KeyHandle(certificate: certificate) != nil,
            let text = CertificateJSON.certificate(certificate[...])
        else { throw Failure(reason: "x509: malformed certificate") }
        return text
    }

    private static func request(_ text: String) throws(Failure) -> String {
        let (pem, der) = try content(text)
        let bytes = pem.map { blocks($0).first?.bytes ?? [] } ?? der
        let isRequest = bytes.withUnsafeBufferPointer { buffer in
            var cursor = buffer.baseAddress
            let found = d2i_X509_REQ(nil, &cursor, buffer.count)
            defer { X509_REQ_free(found) }
            return found != nil
        }
        ERR_clear_error()
        guard isRequest, let json = CertificateJSON.request(bytes[...]) else {
            throw Failure(reason: "asn1: structure error: the data is no certificate request")
        }
        return json
    }

    // MARK: Keys

    private static func rsaKey(_ text: String) throws(Failure) -> String {
        let (pem, der) = try content(text)
        let bytes = pem.map { blocks($0).first?.bytes ?? [] } ?? der
        guard KeyHandle(privateKey: bytes) != nil, let key = PrivateKeyParts(bytes), let json = key.jsonWebKey
        else { throw Failure(reason: "failed to parse a PEM or DER private key") }
        return json
    }

    private static func privateKeys(_ text: String) throws(Failure) -> String {
        if text.isEmpty { return "null" }
        let (pem, der) = try content(text)
        let found = pem.map { blocks($0).filter { $0.label.hasSuffix("PRIVATE KEY") }.map(\.bytes) } ?? [der]
        let keys = found.compactMap { bytes -> String? in
            guard KeyHandle(privateKey: bytes) != nil else { return nil }
            return PrivateKeyParts(bytes)?.json
        }
        if pem != nil, keys.count < found.count { throw Failure(reason: "failed to parse a private key") }
        return JSONText.array(keys)
    }

    private static func keyPair(_ certificate: String, _ key: String) throws(Failure) -> String {
        let found = try certificates(certificate)
        let (pem, der) = try content(key)
        let bytes = pem.map { blocks($0).first { $0.label.hasSuffix("PRIVATE KEY") }?.bytes ?? [] } ?? der
        guard let first = found.first, let own = KeyHandle(certificate: first) else {
            throw Failure(reason: "failed to find any certificate data")
        }
        guard let handle = KeyHandle(privateKey: bytes), let parts = PrivateKeyParts(bytes) else {
            throw Failure(reason: "failed to parse private key")
        }
        guard EVP_PKEY_eq(own.pointer, handle.pointer) == 1 else {
            throw Failure(reason: "private key does not match public key")
        }
        return JSONText.object([
            ("Certificate", JSONText.array(found.map { JSONText.bytes($0) })), ("PrivateKey", parts.json),
            ("SupportedSignatureAlgorithms", "null"), ("OCSPStaple", "null"),
            ("SignedCertificateTimestamps", "null"), ("Leaf", try json(first)),
        ])
    }
}
