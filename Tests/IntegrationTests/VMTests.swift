import Foundation
import Testing

/// Whether tests that boot machines run, and where their inputs are.
///
/// `COFFER_VM_TESTS=1` turns them on. The pod's inputs (layers, policy, appliance) are made once, by the commands that
/// a person would use, and kept in `.cache/vm-tests`; `COFFER_VM_INPUTS` names a directory that holds them already, as
/// hack/demo leaves it.
enum VMTests {
    static let environment = ProcessInfo.processInfo.environment
    static let isOn = environment["COFFER_VM_TESTS"] == "1" && Cofferctl.isBuilt && hasSimulatedProcessor
    static let comment: Comment =
        "tests that boot machines need COFFER_VM_TESTS=1, a built cofferctl, and --traits SimulatedPSP"

    #if SimulatedPSP
        private static let hasSimulatedProcessor = true
    #else
        private static let hasSimulatedProcessor = false
    #endif

    /// The package's root: tests run there.
    static let root = FileManager.default.currentDirectoryPath
    static let cache = root + "/.cache/vm-tests"
    static let manifest = root + "/docs/examples/demo-pod.yaml"

    /// Short, because sockets lie in it.
    static let state = NSTemporaryDirectory() + "/coffer-vm-\(getpid())"

    struct Inputs: Sendable {
        let images: String
        let policy: String
        let appliance: String
    }

    /// Made at the first use; every later test shares them.
    static let inputs = Result { try makeInputs() }

    private static func makeInputs() throws -> Inputs {
        if let made = environment["COFFER_VM_INPUTS"] {
            return Inputs(images: made + "/layers", policy: made + "/policy", appliance: made + "/appliance")
        }
        try FileManager.default.createDirectory(atPath: cache, withIntermediateDirectories: true)
        let inputs = Inputs(
            images: cache + "/layers", policy: cache + "/policy", appliance: cache + "/appliance")
        try Cofferctl.check(
            "layers", "build", root + "/.cache/images/nginx", root + "/.cache/images/redis.tar", "-o",
            inputs.images)
        let policy = cache + "/policy.rego"
        try Cofferctl.check("policy", "generate", manifest, "--images", inputs.images, "-o", policy)
        try compile(policy, inputs.policy)
        try Cofferctl.check("appliance", "build", "--development", "-o", inputs.appliance)
        return inputs
    }

    /// The compiled policy of another manifest over the suite's images.
    static func policy(
        of manifest: String, named name: String, _ options: String...
    ) throws -> String {
        try FileManager.default.createDirectory(atPath: cache, withIntermediateDirectories: true)
        let path = "\(cache)/\(name).rego"
        let generated = try Cofferctl.run(
            ["policy", "generate", manifest, "--images", try inputs.get().images, "-o", path] + options)
        guard generated.status == 0 else { throw Cofferctl.Failure(description: generated.errors) }
        try compile(path, "\(cache)/\(name)")
        return "\(cache)/\(name)"
    }

    /// Compiling takes a minute; the same text gives the same plugin.
    private static func compile(_ policy: String, _ directory: String) throws {
        let text = try Data(contentsOf: URL(fileURLWithPath: policy))
        let kept = directory + "/policy.rego"
        let isFresh = FileManager.default.contents(atPath: kept) == text
        if isFresh, FileManager.default.fileExists(atPath: directory + "/plugin") { return }
        try Cofferctl.check("policy", "compile", policy, "-o", directory)
        try text.write(to: URL(fileURLWithPath: kept))
    }
}

/// The built `cofferctl`, run as a person would run it.
enum Cofferctl {
    struct Result: Sendable {
        let status: Int32
        let output: String
        let errors: String
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Next to the executable that runs the tests.
    static let path: String = {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return (own as NSString).deletingLastPathComponent + "/cofferctl"
    }()

    static let isBuilt = FileManager.default.isExecutableFile(atPath: path)

    static func run(_ arguments: [String], input: String? = nil) throws -> Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = VMTests.environment.merging(["COFFER_STATE_DIR": VMTests.state]) { $1 }
        let place = NSTemporaryDirectory() + "/cofferctl-\(UUID().uuidString)"
        defer { for name in ["out", "err", "in"] { unlink("\(place).\(name)") } }
        // Files and not pipes: a pipe that nobody reads would stop the program.
        for name in ["out", "err"] { try Data().write(to: URL(fileURLWithPath: "\(place).\(name)")) }
        try Data((input ?? "").utf8).write(to: URL(fileURLWithPath: place + ".in"))
        process.standardOutput = FileHandle(forWritingAtPath: place + ".out")
        process.standardError = FileHandle(forWritingAtPath: place + ".err")
        process.standardInput = FileHandle(forReadingAtPath: place + ".in")
        try process.run()
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus,
            output: String(
                decoding: FileManager.default.contents(atPath: place + ".out") ?? Data(), as: UTF8.self),
            errors: String(
                decoding: FileManager.default.contents(atPath: place + ".err") ?? Data(), as: UTF8.self))
    }

    /// Runs a command that has to succeed; its standard output.
    @discardableResult
    static func check(_ arguments: String...) throws -> String {
        let result = try run(arguments)
        guard result.status == 0 else {
            throw Failure(
                description:
                    "cofferctl \(arguments.joined(separator: " ")): \(result.status)\n\(result.errors)")
        }
        return result.output
    }
}
