internal import CLinux
internal import Linux
internal import Policy
internal import Runtime

/// The low-level OCI runtime: the commands, options, texts and exit codes that podman, buildah, containerd and CRI-O
/// know from runc.
struct OCICommandLine: Sendable {
    /// A command: what it takes and what it does.
    struct Command: Sendable {
        let name: String
        let usage: String
        let summary: String
        let options: [OptionForm]
        /// How many operands there are before everything else belongs to another program; nil for no such limit.
        let stopsAfter: Int?
        /// The least and the greatest number of operands; nil for no greatest.
        let operands: (least: Int, greatest: Int?)
        let run: @Sendable (OCICommandLine, ParsedOptions) throws(CommandLineError) -> Void
    }

    var root = ""
    /// Whether `--root` was given: a directory that was named is expected to be there.
    var isRootGiven = false
    var log = CommandLineLog()
    var usesSystemd = false
    var usesControlGroups = true
    var rootless = RootlessMode.whenUnprivileged
    private var commandName = ""
    /// The program's own name: what it was called.
    var name = "coffer"

    /// All commands in the order of the help.
    static let commands: [Command] = [
        .create, .run, .start, .state, .kill, .delete, .exec, .list, .pause, .resume, .processes, .update,
        .events, .features, .spec, .checkpoint, .restore, .completion,
    ]

    static let globalOptions = [
        OptionForm("root", value: true, "directory for the state of containers"),
        OptionForm("log", value: true, "file that messages are appended to"),
        OptionForm("log-format", value: true, "text or json"),
        OptionForm("debug", "more messages"),
        OptionForm("systemd-cgroup", "control groups through systemd"),
        OptionForm("cgroup-manager", value: true, "cgroupfs, systemd or disabled"),
        OptionForm("rootless", value: true, "true, false or auto"),
        OptionForm("version", short: "v", "print the version"),
        OptionForm("help", short: "h", "print this help"),
    ]

    /// Runs the command line and returns the exit status.
    static func run(_ arguments: [String]) -> Int32 {
        var line = OCICommandLine()
        if let called = arguments.first { line.name = String(called.split(separator: "/").last ?? "coffer") }
        do throws(CommandLineError) {
            try line.dispatch(Array(arguments.dropFirst()))
            return 0
        } catch {
            return line.report(error)
        }
    }

    private func report(_ error: CommandLineError) -> Int32 {
        switch error {
        case .exit(let status): return status
        case .unknownCommand:
            writeText(error.text + "\n", to: 2)
            return 3
        case .runtime(_, .failed(.execute, _, _)):
            // The program was already on its way: its own words, as if it had said them.
            log.errorOfProgram(error.text)
            return failure
        default:
            log.error(error.text)
            return failure
        }
    }

    /// The status of a command that failed: 255 for `exec`, which else is the program's own.
    private var failure: Int32 { commandName == "exec" ? 255 : 1 }

    private mutating func dispatch(_ words: [String]) throws(CommandLineError) {
        // Global options come before the command; the first operand is the command.
        let parsed = try ParsedOptions(words, forms: Self.globalOptions, stopsAfter: 1)
        try readGlobalOptions(parsed)
        if parsed.has("version") { return printVersion() }
        guard let name = parsed.operands.first, !parsed.has("help"), name != "help" else {
            return printHelp()
        }
        guard let command = Self.commands.first(where: { $0.name == name }) else {
            throw .unknownCommand(name)
        }
        commandName = name
        let rest = Array(parsed.operands.dropFirst())
        let help = OptionForm("help", short: "h", "print this help")
        let options = try ParsedOptions(rest, forms: command.options + [help], stopsAfter: command.stopsAfter)
        if options.has("help") { return printHelp(command) }
        try checkOperands(command, options.operands.count)
        if Self.entering.contains(command.name) {
            try sealSelf()
            log.debug(
                "\(self.name) exeseal: using /proc/self/exe clone: a read-only view, or a sealed copy"
            )
        }
        try command.run(self, options)
    }

    /// The commands whose process, or a copy of it, goes into a container.
    private static let entering = ["create", "run", "exec"]

    private func sealSelf() throws(CommandLineError) {
        do throws(Errno) {
            try SealedSelf.ensure()
        } catch {
            throw .failed("cannot run from a sealed copy of this program: \(error)")
        }
    }

    private func checkOperands(_ command: Command, _ count: Int) throws(CommandLineError) {
        let (least, greatest) = command.operands
        if count >= least && count <= greatest ?? Int.max { return }
        let bound =
            greatest == least
            ? "exactly \(least)" : count < least ? "a minimum of \(least)" : "a maximum of \(greatest ?? 0)"
        throw .usage("\(name): \"\(command.name)\" requires \(bound) argument(s)")
    }

    private mutating func readGlobalOptions(_ options: ParsedOptions) throws(CommandLineError) {
        root = options.value("root") ?? Self.defaultRoot()
        isRootGiven = options.isGiven("root")
        log.file = options.value("log") ?? ""
        log.isDebug = options.has("debug")
        try log.check()
        switch options.value("log-format") ?? "text" {
        case "text": log.isJSON = false
        case "json": log.isJSON = true
        case let other: throw .usage("invalid log-format: \(other)")
        }
        switch options.value("rootless") ?? "auto" {
        case "true": rootless = .always
        case "false": rootless = .never
        case "auto": rootless = .whenUnprivileged
        case let other: throw .usage("invalid rootless: \(other); expected true, false or auto")
        }
        usesSystemd = options.has("systemd-cgroup")
        switch options.value("cgroup-manager") ?? "cgroupfs" {
        case "cgroupfs": break
        case "systemd": usesSystemd = true
        case "disabled": usesControlGroups = false
        case let other: throw .usage("invalid cgroup-manager: \(other)")
        }
    }

    /// As runc: /run, or an ordinary user's own directory.
    private static func defaultRoot() -> String {
        if geteuid() != 0, let directory = getenv("XDG_RUNTIME_DIR") {
            return String(cString: directory) + "/coffer"
        }
        return "/run/coffer-containers"
    }

    /// The operator's word takes the place of a policy; in the appliance it is not to be had.
    func authority() throws(CommandLineError) -> OperatorAuthority {
        do throws(OperatorAuthorityError) {
            return try OperatorAuthority.claim()
        } catch {
            throw .failed(error.description)
        }
    }
}

/// Runs a part of a command; the runtime's error gets the command's prefix.
func command<Value: ~Copyable>(
    _ prefix: String = "", _ body: () throws(RuntimeError) -> Value
) throws(CommandLineError) -> Value {
    do throws(RuntimeError) {
        return try body()
    } catch {
        throw .runtime(prefix: prefix, error)
    }
}
