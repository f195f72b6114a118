/// Reads an archive strictly, member by member: ustar, pax and GNU long names. Everything that is not understood is
/// refused, nothing is guessed; see tar(5).
package final class TarReader {
    private let source: any ByteSource
    private let limits: TarLimits
    private let buffer: UnsafeMutableRawBufferPointer
    private var available: Range<Int> = 0..<0
    /// Bytes consumed so far.
    package private(set) var position: UInt64 = 0
    private var contentLeft: UInt64 = 0
    private var padding: UInt64 = 0
    private var entries = 0
    private var fileBytes: UInt64 = 0
    private var globalRecords = PaxRecords()

    package init(_ source: any ByteSource, limits: TarLimits = TarLimits()) {
        self.source = source
        self.limits = limits
        buffer = .allocate(byteCount: 1 << 18, alignment: 4096)
    }

    deinit { buffer.deallocate() }

    /// The next member, nil after the last. What is unread of the previous member's content is passed over.
    package func next() throws(TarError) -> TarEntry? {
        try skipContent()
        var records = globalRecords
        var longName: ByteName?
        var longLink: ByteName?
        while true {
            guard let header = try nextHeader() else {
                guard longName == nil, longLink == nil else { throw .truncated(at: position) }
                return nil
            }
            switch header.type {
            case UInt8(ascii: "x"), UInt8(ascii: "X"):
                try records.read(try extendedContent(of: header), at: header.offset)
            case UInt8(ascii: "g"):
                try globalRecords.read(try extendedContent(of: header), at: header.offset)
                records = globalRecords
            case UInt8(ascii: "L"): longName = ByteName(try extendedContent(of: header).prefix { $0 != 0 })
            case UInt8(ascii: "K"): longLink = ByteName(try extendedContent(of: header).prefix { $0 != 0 })
            default:
                if records.path == nil { records.path = longName }
                if records.linkPath == nil { records.linkPath = longLink }
                return try entry(header, records)
            }
        }
    }

    /// Hands the current member's content to `body`, piece by piece. A member without content has no pieces.
    package func readContent<Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(TarContentError<Failure>) {
        while contentLeft > 0 {
            let piece: UnsafeRawBufferPointer
            do throws(TarError) {
                if available.isEmpty { try fill() }
                let count = Int(min(UInt64(available.count), contentLeft))
                piece = UnsafeRawBufferPointer(rebasing: buffer[available.prefix(count)])
                consume(count)
                contentLeft -= UInt64(count)
            } catch { throw .archive(error) }
            do throws(Failure) { try body(piece) } catch { throw .body(error) }
        }
    }

    /// The current member's whole content, for small files.
    package func content(atMost limit: Int) throws(TarError) -> [UInt8] {
        guard contentLeft <= UInt64(limit) else { throw .limit("over \(limit) bytes", path: ByteName([])) }
        return try bytes(Int(contentLeft), content: true)
    }
}

/// A failure of the archive or of the one who reads it.
package enum TarContentError<Failure: Error>: Error {
    case archive(TarError)
    case body(Failure)
}

extension TarReader {
    /// The next header that is not the end of the archive.
    private func nextHeader() throws(TarError) -> TarHeader? {
        let offset = position
        guard let block = try block() else {
            // Archives without the closing zero blocks exist (truncated by tools that concatenate); a cut in the
            // middle of a member is found, a cut between two members cannot be, so the digest has to tell.
            throw .truncated(at: offset)
        }
        if block.allSatisfy({ $0 == 0 }) {
            guard let second = try self.block(), second.allSatisfy({ $0 == 0 }) else {
                throw .unterminated(at: position)
            }
            try drain()
            return nil
        }
        entries += 1
        guard entries <= limits.entries else {
            throw .limit("more than \(limits.entries) entries", path: ByteName([]))
        }
        return try TarHeader(block, at: offset)
    }

    /// After the end only zero bytes may follow (tar fills its last record).
    private func drain() throws(TarError) {
        while true {
            if available.isEmpty, try !refill() { return }
            guard buffer[available].allSatisfy({ $0 == 0 }) else { throw .unterminated(at: position) }
            consume(available.count)
        }
    }

    private func entry(_ header: TarHeader, _ records: PaxRecords) throws(TarError) -> TarEntry {
        let name = records.path ?? header.name
        if let keyword = records.unsupported { throw .keyword(keyword, path: name) }
        let path = try cleaned(name)
        let headerSize = try size(of: header)
        let size = records.size ?? headerSize
        let metadata = try metadata(header, records)
        let kind = try kind(header, records, size: size, name: name)
        if case .file = kind {
            fileBytes += size
            guard fileBytes <= limits.fileBytes else {
                throw .limit("more than \(limits.fileBytes) bytes of files", path: name)
            }
            try expectContent(size)
        } else if size > 0 {
            // Some tools give a hard link the size of its target without content; nothing else may have one.
            guard case .hardLink = kind else { throw .limit("content in an entry that has none", path: name) }
        }
        return TarEntry(path: path, kind: kind, metadata: metadata, attributes: records.attributes)
    }

    /// Extended records win over the header, whose own numbers may then be anything.
    private func metadata(_ header: TarHeader, _ records: PaxRecords) throws(TarError) -> FileMetadata {
        let mode = try header.number(100, 8, "mode")
        var metadata = FileMetadata(mode: UInt16(truncatingIfNeeded: mode & 0o7777))
        if let user = records.user {
            metadata.user = user
        } else {
            metadata.user = try header.unsigned(108, 8, "uid")
        }
        if let group = records.group {
            metadata.group = group
        } else {
            metadata.group = try header.unsigned(116, 8, "gid")
        }
        if let time = records.time {
            metadata.seconds = time.seconds
            metadata.nanoseconds = time.nanoseconds
        } else {
            metadata.seconds = try header.number(136, 12, "mtime")
        }
        return metadata
    }

    private func kind(
        _ header: TarHeader, _ records: PaxRecords, size: UInt64, name: ByteName
    ) throws(TarError) -> TarEntry.Kind {
        let link = records.linkPath ?? header.linkName
        switch header.type {
        case 0, UInt8(ascii: "0"), UInt8(ascii: "7"):
            // The seventh edition's tar had no directories: a name with a slash at its end was one.
            return name.hasSuffix("/") ? .directory : .file(size: size)
        case UInt8(ascii: "1"): return .hardLink(target: try cleaned(link))
        case UInt8(ascii: "2"):
            guard !link.bytes.isEmpty, link.bytes.count < limits.pathBytes, !link.bytes.contains(0) else {
                throw .badName(path: link)
            }
            return .symbolicLink(target: link)
        case UInt8(ascii: "3"):
            return .characterDevice(
                major: try header.unsigned(329, 8, "devmajor"), minor: try header.unsigned(337, 8, "devminor")
            )
        case UInt8(ascii: "4"):
            return .blockDevice(
                major: try header.unsigned(329, 8, "devmajor"), minor: try header.unsigned(337, 8, "devminor")
            )
        case UInt8(ascii: "5"): return .directory
        case UInt8(ascii: "6"): return .fifo
        default: throw .entryType(header.type, path: name)
        }
    }

    /// Splits a path; "." parts go, an absolute path and ".." are refused.
    private func cleaned(_ name: ByteName) throws(TarError) -> [ByteName] {
        guard !name.bytes.isEmpty, name.bytes.count <= limits.pathBytes, !name.bytes.contains(0) else {
            throw .badName(path: name)
        }
        guard name.bytes.first != 0x2F else { throw .escapes(path: name) }
        var path: [ByteName] = []
        for part in name.bytes.split(separator: 0x2F) where part != [0x2E] {
            guard part != [0x2E, 0x2E] else { throw .escapes(path: name) }
            guard part.count <= limits.nameBytes else { throw .badName(path: name) }
            path.append(ByteName(part))
        }
        return path
    }
}

extension TarReader {
    private func size(of header: TarHeader) throws(TarError) -> UInt64 {
        guard let size = UInt64(exactly: try header.number(124, 12, "size")) else {
            throw .number(field: "size", at: header.offset)
        }
        return size
    }

    /// The content of an extended header or long name.
    private func extendedContent(of header: TarHeader) throws(TarError) -> [UInt8] {
        let size = try size(of: header)
        guard size <= limits.headerBytes else {
            throw .extendedHeader("over \(limits.headerBytes) bytes", at: header.offset)
        }
        try expectContent(size)
        let bytes = try bytes(Int(size), content: true)
        try skipContent()
        return bytes
    }

    private func expectContent(_ size: UInt64) throws(TarError) {
        guard size <= UInt64(Int64.max) else { throw .number(field: "size", at: position) }
        contentLeft = size
        padding = (512 - size % 512) % 512
    }

    private func skipContent() throws(TarError) {
        var left = contentLeft + padding
        contentLeft = 0
        padding = 0
        while left > 0 {
            if available.isEmpty {
                if try skipAhead(left) { return }
                try fill()
            }
            let count = Int(min(UInt64(available.count), left))
            consume(count)
            left -= UInt64(count)
        }
    }

    private func skipAhead(_ count: UInt64) throws(TarError) -> Bool {
        do throws(LayersError) {
            guard try source.skip(count) else { return false }
        } catch { throw .source("\(error)") }
        position += count
        return true
    }

    /// One block; nil at the end of the source.
    private func block() throws(TarError) -> [UInt8]? {
        if available.isEmpty, try !refill() { return nil }
        return try bytes(TarHeader.size, content: false)
    }

    private func bytes(_ count: Int, content: Bool) throws(TarError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        while bytes.count < count {
            if available.isEmpty { try fill() }
            let part = min(available.count, count - bytes.count)
            bytes.append(contentsOf: buffer[available.prefix(part)])
            consume(part)
        }
        if content { contentLeft -= UInt64(count) }
        return bytes
    }

    private func consume(_ count: Int) {
        available = available.dropFirst(count)
        position += UInt64(count)
    }

    private func fill() throws(TarError) {
        guard try refill() else { throw .truncated(at: position) }
    }

    private func refill() throws(TarError) -> Bool {
        do throws(LayersError) {
            available = 0..<(try source.read(into: buffer))
        } catch { throw .source("\(error)") }
        return !available.isEmpty
    }
}
