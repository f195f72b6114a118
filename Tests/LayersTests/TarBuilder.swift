import Layers

/// Writes archives for tests, well formed unless a test asks for something else.
struct TarBuilder {
    var bytes: [UInt8] = []

    /// A header block with a right checksum.
    static func header(
        _ name: String, type: Character = "0", size: Int = 0, mode: Int = 0o644, user: Int = 0,
        group: Int = 0,
        time: Int = 1_700_000_000, link: String = "", major: Int = 0, minor: Int = 0,
        magic: String = "ustar\u{0}00"
    ) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: 512)
        put(name, 0, 100, &block)
        put(octal(mode, 7), 100, 8, &block)
        put(octal(user, 7), 108, 8, &block)
        put(octal(group, 7), 116, 8, &block)
        put(octal(size, 11), 124, 12, &block)
        put(octal(time, 11), 136, 12, &block)
        put("        ", 148, 8, &block)
        put(String(type), 156, 1, &block)
        put(link, 157, 100, &block)
        put(magic, 257, 8, &block)
        put(octal(major, 7), 329, 8, &block)
        put(octal(minor, 7), 337, 8, &block)
        return seal(block)
    }

    /// Computes the checksum anew.
    static func seal(_ block: [UInt8]) -> [UInt8] {
        var block = block
        put("        ", 148, 8, &block)
        let sum = block.reduce(0) { $0 + Int($1) }
        put(octal(sum, 6) + "\u{0} ", 148, 8, &block)
        return block
    }

    static func put(_ text: String, _ offset: Int, _ length: Int, _ block: inout [UInt8]) {
        for (index, byte) in text.utf8.prefix(length).enumerated() { block[offset + index] = byte }
    }

    static func octal(_ value: Int, _ digits: Int) -> String {
        let text = String(value, radix: 8)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }

    mutating func raw(_ more: [UInt8]) { bytes += more }

    mutating func content(_ content: [UInt8]) {
        bytes += content
        bytes += [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
    }

    mutating func file(
        _ name: String, _ text: String = "", mode: Int = 0o644, user: Int = 0, group: Int = 0
    ) {
        file(name, Array(text.utf8), mode: mode, user: user, group: group)
    }

    mutating func file(_ name: String, _ data: [UInt8], mode: Int = 0o644, user: Int = 0, group: Int = 0) {
        raw(Self.header(name, size: data.count, mode: mode, user: user, group: group))
        content(data)
    }

    mutating func directory(_ name: String, mode: Int = 0o755, user: Int = 0, group: Int = 0) {
        raw(Self.header(name, type: "5", mode: mode, user: user, group: group))
    }

    mutating func symbolicLink(_ name: String, to target: String) {
        raw(Self.header(name, type: "2", mode: 0o777, link: target))
    }

    mutating func hardLink(_ name: String, to target: String) {
        raw(Self.header(name, type: "1", link: target))
    }

    mutating func device(_ name: String, _ type: Character, _ major: Int, _ minor: Int) {
        raw(Self.header(name, type: type, major: major, minor: minor))
    }

    /// An extended header for the next member.
    mutating func pax(_ records: [(String, String)], type: Character = "x") {
        pax(records.map { ($0.0, Array($0.1.utf8)) }, type: type)
    }

    mutating func pax(_ records: [(String, [UInt8])], type: Character = "x") {
        let data = records.flatMap { Self.record($0.0, $0.1) }
        raw(Self.header("PaxHeaders/x", type: type, size: data.count))
        content(data)
    }

    static func record(_ keyword: String, _ value: [UInt8]) -> [UInt8] {
        let rest = [0x20] + Array(keyword.utf8) + [0x3D] + value + [0x0A]
        var length = rest.count + 1
        while String(length).utf8.count + rest.count != length {
            length = String(length).utf8.count + rest.count
        }
        return Array(String(length).utf8) + rest
    }

    /// GNU's way to say a long name (`L`) or link target (`K`).
    mutating func longName(_ name: String, type: Character = "L") {
        raw(Self.header("././@LongLink", type: type, size: name.utf8.count + 1, magic: "ustar  \u{0}"))
        content(Array(name.utf8) + [0])
    }

    /// With the two zero blocks.
    var archive: [UInt8] { bytes + [UInt8](repeating: 0, count: 1024) }

    static func archive(_ fill: (inout TarBuilder) -> Void) -> [UInt8] {
        var builder = TarBuilder()
        fill(&builder)
        return builder.archive
    }
}

/// All members with their contents.
func readAll(
    _ bytes: [UInt8], limits: TarLimits = TarLimits()
) throws(TarError) -> [(entry: TarEntry, content: [UInt8])] {
    let reader = TarReader(MemorySource(bytes), limits: limits)
    var members: [(TarEntry, [UInt8])] = []
    while let entry = try reader.next() {
        members.append((entry, try reader.content(atMost: 1 << 20)))
    }
    return members
}
