internal import Foundation
internal import JSON

/// The files of an image as it lies on disk: a directory, or a tar archive read in place.
struct ImageContainer {
    private enum Form {
        case directory
        case archive(OpenFile, [String: Member])
    }
    private enum Member {
        case file(Range<UInt64>)
        case link(String)
    }

    /// Where it lies.
    let path: String
    private let form: Form

    /// Documents are small; this keeps a hostile one from filling the memory.
    static let documentLimit: UInt64 = 16 << 20

    init(opening path: String) throws(LayersError) {
        self.path = path
        if FileSystem.isDirectory(path) {
            form = .directory
            return
        }
        let file = try OpenFile(reading: path)
        let size = try file.size()
        let compression = Compression(magic: try Self.magic(file, size))
        guard compression == .none else {
            throw .unknownImage(
                path: path, found: "a compressed archive; unpack it with gunzip or zstd -d first")
        }
        form = .archive(file, try Self.index(file, size))
    }

    private static func magic(_ file: OpenFile, _ size: UInt64) throws(LayersError) -> [UInt8] {
        try bytes(of: file, 0..<min(4, size))
    }

    private static func bytes(of file: OpenFile, _ range: Range<UInt64>) throws(LayersError) -> [UInt8] {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: range.count, alignment: 16)
        defer { buffer.deallocate() }
        try file.readFully(at: range.lowerBound, into: buffer)
        return Array(buffer)
    }

    /// Reads the headers only; content is passed over.
    private static func index(_ file: OpenFile, _ size: UInt64) throws(LayersError) -> [String: Member] {
        let tar = TarReader(FileSource(file, range: 0..<size))
        var members: [String: Member] = [:]
        do throws(TarError) {
            while let entry = try tar.next() {
                let name = entry.path.map { String(decoding: $0.bytes, as: UTF8.self) }
                switch entry.kind {
                case .file(let length):
                    members[name.joined(separator: "/")] = .file(tar.position..<tar.position + length)
                case .hardLink(let target):
                    let target = target.map { String(decoding: $0.bytes, as: UTF8.self) }.joined(
                        separator: "/")
                    members[name.joined(separator: "/")] = .link(target)
                case .symbolicLink(let target):
                    let target = resolve(String(decoding: target.bytes, as: UTF8.self), from: name.dropLast())
                    members[name.joined(separator: "/")] = .link(target)
                default: break
                }
            }
        } catch { throw .archive(path: file.path, error) }
        return members
    }

    /// docker save links equal layers to each other with "../ID/layer.tar".
    private static func resolve(_ target: String, from directory: ArraySlice<String>) -> String {
        var parts = Array(directory)
        for part in target.split(separator: "/") where part != "." {
            if part == ".." { parts = parts.dropLast() } else { parts.append(String(part)) }
        }
        return parts.joined(separator: "/")
    }
}

extension ImageContainer {
    func has(_ name: String) -> Bool {
        switch form {
        case .directory: FileSystem.exists(path + "/" + name)
        case .archive(_, let members): members[name] != nil
        }
    }

    /// A file of the image: where its bytes are.
    func find(_ name: String) throws(LayersError) -> (file: OpenFile, range: Range<UInt64>) {
        switch form {
        case .directory:
            guard has(name) else { throw .missing(path: name, in: path) }
            let file = try OpenFile(reading: path + "/" + name)
            return (file, 0..<(try file.size()))
        case .archive(let file, let members):
            var member = members[name]
            for _ in 0..<8 {
                guard case .link(let target)? = member else { break }
                member = members[target]
            }
            guard case .file(let range)? = member else { throw .missing(path: name, in: path) }
            return (file, range)
        }
    }

    /// A whole small file.
    func contents(_ name: String) throws(LayersError) -> [UInt8] {
        let (file, range) = try find(name)
        let size = UInt64(range.count)
        guard size <= Self.documentLimit else {
            throw .documentTooLarge(path: "\(path)/\(name)", size: size, limit: Self.documentLimit)
        }
        return try Self.bytes(of: file, range)
    }

    /// A whole JSON file.
    func document(_ name: String) throws(LayersError) -> JSON {
        try Self.parse(try contents(name), "\(path)/\(name)")
    }

    static func parse(_ bytes: [UInt8], _ path: String) throws(LayersError) -> JSON {
        do throws(JSONError) { return try JSON.parse(bytes) } catch { throw .json(path: path, error) }
    }

    /// How a file's bytes are packed.
    func compression(_ name: String) throws(LayersError) -> Compression {
        let (file, range) = try find(name)
        let end = min(range.upperBound, range.lowerBound + 4)
        return Compression(magic: try Self.bytes(of: file, range.lowerBound..<end))
    }
}
