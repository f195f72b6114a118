internal import Foundation

/// Running the few programs that the build of an appliance needs.
enum Tool {
    /// Runs a program found on PATH and returns what it wrote to standard output.
    ///
    /// - Parameter package: the Debian package that brings it, for the error message.
    static func run(
        _ name: String, _ arguments: [String], in directory: URL? = nil, package: String
    ) throws(ApplianceError) -> [UInt8] {
        guard let program = locate(name) else { throw .toolMissing(name, package: package) }
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = directory
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        let errors = Pipe()
        process.standardOutput = output
        process.standardError = errors
        let messages = Collector()
        errors.fileHandleForReading.readabilityHandler = { messages.append($0.availableData) }
        defer { errors.fileHandleForReading.readabilityHandler = nil }
        do {
            try process.run()
        } catch {
            throw .tool(name, status: -1, output: "\(error)")
        }
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw .tool(name, status: process.terminationStatus, output: messages.text)
        }
        return Array(data)
    }

    private static func locate(_ name: String) -> URL? {
        if name.contains("/") { return URL(fileURLWithPath: name) }
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return path.split(separator: ":").map { URL(fileURLWithPath: "\($0)/\(name)") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }
}

/// Gathers what a program writes to standard error, from whatever thread delivers it.
private final class Collector: @unchecked Sendable {
    private let lock = NSLock()
    private var data = Data()

    func append(_ more: Data) { lock.withLock { data.append(more) } }

    var text: String { lock.withLock { String(decoding: data.suffix(8192), as: UTF8.self) } }
}
