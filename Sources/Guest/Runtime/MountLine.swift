internal import CLinux
internal import Linux

/// One mount that a process sees: a line of its mountinfo file. proc_pid_mountinfo(5).
struct MountLine: Equatable {
    /// The mount's number, and that of the mount that it lies on.
    let number: String
    let parent: String
    /// Where it is, from the process's root directory.
    let place: String
    /// The file system's type.
    let type: String
    /// The file system's own options.
    let options: String

    /// Nil for what is no such line.
    init?(_ line: ArraySlice<UInt8>) {
        let words = line.split(separator: UInt8(ascii: " "))
        // A varying number of words before it.
        guard let dash = words.firstIndex(where: { $0.elementsEqual("-".utf8) }), dash >= 5,
            words.count > dash + 1
        else { return nil }
        func text(_ index: Int) -> String {
            index < words.count ? String(decoding: words[index], as: UTF8.self) : ""
        }
        number = text(0)
        parent = text(1)
        place = text(4)
        type = text(dash + 1)
        options = text(dash + 3)
    }

    /// All mounts of a mountinfo file's text.
    static func all(_ text: [UInt8]) -> [MountLine] {
        text.split(separator: UInt8(ascii: "\n")).compactMap { MountLine($0) }
    }

    /// All mounts that a process sees.
    ///
    /// - Parameter process: its number, or `self`.
    static func all(of process: String = "self", for step: Step) throws(RuntimeError) -> [MountLine] {
        let file = "/proc/\(process)/mountinfo"
        return try Runtime.step(step, file) { () throws(Errno) in
            all(try Descriptor.open(file, O_RDONLY).contents(limit: 1 << 22))
        }
    }
}
