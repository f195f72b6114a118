import Foundation

/// Runs the built `cofferctl` as a person would.
enum Cofferctl {
    struct Result {
        let status: Int32
        let output: String
        let errors: String
    }

    /// Next to the executable that runs the tests.
    static let path: String = {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return (own as NSString).deletingLastPathComponent + "/cofferctl"
    }()

    /// False when only parts of the package were built.
    static let isBuilt = FileManager.default.isExecutableFile(atPath: path)

    static func run(_ arguments: String..., in directory: String = ".") throws -> Result {
        try run(arguments, in: directory)
    }

    static func run(_ arguments: [String], in directory: String = ".") throws -> Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: directory)
        // Files and not pipes: a pipe that nobody reads would stop the program.
        let place = FileManager.default.temporaryDirectory.path + "/cofferctl-\(UUID().uuidString)"
        defer {
            for name in ["out", "err"] { try? FileManager.default.removeItem(atPath: "\(place).\(name)") }
        }
        for name in ["out", "err"] {
            try Data().write(to: URL(fileURLWithPath: "\(place).\(name)"))
        }
        process.standardOutput = FileHandle(forWritingAtPath: place + ".out")
        process.standardError = FileHandle(forWritingAtPath: place + ".err")
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus,
            output: try String(contentsOfFile: place + ".out", encoding: .utf8),
            errors: try String(contentsOfFile: place + ".err", encoding: .utf8))
    }

    /// A directory of a test's own.
    final class Directory {
        let path = FileManager.default.temporaryDirectory.path + "/cofferctl-\(UUID().uuidString)"

        init() throws {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func write(_ text: String, _ name: String) throws {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name))
        }

        func read(_ name: String) throws -> String {
            try String(contentsOfFile: path + "/" + name, encoding: .utf8)
        }

        var names: [String] {
            ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
        }
    }
}
