internal import CCrypto

/// SHA-256 by libcrypto.
///
/// A reference type inside: copies share the state, so keep one owner.
package struct SHA256 {
    private final class Context {
        let pointer = EVP_MD_CTX_new()
        deinit { EVP_MD_CTX_free(pointer) }
    }

    private let context = Context()

    package init() {
        precondition(
            EVP_DigestInit_ex(context.pointer, Algorithm.sha256, nil) == 1, "libcrypto has no SHA-256")
    }

    /// Starts again, for the next message.
    mutating func reset() {
        precondition(EVP_DigestInit_ex(context.pointer, nil, nil) == 1, "libcrypto cannot restart SHA-256")
    }

    /// Adds bytes of the message; not after `finish`.
    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        precondition(EVP_DigestUpdate(context.pointer, bytes.baseAddress, bytes.count) == 1, "SHA-256 update")
    }

    /// Adds bytes of the message; not after `finish`.
    package mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { update($0) }
    }

    /// The digest; only `reset` may follow.
    package mutating func finish() -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        finish(into: &digest)
        return digest
    }

    /// Writes the 32 bytes of the digest to the front of `digest`.
    mutating func finish(into digest: UnsafeMutablePointer<UInt8>) {
        precondition(EVP_DigestFinal_ex(context.pointer, digest, nil) == 1, "SHA-256 final")
    }

    /// The digest of some bytes.
    package static func hash(_ bytes: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        hash.update(bytes)
        return hash.finish()
    }

    private enum Algorithm {
        // Fetched once: looking an algorithm up costs more than hashing a block.
        nonisolated(unsafe) static let sha256 = EVP_MD_fetch(nil, "SHA256", nil)
    }
}

extension [UInt8] {
    /// Lower-case hexadecimal.
    package var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(count * 2)
        for byte in self {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
