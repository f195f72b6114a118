/// A 16-byte identifier in RFC 4122 byte order (bytes as printed), as SEV-SNP certificate tables hold it.
public struct GUID: Hashable, Sendable {
    /// Exactly 16 bytes.
    public let bytes: [UInt8]

    /// - Parameter bytes: 16 bytes in printed order.
    public init(bytes: [UInt8]) throws(AttestationFormatError) {
        guard bytes.count == 16 else {
            throw .wrongLength(what: "GUID", expected: 16, found: bytes.count)
        }
        self.bytes = bytes
    }

    package init(_ high: UInt64, _ low: UInt64) {
        var bytes: [UInt8] = []
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: high >> shift))
        }
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: low >> shift))
        }
        self.bytes = bytes
    }

    /// Ends a certificate table.
    package static let zero = GUID(0, 0)
    /// The chip's own endorsement key. GHCB specification 4.1.8.1.
    public static let vcek = GUID(0x63da_758d_e664_4564, 0xadc5_f4b9_3be8_accd)
    /// The cloud provider's endorsement key.
    public static let vlek = GUID(0xa807_4bc2_a25a_483e, 0xaae6_39c0_45a0_b8a1)
    /// The intermediate: ASK, or ASVK for a VLEK.
    public static let ask = GUID(0x4ab7_b379_bbac_4fe4, 0xa02f_05ae_f327_c782)
    /// AMD's root key.
    public static let ark = GUID(0xc0b4_06a4_a803_4952, 0x9743_3fb6_014c_d0ae)
    /// The root's certificate revocation list.
    public static let crl = GUID(0x92f8_1bc3_5811_4d3d, 0x97ff_d19f_88dc_67ea)
}

extension GUID: CustomStringConvertible {
    /// Lower-case 8-4-4-4-12 text.
    public var description: String {
        var text = ""
        for (index, byte) in bytes.enumerated() {
            if index == 4 || index == 6 || index == 8 || index == 10 { text += "-" }
            text += Hexadecimal.encode([byte])
        }
        return text
    }
}
