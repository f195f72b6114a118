import Foundation
import JSON
import OCI
import Testing

/// Builds bundles and runs the built `coffer` on them as a person or a client of OCI runtimes would.
///
/// The program inside is a small static one compiled here: it looks at its own world and prints what it sees.
final class Workbench {
    let directory: String
    var binary: String
    private var containers: [String] = []

    /// Why these tests cannot run here; nil when they can.
    static let obstacle: String? = {
        if geteuid() != 0 { return "needs root: namespaces, mounts and control groups are the subject" }
        if !FileManager.default.isExecutableFile(atPath: binaryPath) {
            return "no built coffer at \(binaryPath)"
        }
        if probe == nil { return "needs a C compiler and static libc for the program inside the container" }
        return nil
    }()

    private static let binaryPath: String = {
        if let given = ProcessInfo.processInfo.environment["COFFER_BINARY"] { return given }
        let tests = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        return tests.appendingPathComponent("coffer").path
    }()

    /// The compiled program.
    private static let probe: String? = {
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "probe.c.txt")
        let output = NSTemporaryDirectory() + "coffer-probe-\(getpid())"
        let result = try? execute("/usr/bin/cc", ["-static", "-O1", "-o", output, "-x", "c", source.path])
        return result?.status == 0 ? output : nil
    }()

    init() throws {
        directory = NSTemporaryDirectory() + "coffer-test-\(UUID().uuidString)"
        binary = Self.binaryPath
        for path in ["/root/bin", "/root/etc", "/root/proc", "/root/sys", "/root/dev", "/root/tmp"] {
            try FileManager.default.createDirectory(
                atPath: directory + path, withIntermediateDirectories: true)
        }
        // No copy: a file that this process writes is busy for as long as a child of another test has it open too.
        try FileManager.default.linkItem(atPath: Self.probe ?? "", toPath: directory + "/root/bin/probe")
    }

    deinit {
        for id in containers { _ = try? coffer("delete", "--force", id) }
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// A specification that runs the probe with these arguments; `change` makes it the test's own.
    func spec(_ arguments: String..., change: (inout OCI.Spec) -> Void = { _ in }) throws {
        var spec = OCI.Spec(ociVersion: "1.3.0")
        spec.root = OCI.Root(path: "root")
        var process = OCI.Process()
        process.args = ["/bin/probe"] + arguments
        process.env = ["PATH=/bin", "MARK=1"]
        process.cwd = "/"
        process.noNewPrivileges = true
        process.capabilities = OCI.Capabilities()
        spec.process = process
        spec.mounts = [
            mount("/proc", "proc"), mount("/dev", "tmpfs", ["nosuid", "mode=755"]),
            mount("/dev/pts", "devpts", ["newinstance", "ptmxmode=0666"]),
        ]
        var linux = OCI.Linux()
        linux.namespaces = ["pid", "network", "ipc", "uts", "mount", "cgroup"].map { OCI.Namespace(type: $0) }
        spec.linux = linux
        change(&spec)
        try write("config.json", spec.json.serialized())
    }

    /// A hook of a few words of the machine's shell.
    static func hook(_ script: String) -> OCI.Hook {
        var hook = OCI.Hook(path: "/bin/sh")
        hook.args = ["sh", "-c", script]
        return hook
    }

    func mount(_ destination: String, _ type: String, _ options: [String] = [], source: String? = nil)
        -> OCI.Mount
    {
        var mount = OCI.Mount(destination: destination)
        mount.type = type
        mount.source = source ?? type
        mount.options = options
        return mount
    }

    func write(_ name: String, _ bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: directory + "/" + name))
    }

    /// Runs the bundle in the foreground.
    func run() throws -> Outcome {
        let id = newID()
        return try coffer("run", "--bundle", directory, id)
    }

    /// Makes a container that is removed at the end of the test; its streams are files of the bundle.
    func create(_ options: String...) throws -> String { try create(options: options) }

    func create(options: [String]) throws -> String {
        let id = newID()
        let outcome = try coffer(["create", "--bundle", directory] + options + [id])
        #expect(outcome.status == 0, "create: \(outcome.error)")
        return id
    }

    func newID() -> String {
        let id = "test-" + UUID().uuidString
        containers.append(id)
        return id
    }

    func coffer(_ arguments: String...) throws -> Outcome { try coffer(arguments) }

    func coffer(_ arguments: [String]) throws -> Outcome {
        try Self.execute(binary, ["--root", directory + "/state"] + arguments)
    }

    /// What a command did.
    struct Outcome {
        let status: Int32
        let output: String
        let error: String
        /// The lines of the output as words and values: the probe prints `word value`.
        func value(_ word: String) -> String? {
            for line in output.split(separator: "\n") where line.hasPrefix(word + " ") {
                return String(line.dropFirst(word.count + 1))
            }
            return nil
        }
    }

    /// Output goes through files: a container that stays must not keep a pipe open.
    static func execute(_ program: String, _ arguments: [String], input: String = "") throws -> Outcome {
        let base = NSTemporaryDirectory() + "coffer-run-\(UUID().uuidString)"
        for suffix in [".in", ".out", ".err"] {
            _ = FileManager.default.createFile(
                atPath: base + suffix, contents: suffix == ".in" ? Data(input.utf8) : nil)
        }
        defer {
            for suffix in [".in", ".out", ".err"] {
                try? FileManager.default.removeItem(atPath: base + suffix)
            }
        }
        let status = try spawn(
            program, arguments,
            [(base + ".in", O_RDONLY)]
                + [".out", ".err"].map {
                    (base + $0, O_WRONLY)
                })
        func text(_ suffix: String) throws -> String {
            try String(decoding: Data(contentsOf: URL(fileURLWithPath: base + suffix)), as: UTF8.self)
        }
        return Outcome(status: status, output: try text(".out"), error: try text(".err"))
    }
}

/// Runs a program with these files as its standard streams and waits for its end, and only for that: a container that
/// stays may hold on to anything. The status is the program's, or 128 and the signal that ended it.
private func spawn(
    _ program: String, _ arguments: [String], _ streams: [(path: String, flags: Int32)]
) throws -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, stream) in streams.enumerated() {
        posix_spawn_file_actions_addopen(&actions, Int32(number), stream.path, stream.flags, 0)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // The test process blocks and ignores what suits it; the program starts as from a shell.
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var pid: pid_t = 0
    let failure = posix_spawn(&pid, program, &actions, &attributes, &words, environ)
    if failure != 0 { throw POSIXError(POSIXErrorCode(rawValue: failure) ?? .EINVAL) }
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0 {
        if errno != EINTR { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .ECHILD) }
    }
    return status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f
}

/// Runs a suite only where containers can be made, and says why where not.
let whereContainersWork = ConditionTrait.enabled(
    if: Workbench.obstacle == nil, Comment(rawValue: Workbench.obstacle ?? ""))
