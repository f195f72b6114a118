/// `rootfs/files`: the directories of the initramfs, where the guest mounts what it needs.
public struct FileTable: Sendable, Equatable {
    /// One directory of the table.
    public struct Directory: Sendable, Equatable {
        /// Without a leading slash.
        public let path: String
        /// Permission bits.
        public let mode: UInt16
    }

    /// In the table's order, in which they are made: parents first.
    public let directories: [Directory]

    /// Reads the table: `#` starts a comment, every other line is `directory MODE PATH`, mode in octal.
    public init(parsing text: String) throws(ApplianceError) {
        var directories: [Directory] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace).map(String.init)
            if words.isEmpty { continue }
            guard words.count == 3, words[0] == "directory", let mode = UInt16(words[1], radix: 8),
                mode <= 0o7777
            else { throw .fileTableLine(number: index + 1, text: String(line)) }
            directories.append(Directory(path: words[2], mode: mode))
        }
        self.directories = directories
    }
}
