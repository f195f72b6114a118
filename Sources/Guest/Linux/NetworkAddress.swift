internal import CLinux

/// An IPv4 or IPv6 address.
package struct NetworkAddress: Equatable {
    /// 4 or 16 bytes, most significant first.
    package let bytes: [UInt8]

    /// An IPv4 address in IPv6 form counts as IPv6.
    package var isVersion6: Bool { bytes.count == 16 }

    /// `AF_INET` or `AF_INET6`.
    package var family: UInt8 { UInt8(truncatingIfNeeded: isVersion6 ? AF_INET6 : AF_INET) }

    /// The address of 4 or 16 bytes; nil for another number.
    package init?(bytes: [UInt8]) {
        if bytes.count != 4 && bytes.count != 16 { return nil }
        self.bytes = bytes
    }

    /// Reads the text form. The corresponding C function is `inet_pton`.
    package init(_ text: String) throws(NetlinkError) {
        // inet_pton stops at a NUL byte, which would accept trailing garbage.
        if text.utf8.contains(0) { throw .address(text) }
        var buffer = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &buffer) == 1 {
            bytes = Array(buffer[0..<4])
        } else if inet_pton(AF_INET6, text, &buffer) == 1 {
            bytes = buffer
        } else {
            throw .address(text)
        }
    }
}

extension NetworkAddress: CustomStringConvertible {
    package var description: String {
        var text = [CChar](repeating: 0, count: 64)
        var address = bytes
        guard inet_ntop(Int32(family), &address, &text, 64) != nil else { return "?" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
