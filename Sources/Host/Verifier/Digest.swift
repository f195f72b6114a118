internal import CCrypto

/// Hash functions of libcrypto.
package enum Digest {
    /// 32 bytes. SHA256(3).
    package static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        SHA256(bytes, bytes.count, &digest)
        return digest
    }

    /// 48 bytes. SHA384(3).
    package static func sha384(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 48)
        SHA384(bytes, bytes.count, &digest)
        return digest
    }

    /// 64 bytes. SHA512(3).
    package static func sha512(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 64)
        SHA512(bytes, bytes.count, &digest)
        return digest
    }
}
