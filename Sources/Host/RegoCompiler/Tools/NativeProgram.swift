package import Foundation

/// A policy or query as a native program: compiled once for its content, kept in the builder's cache, and asked
/// through a pipe.
package final class NativeProgram {
    /// The executable.
    package let executable: URL
    private let process = Process()
    private let requests = Pipe()
    private let answers = Pipe()

    /// Compiles the program unless it is there, and starts it.
    package convenience init(_ policy: PolicyPackage, builder: PluginBuilder) throws {
        try self.init(policy, builder: builder, main: PluginTemplate.main)
    }

    init(_ policy: PolicyPackage, builder: PluginBuilder, main: String) throws {
        var content = try builder.runtimeDigest() + main
        for (name, text) in policy.files.sorted(by: { $0.key < $1.key }) { content += name + text }
        let folder = builder.cache.appendingPathComponent("programs")
        executable = folder.appendingPathComponent(SHA256.hexadecimal(Array(content.utf8)))
        let manager = FileManager.default
        if !manager.fileExists(atPath: executable.path) {
            try manager.createDirectory(at: folder, withIntermediateDirectories: true)
            let fresh = folder.appendingPathComponent("fresh-\(UUID().uuidString)")
            try builder.build(policy, main: main, to: fresh)
            // Another process may have made the same one in the meantime: both are good.
            guard rename(fresh.path, executable.path) == 0 else {
                throw PluginBuilder.Failure.missing("a place for the program", executable)
            }
        }
        process.executableURL = executable
        process.standardInput = requests
        process.standardOutput = answers
        try process.run()
    }

    deinit {
        // The program ends with its input; whoever gave up on it does not wait.
        requests.fileHandleForWriting.closeFile()
        if process.isRunning { process.terminate() }
        process.waitUntilExit()
    }

    /// Sends one frame and waits for the answer's.
    ///
    /// - Throws: ``PluginBuilder/Failure`` when the program ended instead.
    package func answer(_ request: [UInt8]) throws -> [UInt8] {
        try send(request)
        return try receive()
    }

    /// A request for an entry point.
    ///
    /// - Parameters:
    ///   - data: JSON text of an object.
    ///   - input: JSON text; `nil` for no input.
    package static func request(_ entrypoint: String, data: [UInt8], input: [UInt8]?) -> [UInt8] {
        var text = Array("{\"query\":\(SwiftGenerator.json(entrypoint)),\"data\":".utf8) + data
        if let input { text += Array(",\"input\":".utf8) + input }
        return text + Array("}".utf8)
    }

    func send(_ bytes: [UInt8]) throws {
        let size = UInt32(bytes.count)
        let head = (0..<4).map { UInt8(truncatingIfNeeded: size >> (8 * $0)) }
        try requests.fileHandleForWriting.write(contentsOf: Data(head + bytes))
    }

    func receive() throws -> [UInt8] {
        let head = try exactly(4)
        let size = head.enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
        return try exactly(size)
    }

    private func exactly(_ count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let more = try answers.fileHandleForReading.read(upToCount: count - bytes.count) ?? Data()
            if more.isEmpty {
                throw PluginBuilder.Failure.tool(
                    executable.lastPathComponent, status: process.isRunning ? 0 : process.terminationStatus,
                    output: "the program ended instead of answering")
            }
            bytes += more
        }
        return bytes
    }
}
