/// The certificates that a host hands over beside an extended report (GHCB specification 4.1.8.1):
/// 24-byte entries {GUID, offset, length}, an all-zero entry, then the blobs.
///
/// The host writes it: entries come in any order, may be missing, unknown, DER or PEM. Nothing in it is trusted
/// before a chain to a pinned root holds.
public struct CertificateTable: Equatable, Sendable {
    /// One blob under its identifier.
    public struct Entry: Equatable, Sendable {
        /// What the blob is; unknown ones are kept.
        public let guid: GUID
        /// The bytes as the host gave them: DER or PEM.
        public let contents: [UInt8]

        public init(guid: GUID, contents: [UInt8]) {
            self.guid = guid
            self.contents = contents
        }
    }

    /// Entries in table order.
    public let entries: [Entry]

    /// More entries than any honest table has.
    package static let maximumEntries = 32
    private static let entrySize = 24

    public init(entries: [Entry]) { self.entries = entries }

    /// Reads a table. Empty input and input of zeros alone are the empty table (hosts without certificates
    /// send either).
    ///
    /// - Throws: `unterminatedCertificateTable`, `certificateTableEntryOutOfBounds`, `tooMany`.
    public init(parsing bytes: [UInt8]) throws(AttestationFormatError) {
        guard !bytes.isEmpty else {
            entries = []
            return
        }
        let headers = try CertificateTable.headers(bytes)
        let headerSize = (headers.count + 1) * CertificateTable.entrySize
        var entries: [Entry] = []
        for (index, header) in headers.enumerated() {
            let start = Int(header.offset)
            guard start >= headerSize, start <= bytes.count, Int(header.length) <= bytes.count - start else {
                throw .certificateTableEntryOutOfBounds(
                    index: index, offset: header.offset, length: header.length, available: bytes.count)
            }
            entries.append(
                Entry(guid: header.guid, contents: [UInt8](bytes[start..<(start + Int(header.length))])))
        }
        self.entries = entries
    }

    private struct Header {
        let guid: GUID
        let offset: UInt32
        let length: UInt32
    }

    private static func headers(_ bytes: [UInt8]) throws(AttestationFormatError) -> [Header] {
        var reader = ByteReader(bytes[...], of: "certificate table")
        var headers: [Header] = []
        while reader.remaining >= entrySize {
            let guid = try GUID(bytes: reader.take(16))
            let header = Header(guid: guid, offset: try reader.u32(), length: try reader.u32())
            if guid == .zero, header.offset == 0, header.length == 0 { return headers }
            guard headers.count < maximumEntries else {
                throw .tooMany(what: "certificate table entries", limit: maximumEntries)
            }
            headers.append(header)
        }
        throw .unterminatedCertificateTable
    }

    /// The table's bytes: header first, blobs in entry order.
    public func encoded() -> [UInt8] {
        var bytes: [UInt8] = []
        var offset = (entries.count + 1) * CertificateTable.entrySize
        for entry in entries {
            bytes.append(contentsOf: entry.guid.bytes)
            bytes.appendLittleEndian(UInt64(offset), count: 4)
            bytes.appendLittleEndian(UInt64(entry.contents.count), count: 4)
            offset += entry.contents.count
        }
        bytes.padZeros(to: (entries.count + 1) * CertificateTable.entrySize)
        for entry in entries { bytes.append(contentsOf: entry.contents) }
        return bytes
    }

    /// The first blob under an identifier, as given.
    public subscript(guid: GUID) -> [UInt8]? {
        for entry in entries where entry.guid == guid { return entry.contents }
        return nil
    }
}
