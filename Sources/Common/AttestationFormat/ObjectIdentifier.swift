/// An ASN.1 object identifier, kept as its DER contents.
package struct ObjectIdentifier: Hashable, Sendable {
    /// The encoded arcs.
    package let contents: [UInt8]

    package init(contents: [UInt8]) { self.contents = contents }

    /// From arcs, at least two.
    package init(_ arcs: [UInt32]) {
        var contents: [UInt8] = []
        if arcs.count >= 2 { contents.append(contentsOf: ObjectIdentifier.base128(arcs[0] * 40 + arcs[1])) }
        for arc in arcs.dropFirst(2) { contents.append(contentsOf: ObjectIdentifier.base128(arc)) }
        self.contents = contents
    }

    private static func base128(_ arc: UInt32) -> [UInt8] {
        var digits = [UInt8(arc & 0x7F)]
        var rest = arc >> 7
        while rest > 0 {
            digits.insert(0x80 | UInt8(rest & 0x7F), at: 0)
            rest >>= 7
        }
        return digits
    }

    /// Attribute type of names. RFC 5280 4.1.2.4.
    package static let commonName = ObjectIdentifier([2, 5, 4, 3])
    /// Extension. RFC 5280 4.2.1.3.
    package static let keyUsage = ObjectIdentifier([2, 5, 29, 15])
    /// Extension: whether the subject may issue certificates. RFC 5280 4.2.1.9.
    package static let basicConstraints = ObjectIdentifier([2, 5, 29, 19])
    /// Extension of revocation lists. RFC 5280 5.2.3.
    package static let crlNumber = ObjectIdentifier([2, 5, 29, 20])
    /// Mask generation of RSASSA-PSS. RFC 4055.
    package static let mgf1 = ObjectIdentifier([1, 2, 840, 113_549, 1, 1, 8])
    /// RSASSA-PSS. RFC 4055.
    package static let rsaPSS = ObjectIdentifier([1, 2, 840, 113_549, 1, 1, 10])
    /// Hash algorithm. RFC 4055.
    package static let sha384 = ObjectIdentifier([2, 16, 840, 1, 101, 3, 4, 2, 2])
    /// Key algorithm, with the curve as parameter. RFC 5480.
    package static let ellipticCurveKey = ObjectIdentifier([1, 2, 840, 10045, 2, 1])
    /// secp384r1. RFC 5480.
    package static let curveP384 = ObjectIdentifier([1, 3, 132, 0, 34])

    /// AMD's arc for endorsement certificates, 1.3.6.1.4.1.3704.1.
    package static func amd(_ tail: UInt32...) -> ObjectIdentifier {
        ObjectIdentifier([1, 3, 6, 1, 4, 1, 3704, 1] + tail)
    }
}

extension ObjectIdentifier: CustomStringConvertible {
    /// Dotted decimal; "?" for arcs that are cut off or do not fit.
    package var description: String {
        var arcs: [UInt64] = []
        var arc: UInt64 = 0
        for byte in contents {
            guard arc < 1 << 50 else { return "?" }
            arc = arc << 7 | UInt64(byte & 0x7F)
            guard byte < 0x80 else { continue }
            if arcs.isEmpty {
                let first = min(arc / 40, 2)
                arcs = [first, arc - first * 40]
            } else {
                arcs.append(arc)
            }
            arc = 0
        }
        guard let last = contents.last, last < 0x80 else { return "?" }
        var text = ""
        for (index, arc) in arcs.enumerated() { text += index == 0 ? "\(arc)" : ".\(arc)" }
        return text
    }
}
