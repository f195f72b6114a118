internal import CCryptsetup
internal import CLinux
internal import Linux

/// A libcryptsetup context and its last error message; freed with its owner, and with it every copy of a key that
/// the library keeps (it wipes them).
struct CryptContext: ~Copyable {
    let pointer: OpaquePointer
    private let message: UnsafeMutablePointer<CChar>

    private static let messageSize = 256

    /// Starts working on a device or on a file that holds the header. The corresponding C function is `crypt_init`.
    init(path: String) throws(Errno) {
        var created: OpaquePointer?
        let result = crypt_init(&created, path)
        guard result >= 0, let created else { throw Errno(result < 0 ? -result : ENOMEM) }
        pointer = created
        message = UnsafeMutablePointer<CChar>.allocate(capacity: Self.messageSize)
        message.initialize(repeating: 0, count: Self.messageSize)
        // Without a callback the library prints to standard output.
        crypt_set_log_callback(
            created,
            { level, text, storage in
                guard level == CRYPT_LOG_ERROR, let text, let storage else { return }
                strncpy(storage.assumingMemoryBound(to: CChar.self), text, 255)
            }, message)
    }

    deinit {
        crypt_free(pointer)
        message.deallocate()
    }

    /// Turns the library's result into a fault with its message.
    func check(_ result: Int32) throws(CryptFault) {
        if result >= 0 { return }
        var text = String(cString: message)
        while text.utf8.last == UInt8(ascii: "\n") || text.utf8.last == UInt8(ascii: ".") {
            text = String(decoding: Array(text.utf8.dropLast()), as: UTF8.self)
        }
        throw CryptFault(Errno(-result), message: text)
    }

    /// The node of a mapping.
    static func node(_ name: String) -> String { "/dev/mapper/" + name }

    /// Takes a mapping away. The corresponding C function is `crypt_deactivate`.
    static func close(_ name: String) throws(Errno) {
        let result = crypt_deactivate(nil, name)
        if result < 0 { throw Errno(-result) }
    }
}
