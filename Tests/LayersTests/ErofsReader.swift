import Foundation
import Layers

/// Reads an image the other way round, for tests: written from the format's description, not from the writer.
struct ErofsReader {
    struct File: Equatable {
        var type: Character
        var mode: UInt16
        var user: UInt32
        var group: UInt32
        var seconds: UInt64
        var links: UInt32
        var content: [UInt8] = []
        var device: UInt32 = 0
        var attributes: [String: [UInt8]] = [:]
        var node: UInt64 = 0
    }

    struct Malformed: Error {
        let what: String
        init(_ what: String) { self.what = what }
    }

    let bytes: [UInt8]
    private(set) var files: [String: File] = [:]

    init(_ path: String) throws {
        bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        guard number(1024, 4) == 0xE0F5_E1E2 else { throw Malformed("magic") }
        try walk(number(1024 + 14, 2), "/", parent: number(1024 + 14, 2))
    }

    var blocks: UInt64 { number(1024 + 36, 4) }

    func number(_ offset: Int, _ count: Int) -> UInt64 {
        bytes[offset..<offset + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private mutating func walk(_ node: UInt64, _ path: String, parent: UInt64) throws {
        let base = Int(number(1024 + 40, 4) * 4096 + node * 32)
        var file = try file(at: base)
        file.node = node
        files[path] = file
        guard file.type == "d" else { return }
        var previous: [UInt8]?
        var start = 0
        while start < file.content.count {
            let block = Array(file.content[start..<min(start + 4096, file.content.count)])
            let count = Int(Self.number(block, 8, 2)) / 12
            for index in 0..<count {
                let entry = index * 12
                let nameStart = Int(Self.number(block, entry + 8, 2))
                let nameEnd = index + 1 < count ? Int(Self.number(block, entry + 20, 2)) : block.count
                let name = Array(block[nameStart..<nameEnd].prefix { $0 != 0 })
                if let previous, !previous.lexicographicallyPrecedes(name) {
                    throw Malformed("order in \(path)")
                }
                previous = name
                let child = Self.number(block, entry, 8)
                switch String(decoding: name, as: UTF8.self) {
                case ".": if child != node { throw Malformed(". of \(path)") }
                case "..": if child != parent { throw Malformed(".. of \(path)") }
                case let text: try walk(child, path == "/" ? "/" + text : path + "/" + text, parent: node)
                }
            }
            start += 4096
        }
    }

    private func file(at base: Int) throws -> File {
        let format = number(base, 2)
        guard format & 1 == 1 else { throw Malformed("compact inode") }
        let mode = UInt16(number(base + 4, 2))
        let types: [UInt16: Character] = [
            0o100000: "-", 0o040000: "d", 0o120000: "l", 0o020000: "c", 0o060000: "b", 0o010000: "p",
        ]
        guard let type = types[mode & 0o170000] else { throw Malformed("mode") }
        var file = File(
            type: type, mode: mode & 0o7777, user: UInt32(number(base + 24, 4)),
            group: UInt32(number(base + 28, 4)),
            seconds: number(base + 32, 8), links: UInt32(number(base + 44, 4)))
        let count = Int(number(base + 2, 2))
        let attributeSize = count == 0 ? 0 : 12 + 4 * (count - 1)
        file.attributes = try attributes(base + 64, attributeSize)
        let size = Int(number(base + 8, 8))
        let location = Int(number(base + 16, 4))
        switch type {
        case "c", "b": file.device = UInt32(location)
        case "p": break
        default:
            let isInline = format >> 1 == 2
            let tail = isInline ? size % 4096 : 0
            file.content = Array(bytes[location * 4096..<location * 4096 + size - tail])
            let tailStart = base + 64 + attributeSize
            if isInline, tail > 0, tailStart / 4096 != (tailStart + tail - 1) / 4096 {
                throw Malformed("tail crosses")
            }
            file.content += bytes[tailStart..<tailStart + tail]
        }
        return file
    }

    private func attributes(_ start: Int, _ size: Int) throws -> [String: [UInt8]] {
        var attributes: [String: [UInt8]] = [:]
        guard size > 0 else { return [:] }
        let prefixes: [UInt64: String] = [
            1: "user.", 2: "system.posix_acl_access", 3: "system.posix_acl_default", 4: "trusted.",
            6: "security.",
        ]
        var offset = start + 12
        while offset < start + size {
            let nameSize = Int(number(offset, 1))
            let valueSize = Int(number(offset + 2, 2))
            guard let prefix = prefixes[number(offset + 1, 1)] else { throw Malformed("attribute") }
            let name = prefix + String(decoding: bytes[offset + 4..<offset + 4 + nameSize], as: UTF8.self)
            attributes[name] = Array(bytes[offset + 4 + nameSize..<offset + 4 + nameSize + valueSize])
            offset += (4 + nameSize + valueSize + 3) / 4 * 4
        }
        return attributes
    }

    private static func number(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> UInt64 {
        bytes[offset..<offset + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
