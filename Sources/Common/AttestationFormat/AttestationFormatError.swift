/// Why bytes that claim to be attestation evidence could not be read. One case per step.
public enum AttestationFormatError: Error, Equatable {
    /// A structure ended before the field at `offset` (bytes from the structure's start) was complete.
    case truncated(what: StaticString, offset: Int, needed: Int, available: Int)
    /// A structure of fixed size had another size.
    case wrongLength(what: StaticString, expected: Int, found: Int)
    /// The report's VERSION field is none of 2, 3, 4, 5.
    case unsupportedReportVersion(UInt32)
    /// The certificate table has no all-zero entry at its end.
    case unterminatedCertificateTable
    /// An entry of the certificate table points outside the table or into its header.
    case certificateTableEntryOutOfBounds(index: Int, offset: UInt32, length: UInt32, available: Int)
    /// A DER value has another tag than its place demands.
    case unexpectedTag(what: StaticString, expected: UInt8, found: UInt8)
    /// A DER length is indefinite, not minimal, or longer than four bytes.
    case badLength(what: StaticString)
    /// Bytes remain after a structure's last field.
    case trailingBytes(what: StaticString, count: Int)
    /// A value is syntactically wrong.
    case malformed(what: StaticString)
    /// Something is nested deeper or repeated more often than any honest input.
    case tooMany(what: StaticString, limit: Int)

    public static func == (left: AttestationFormatError, right: AttestationFormatError) -> Bool {
        left.description == right.description
    }
}

extension AttestationFormatError: CustomStringConvertible {
    /// What was wrong and what was expected.
    public var description: String {
        switch self {
        case .truncated(let what, let offset, let needed, let available):
            "\(what): truncated at byte \(offset): \(needed) bytes needed, \(available) left"
        case .wrongLength(let what, let expected, let found):
            "\(what): \(found) bytes, expected exactly \(expected)"
        case .unsupportedReportVersion(let version):
            "attestation report: version \(version), expected 2, 3, 4 or 5"
        case .unterminatedCertificateTable:
            "certificate table: no all-zero entry ends it"
        case .certificateTableEntryOutOfBounds(let index, let offset, let length, let available):
            "certificate table: entry \(index) (offset \(offset), length \(length)) lies outside the "
                + "\(available) bytes of the table or inside its header"
        case .unexpectedTag(let what, let expected, let found):
            "\(what): DER tag \(found), expected \(expected)"
        case .badLength(let what):
            "\(what): DER length is indefinite, not minimal or too long"
        case .trailingBytes(let what, let count):
            "\(what): \(count) bytes after its end"
        case .malformed(let what):
            "\(what): malformed"
        case .tooMany(let what, let limit):
            "\(what): more than \(limit)"
        }
    }
}
