/// The textual encoding of certificates, RFC 7468.
public enum PEM {
    /// One `-----BEGIN LABEL-----` block.
    public struct Block: Equatable, Sendable {
        /// The text between BEGIN and the dashes, for instance `CERTIFICATE`.
        public let label: String
        /// The decoded contents.
        public let contents: [UInt8]

        public init(label: String, contents: [UInt8]) {
            self.label = label
            self.contents = contents
        }
    }

    /// More blocks than any honest chain has.
    package static let maximumBlocks = 32
    private static let begin = [UInt8]("-----BEGIN ".utf8)
    private static let end = [UInt8]("-----END ".utf8)
    private static let dashes = [UInt8]("-----".utf8)

    /// True when the bytes hold a PEM block rather than DER.
    public static func isPEM(_ bytes: some Collection<UInt8>) -> Bool {
        var rest = bytes[...]
        while let first = rest.first, first == 10 || first == 13 || first == 32 || first == 9 {
            rest = rest.dropFirst()
        }
        return rest.starts(with: begin)
    }

    /// All blocks in order. Text outside the blocks is ignored; CR LF and LF both end lines.
    public static func parse(_ bytes: [UInt8]) throws(AttestationFormatError) -> [Block] {
        var blocks: [Block] = []
        var label: String?
        var body: [UInt8] = []
        for rawLine in bytes.split(separator: 10) {
            let line = trimmed(rawLine)
            if let open = label {
                if line.starts(with: end) {
                    guard marked(line, end) == open, let contents = Base64.decode(body) else {
                        throw .malformed(what: "PEM block")
                    }
                    guard blocks.count < maximumBlocks else {
                        throw .tooMany(what: "PEM blocks", limit: maximumBlocks)
                    }
                    blocks.append(Block(label: open, contents: contents))
                    label = nil
                    body = []
                } else {
                    body.append(contentsOf: line)
                }
            } else if line.starts(with: begin) {
                guard let name = marked(line, begin) else { throw .malformed(what: "PEM block") }
                label = name
            }
        }
        guard label == nil else { throw .malformed(what: "PEM block without END line") }
        return blocks
    }

    /// One block, lines of 64 characters.
    public static func encode(label: String, _ contents: [UInt8]) -> String {
        var text = "-----BEGIN \(label)-----\n"
        var rest = [UInt8](Base64.encode(contents).utf8)[...]
        while !rest.isEmpty {
            text += String(decoding: rest.prefix(64), as: UTF8.self) + "\n"
            rest = rest.dropFirst(64)
        }
        return text + "-----END \(label)-----\n"
    }

    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var line = line
        while let last = line.last, last == 13 || last == 32 || last == 9 { line = line.dropLast() }
        while let first = line.first, first == 32 || first == 9 { line = line.dropFirst() }
        return line
    }

    private static func marked(_ line: ArraySlice<UInt8>, _ prefix: [UInt8]) -> String? {
        guard line.count > prefix.count + dashes.count, line.suffix(dashes.count).elementsEqual(dashes) else {
            return nil
        }
        return String(decoding: line.dropFirst(prefix.count).dropLast(dashes.count), as: UTF8.self)
    }
}
