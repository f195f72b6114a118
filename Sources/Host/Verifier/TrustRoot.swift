package import AttestationFormat

/// The roots that verdicts rest on: AMD's, known by the SHA-256 of their certificates.
package enum TrustRoot {
    /// SHA-256 of ARK certificates (DER), by family. AMD publishes them at its key distribution service.
    package static let amd: [ChipFamily: [UInt8]] = [
        .milan: pin("69d063b45344d26a2e94e1f4210de49ef555308287d4c174445c95639a540bcd"),
        .genoa: pin("4c6598d19c18719c5dfd4a7d335f674e5bfe1d8f800cea2cf270c10d103db2f1"),
        .turin: pin("1f084161a44bb6d93778a904877d4819cafa5d05ef4193b2ded9dd9c73dd3f6a"),
    ]

    /// Intermediates that AMD has revoked: family of the root, serial number. Refused even without a revocation list
    /// at hand. (Genoa's list number 2, October 2022.)
    package static let knownRevoked: [(family: ChipFamily, serial: [UInt8])] = [
        (.genoa, [0x02, 0x00, 0x01])
    ]

    private static func pin(_ text: String) -> [UInt8] { Hexadecimal.decode(text) ?? [] }
}
