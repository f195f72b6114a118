/// The extensions of a certificate or request that have a meaning (RFC 5280, 4.2).
struct CertificateExtensions {
    private(set) var keyUsage = 0
    /// Purposes by Go's numbers; `nil` when the extension is missing.
    private(set) var purposes: [Int]?
    private(set) var names = AlternativeNames()
    private var all: [String] = []
    private var unknownPurposes: [String] = []
    private var isAuthority = false
    private var hasConstraints = false
    private var pathLength = -1
    private var subjectKey = ArraySlice<UInt8>()
    private var authorityKey = ArraySlice<UInt8>()

    /// The names of a subject besides its distinguished one.
    struct AlternativeNames {
        var domains: [String] = []
        var mails: [String] = []
        var locations: [String] = []
        var addresses: [[UInt8]] = []
    }

    init() {}

    init(_ list: DERReader) {
        var reader = list
        while var entry = reader.next(0x30)?.inner {
            guard let identifier = entry.next(0x06)?.identifier else { continue }
            let isCritical = entry.next(0x01).map { $0.content.first != 0 } ?? false
            guard let value = entry.next(0x04)?.content else { continue }
            all.append(
                JSONText.object([
                    ("Id", JSONText.array(identifier.map { "\($0)" })), ("Critical", "\(isCritical)"),
                    ("Value", JSONText.bytes(value)),
                ]))
            if identifier.count == 4, identifier.starts(with: [2, 5, 29]) { read(identifier[3], value) }
        }
    }

    private mutating func read(_ number: Int, _ value: ArraySlice<UInt8>) {
        let reader = DERReader(value)
        switch number {
        case 14: subjectKey = reader.first(0x04)?.content ?? []
        case 15: usage(reader)
        case 17: alternatives(reader)
        case 19:
            hasConstraints = true
            var inner = reader.first(0x30)?.inner
            isAuthority = inner?.next(0x01).map { $0.content.first != 0 } ?? false
            pathLength = inner?.next(0x02).map { Int($0.content.last ?? 0) } ?? -1
        case 35:
            var inner = reader.first(0x30)?.inner
            authorityKey = inner?.next(0x80)?.content ?? []
        case 37:
            var list = reader.first(0x30)?.inner
            var found: [Int] = []
            while let purpose = list?.next(0x06)?.identifier {
                if let known = Self.purpose(purpose) {
                    found.append(known)
                } else {
                    unknownPurposes.append(JSONText.array(purpose.map { "\($0)" }))
                }
            }
            purposes = found
        default: break
        }
    }

    /// The bits of KeyUsage: the first of the text is Go's lowest.
    private mutating func usage(_ reader: DERReader) {
        guard let bits = reader.first(0x03)?.content.dropFirst() else { return }
        for (offset, byte) in bits.prefix(2).enumerated() {
            for bit in 0..<8 where byte & (0x80 >> UInt8(bit)) != 0 { keyUsage |= 1 << (offset * 8 + bit) }
        }
    }

    private mutating func alternatives(_ reader: DERReader) {
        var list = reader.first(0x30)?.inner
        while let name = list?.next() {
            switch name.tag {
            case 0x81: names.mails.append(name.text)
            case 0x82: names.domains.append(name.text)
            case 0x86: names.locations.append(name.text)
            case 0x87: names.addresses.append(Array(name.content))
            default: break
            }
        }
    }

    /// Go's number of a purpose (RFC 5280, 4.2.1.12).
    private static func purpose(_ identifier: [Int]) -> Int? {
        if identifier == [2, 5, 29, 37, 0] { return 0 }
        guard identifier.count == 9, identifier.starts(with: [1, 3, 6, 1, 5, 5, 7, 3]),
            (1...9).contains(identifier[8])
        else { return nil }
        return identifier[8]
    }

    /// What certificates and requests have in common.
    var members: [(String, String)] {
        [
            ("Extensions", JSONText.list(all)), ("ExtraExtensions", "null"),
            ("DNSNames", JSONText.texts(names.domains)), ("EmailAddresses", JSONText.texts(names.mails)),
            ("IPAddresses", JSONText.texts(names.addresses.map { Self.address($0) })),
            ("URIs", JSONText.list(names.locations.map { Self.location($0) })),
            ("URIStrings", JSONText.texts(names.locations)),
        ]
    }

    var certificateMembers: [(String, String)] {
        [
            ("UnhandledCriticalExtensions", "null"),
            ("ExtKeyUsage", JSONText.list((purposes ?? []).map { "\($0)" })),
            ("UnknownExtKeyUsage", JSONText.list(unknownPurposes)),
            ("BasicConstraintsValid", "\(hasConstraints)"), ("IsCA", "\(isAuthority)"),
            ("MaxPathLen", "\(hasConstraints ? pathLength : 0)"), ("MaxPathLenZero", "\(pathLength == 0)"),
            ("SubjectKeyId", JSONText.bytes(subjectKey)), ("AuthorityKeyId", JSONText.bytes(authorityKey)),
        ]
    }

    private static func address(_ bytes: [UInt8]) -> String {
        if bytes.count == 4 { return bytes.map { "\($0)" }.joined(separator: ".") }
        let groups = stride(from: 0, to: bytes.count - 1, by: 2).map {
            String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16)
        }
        return groups.joined(separator: ":")
    }

    /// Go's url.URL, as far as names of services need it.
    private static func location(_ text: String) -> String {
        let scheme = text.split(separator: ":", maxSplits: 1)
        var rest = scheme.count == 2 ? scheme[1] : Substring(text)
        var host = Substring()
        if rest.hasPrefix("//") {
            rest = rest.dropFirst(2)
            host = rest.prefix { $0 != "/" }
            rest = rest.dropFirst(host.count)
        }
        return JSONText.object([
            ("Scheme", YAMLText.quoted(scheme.count == 2 ? String(scheme[0]) : "")), ("Opaque", "\"\""),
            ("User", "null"), ("Host", YAMLText.quoted(String(host))),
            ("Path", YAMLText.quoted(String(rest))),
            ("RawPath", "\"\""), ("OmitHost", "false"), ("ForceQuery", "false"), ("RawQuery", "\"\""),
            ("Fragment", "\"\""), ("RawFragment", "\"\""),
        ])
    }
}
