internal import CCrypto

/// SHA-256, computed by libcrypto. FIPS 180-4.
package enum Digest {
    /// Bytes of a digest.
    package static let byteCount = 32

    /// The digest of some bytes.
    package static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: byteCount)
        coffer_sha256(bytes, bytes.count, &digest)
        return digest
    }

    /// Lower-case hexadecimal.
    package static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
