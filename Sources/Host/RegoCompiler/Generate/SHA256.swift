internal import CCrypto

/// SHA-256 by libcrypto, for digests of policies and plugins.
public enum SHA256 {
    /// The digest as 64 lower-case digits.
    public static func hexadecimal(_ bytes: [UInt8]) -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        coffer_sha256(bytes, bytes.count, &digest)
        return digest.map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }.joined()
    }
}
