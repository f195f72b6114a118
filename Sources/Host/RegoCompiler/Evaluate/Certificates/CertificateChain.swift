internal import CCrypto
internal import Foundation

/// What a caller wants of a chain besides its signatures.
struct ChainOptions {
    private(set) var name = ""
    private(set) var seconds: Int?
    /// Purposes by Go's numbers; a chain must allow one of them.
    private(set) var purposes: Set<Int> = [1]

    private static let purposeNames = [
        "KeyUsageAny", "KeyUsageServerAuth", "KeyUsageClientAuth", "KeyUsageCodeSigning",
        "KeyUsageEmailProtection", "KeyUsageIPSECEndSystem", "KeyUsageIPSECTunnel", "KeyUsageIPSECUser",
        "KeyUsageTimeStamping", "KeyUsageOCSPSigning",
    ]

    /// From a JSON object; `nil` when a member is unknown or of a wrong kind.
    init?(_ json: String) {
        let parsed: Any
        do { parsed = try JSONSerialization.jsonObject(with: Data(json.utf8)) } catch { return nil }
        guard let members = parsed as? [String: Any] else { return nil }
        for (key, value) in members {
            switch key {
            case "DNSName":
                guard let text = value as? String else { return nil }
                name = text
            case "CurrentTime":
                guard let nanoseconds = value as? NSNumber else { return nil }
                seconds = nanoseconds.intValue / 1_000_000_000
            case "MaxConstraintComparisons":
                guard value is NSNumber else { return nil }
            case "KeyUsages":
                guard let names = value as? [String] else { return nil }
                let numbers = names.compactMap { Self.purposeNames.firstIndex(of: $0) }
                guard numbers.count == names.count else { return nil }
                if !numbers.isEmpty { purposes = Set(numbers) }
            default: return nil
            }
        }
    }
}

/// Certificates from the one that is trusted to the one that is in question.
struct CertificateChain {
    private let certificates: [[UInt8]]

    init(_ certificates: [[UInt8]]) { self.certificates = certificates }

    /// The certificates in the other direction.
    var fromLeaf: [[UInt8]] { certificates.reversed() }

    /// Whether the last one is signed, by way of those between, by the first, and all is as the options want it.
    func isValid(_ options: ChainOptions) -> Bool {
        guard certificates.count >= 2, allows(options.purposes) else { return false }
        let parsed = certificates.map { Self.parse($0) }
        defer {
            for certificate in parsed { X509_free(certificate) }
            ERR_clear_error()
        }
        guard parsed.allSatisfy({ $0 != nil }), let root = parsed.first, let leaf = parsed.last else {
            return false
        }
        if !options.name.isEmpty, X509_check_host(leaf, options.name, options.name.utf8.count, 0, nil) != 1 {
            return false
        }
        let store = X509_STORE_new()
        let between = OPENSSL_sk_new_null()
        let context = X509_STORE_CTX_new()
        defer {
            X509_STORE_CTX_free(context)
            OPENSSL_sk_free(between)
            X509_STORE_free(store)
        }
        guard X509_STORE_add_cert(store, root) == 1 else { return false }
        for certificate in parsed.dropFirst().dropLast() {
            OPENSSL_sk_push(between, certificate.map { UnsafeRawPointer($0) })
        }
        guard X509_STORE_CTX_init(context, store, leaf, between) == 1 else { return false }
        let parameters = X509_STORE_CTX_get0_param(context)
        X509_VERIFY_PARAM_set_flags(parameters, UInt(X509_V_FLAG_PARTIAL_CHAIN))
        if let seconds = options.seconds { X509_VERIFY_PARAM_set_time(parameters, seconds) }
        return X509_verify_cert(context) == 1
    }

    private static func parse(_ bytes: [UInt8]) -> OpaquePointer? {
        bytes.withUnsafeBufferPointer { buffer in
            var cursor = buffer.baseAddress
            return d2i_X509(nil, &cursor, buffer.count)
        }
    }

    /// Every certificate that names purposes must allow one of those wanted.
    private func allows(_ wanted: Set<Int>) -> Bool {
        if wanted.contains(0) { return true }
        return certificates.allSatisfy { bytes in
            guard let purposes = CertificateJSON.purposes(bytes[...]) else { return true }
            return purposes.contains(0) || !wanted.isDisjoint(with: purposes)
        }
    }
}
