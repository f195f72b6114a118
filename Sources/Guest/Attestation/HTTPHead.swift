internal import AttestationFormat

/// The request line and headers of an HTTP/1.1 request (RFC 9112), as strictly as a local socket needs: CR LF line
/// ends, no folded lines, no transfer codings, a plain content length.
struct HTTPHead: Equatable {
    let method: String
    let target: String
    /// Bytes of the body that follows.
    let contentLength: Int
    /// The client asked to close the connection after the answer.
    let closes: Bool

    /// Bytes of a head at most, the empty line included.
    static let maximumSize = 8192
    /// Bytes of a body at most.
    static let maximumBody = 4096

    /// Where the first head ends (after the empty line), nil when it is not complete yet.
    static func end(in bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        for index in 3..<bytes.count
        where bytes[index] == 10 && bytes[index - 1] == 13 && bytes[index - 2] == 10 && bytes[index - 3] == 13
        {
            return index + 1
        }
        return nil
    }

    /// Reads a whole head, the empty line included.
    init(parsing bytes: ArraySlice<UInt8>) throws(EvidenceRefusal) {
        for byte in bytes where !(byte == 13 || byte == 10 || byte == 9 || (32..<127).contains(byte)) {
            throw EvidenceRefusal(400, "the request's head holds a byte that is not printable ASCII")
        }
        var lines = try HTTPHead.lines(bytes)
        guard let first = lines.popFirst() else { throw EvidenceRefusal(400, "no request line") }
        let words = first.split(separator: 32, omittingEmptySubsequences: false)
        guard words.count == 3, !words[0].isEmpty, words[1].first == 47 else {
            throw EvidenceRefusal(400, "the request line must be METHOD /PATH HTTP/1.1")
        }
        method = String(decoding: words[0], as: UTF8.self)
        target = String(decoding: words[1], as: UTF8.self)
        let version = String(decoding: words[2], as: UTF8.self)
        guard version == "HTTP/1.1" || version == "HTTP/1.0" else {
            throw EvidenceRefusal(505, "the protocol must be HTTP/1.1")
        }
        var length: Int?
        var closes = version == "HTTP/1.0"
        for line in lines {
            let (name, value) = try HTTPHead.field(line)
            switch name {
            case "content-length":
                let count = try HTTPHead.length(value)
                guard length == nil || length == count else {
                    throw EvidenceRefusal(400, "two different content lengths")
                }
                length = count
            case "transfer-encoding": throw EvidenceRefusal(501, "transfer codings are not supported")
            case "connection": if HTTPHead.lowercased(value[...]) == "close" { closes = true }
            default: break
            }
        }
        contentLength = length ?? 0
        self.closes = closes
    }

    private static func lines(_ bytes: ArraySlice<UInt8>) throws(EvidenceRefusal) -> ArraySlice<
        ArraySlice<UInt8>
    > {
        var lines: [ArraySlice<UInt8>] = []
        for line in bytes.dropLast(2).split(separator: 10, omittingEmptySubsequences: false) {
            if line.isEmpty { continue }
            guard line.last == 13, !line.dropLast().contains(13) else {
                throw EvidenceRefusal(400, "lines must end with CR LF")
            }
            lines.append(line.dropLast())
        }
        return lines[...]
    }

    private static func field(_ line: ArraySlice<UInt8>) throws(EvidenceRefusal) -> (String, [UInt8]) {
        guard let colon = line.firstIndex(of: 58), colon > line.startIndex else {
            throw EvidenceRefusal(400, "a header line has no name")
        }
        let name = line[line.startIndex..<colon]
        guard !name.contains(32), !name.contains(9) else {
            throw EvidenceRefusal(400, "a header's name holds a space, or a line is folded")
        }
        var value = line[(colon + 1)...]
        while let byte = value.first, byte == 32 || byte == 9 { value = value.dropFirst() }
        while let byte = value.last, byte == 32 || byte == 9 { value = value.dropLast() }
        return (lowercased(name), [UInt8](value))
    }

    private static func length(_ value: [UInt8]) throws(EvidenceRefusal) -> Int {
        guard !value.isEmpty, value.count <= 9, value.allSatisfy({ (48...57).contains($0) }) else {
            throw EvidenceRefusal(400, "the content length is not a number")
        }
        let length = value.reduce(0) { $0 * 10 + Int($1 - 48) }
        guard length <= maximumBody else { throw EvidenceRefusal(413, "the body is larger than 4096 bytes") }
        return length
    }

    private static func lowercased(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
    }
}
