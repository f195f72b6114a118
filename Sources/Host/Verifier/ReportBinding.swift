/// How a report is bound to a key and to a moment.
package enum ReportBinding {
    /// Bytes of nonces.
    package static let nonceSizes = 16...64

    /// REPORT_DATA for a key and a relying party's nonce: SHA-512(nonce || SubjectPublicKeyInfo in DER).
    ///
    /// The nonce is the relying party's own, so its length is known to it and the concatenation is unambiguous.
    package static func reportData(nonce: [UInt8], subjectPublicKeyInfo: [UInt8]) -> [UInt8] {
        Digest.sha512(nonce + subjectPublicKeyInfo)
    }
}
