/// A file name or path as Linux sees it: bytes. Swift's strings compare by canonical equivalence, which would make one
/// name of two; and names need not be UTF-8.
package struct ByteName: Hashable, Comparable, Sendable {
    /// The bytes, without a terminating zero.
    package var bytes: [UInt8]

    package init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }
    package init(_ text: String) { bytes = Array(text.utf8) }

    /// Byte order, the order that EROFS directories are searched in.
    package static func < (left: ByteName, right: ByteName) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }

    /// Compares bytes.
    package func hasPrefix(_ prefix: String) -> Bool { bytes.starts(with: prefix.utf8) }
    /// Compares bytes.
    package func hasSuffix(_ suffix: String) -> Bool { bytes.reversed().starts(with: suffix.utf8.reversed()) }
    /// Without its first `count` bytes.
    package func dropFirst(_ count: Int) -> ByteName { ByteName(bytes.dropFirst(count)) }
}

extension ByteName: CustomStringConvertible {
    /// For messages: control characters and bytes that are not UTF-8 are escaped, so that a name cannot play with a
    /// terminal.
    package var description: String {
        var text = ""
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar == "\\" {
                text += scalar == "\\" ? "\\\\" : "\\u{" + String(scalar.value, radix: 16) + "}"
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}

extension ByteName: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { self.init(value) }
}
