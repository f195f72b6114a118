internal import ArgumentParser
internal import Foundation

/// `cofferctl logs`: what a pod's containers printed.
struct LogsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs",
        abstract: "Show what a pod's containers printed.",
        discussion: """
            Without a container the lines of all, each with its container's name in front, in the order of time.
            What a container wrote to standard error goes to standard error.

              cofferctl logs web nginx
              cofferctl logs -f web
            """)

    @Flag(name: .shortAndLong, help: "Go on until the pod ends.")
    var follow = false

    @Flag(name: .shortAndLong, help: "Show the time of each line.")
    var timestamps = false

    @Argument(help: "The pod's name.")
    var pod: String

    @Argument(help: "A container's name.")
    var container: String?

    func run() throws {
        let directory = try PodDirectory.existing(pod)
        let known = try directory.readRecord().containers.map(\.name)
        if let container, !known.contains(container) {
            throw Failure(
                "pod \"\(pod)\" has no container \"\(container)\"",
                hint: "its containers: \(known.joined(separator: ", "))")
        }
        var readers = (container.map { [$0] } ?? known).map { LogReader(directory.log($0), container: $0) }
        while true {
            // Asked before reading: what a pod wrote before it ended is then read for certain.
            let goesOn = follow && directory.isAlive
            var lines: [LogLine] = []
            for index in readers.indices { lines += readers[index].read() }
            for line in lines.sorted(by: { $0.time < $1.time }) { show(line) }
            if !goesOn { return }
            usleep(100_000)
        }
    }

    private func show(_ line: LogLine) {
        var text: [UInt8] = []
        if timestamps { text += Array("\(line.time) ".utf8) }
        if container == nil { text += Array("\(line.container) | ".utf8) }
        text += line.text
        if line.isWhole { text.append(10) }
        Terminal.write(text, to: line.isError ? STDERR_FILENO : STDOUT_FILENO)
    }
}

/// One line of a container's log.
struct LogLine {
    let container: String
    let time: String
    let isError: Bool
    /// False for a part of a line that goes on.
    let isWhole: Bool
    let text: [UInt8]

    /// Reads `TIME STREAM F|P TEXT`; nil for anything else.
    init?(_ line: ArraySlice<UInt8>, container: String) {
        let parts = line.split(separator: 32, maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        self.container = container
        time = String(decoding: parts[0], as: UTF8.self)
        isError = parts[1].elementsEqual(Array("stderr".utf8))
        isWhole = parts[2].elementsEqual([UInt8(ascii: "F")])
        text = Array(parts[3])
    }
}

/// Reads a log file on from where it stopped.
struct LogReader {
    private let path: String
    private let container: String
    private var offset: UInt64 = 0

    init(_ path: String, container: String) {
        self.path = path
        self.container = container
    }

    /// The whole lines since the last call; none while the file does not exist yet.
    mutating func read() -> [LogLine] {
        guard let handle = FileHandle(forReadingAtPath: path) else { return [] }
        defer { handle.closeFile() }
        handle.seek(toFileOffset: offset)
        let bytes = Array(handle.readDataToEndOfFile())
        guard let end = bytes.lastIndex(of: 10) else { return [] }
        offset += UInt64(end + 1)
        return bytes[..<end].split(separator: 10).compactMap { LogLine($0, container: container) }
    }
}
