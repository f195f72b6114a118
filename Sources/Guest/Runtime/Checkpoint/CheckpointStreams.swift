internal import CLinux
internal import JSON
internal import Linux

/// The standard streams of a container's first process, which a restore replaces by those of its caller: each by the name
/// under which criu knows it, or by a path, which is no such name.
struct CheckpointStreams: Equatable {
    let names: [String]

    init(names: [String]) { self.names = names }

    /// Of a running process. Pipes are named by the kernel; a file that is on none of the container's mounts, as /dev/null
    /// of the machine, is named by its mount and its number there. criu(8), --external.
    init(of pid: Int32) throws(RuntimeError) {
        let process = "/proc/\(pid)"
        let mounts = Set(try MountLine.all(of: "\(pid)", for: .readState).map { $0.number })
        names = try step(.readState, process + "/fd") { () throws(Errno) in
            var names: [String] = []
            for number in 0..<3 { names.append(try Self.name(process, number, mounts)) }
            return names
        }
    }

    private static func name(_ process: String, _ number: Int, _ mounts: Set<String>) throws(Errno) -> String
    {
        let link: String
        do throws(Errno) {
            link = try Descriptor.open(process + "/fd", O_RDONLY | O_DIRECTORY).readLink("\(number)")
        } catch {
            // It has closed this one.
            if error.code == ENOENT { return "" }
            throw error
        }
        guard link.utf8.first == UInt8(ascii: "/") else { return link }
        let file = try Descriptor.open(process + "/fd/\(number)", O_PATH).status()
        let isMemory = file.isCharacterDevice && file.deviceMajor == 1
        let text = try Descriptor.open(process + "/fdinfo/\(number)", O_RDONLY).contents(limit: 1 << 16)
        guard file.isRegular || isMemory, let mount = mount(of: text), !mounts.contains(mount),
            let mountNumber = Int(mount)
        else { return link }
        return "file[" + String(mountNumber, radix: 16) + ":" + String(file.inode, radix: 16) + "]"
    }

    /// The number of the mount that an open file is on. proc_pid_fdinfo(5).
    private static func mount(of text: [UInt8]) -> String? {
        for line in text.split(separator: UInt8(ascii: "\n")) {
            let words = line.split { $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: " ") }
            if words.count == 2, words[0].elementsEqual("mnt_id:".utf8) {
                return String(decoding: words[1], as: UTF8.self)
            }
        }
        return nil
    }
}

extension CheckpointStreams {
    /// Names of what is from outside, beside the pipes, which criu knows as such.
    var externalFiles: Set<String> { Set(names.filter { $0.hasPrefix("file[") }) }

    /// The streams by number that a restore hands in.
    var inherited: [(name: String, number: Int32)] {
        names.enumerated().filter { $0.element.hasPrefix("pipe:") || $0.element.hasPrefix("file[") }
            .map { (name: $0.element, number: Int32($0.offset)) }
    }

    /// Writes the names where a restore finds them; runtimes other than this one have the same file.
    func write(to path: String) throws(RuntimeError) {
        let text = JSON.array(names.map { JSON.string($0) }).serialized()
        try step(.openImages, path) { () throws(Errno) in
            try Descriptor.open(path, O_WRONLY | O_CREAT | O_TRUNC, mode: 0o600).write(text)
        }
    }

    /// Reads them back; three texts at most, for there are three streams.
    init(reading path: String) throws(RuntimeError) {
        let bytes = try step(.openImages, path) { () throws(Errno) in
            try Descriptor.open(path, O_RDONLY).contents(limit: 1 << 16)
        }
        do throws(JSONError) {
            let elements = try JSON.parse(bytes).arrayValue ?? []
            let texts = elements.compactMap { $0.stringValue }
            if texts.count == elements.count && (1...3).contains(texts.count) {
                names = texts
                return
            }
        } catch {
            throw .refused("\(path): \(error)")
        }
        throw .refused("\(path): expected the names of at most three standard streams")
    }
}
