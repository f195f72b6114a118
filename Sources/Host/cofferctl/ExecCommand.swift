internal import ArgumentParser
internal import Foundation
internal import JSON

/// `cofferctl exec`: a further process in a running container.
struct ExecCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exec",
        abstract: "Run a command in a running container.",
        discussion: """
            Only commands that the pod's policy lists are started; anything else is refused with exit code 3. The
            exit code is the command's own.

              cofferctl exec web redis -- redis-cli ping
              cofferctl exec -i -t web nginx -- /bin/sh
            """)

    @Flag(name: .short, help: "Pass standard input on.")
    var input = false

    @Flag(name: .short, help: "Give the command a terminal of this one's size.")
    var tty = false

    @Option(
        name: [.customShort("e"), .customLong("env")],
        help: "NAME=VALUE: one more variable; the policy must allow it.")
    var environment: [String] = []

    @Option(
        name: [.customShort("w"), .customLong("workdir")],
        help: "Another working directory; the policy must allow it.")
    var workingDirectory: String?

    @Argument(help: "The pod's name.")
    var pod: String

    @Argument(help: "The container's name, or the start of its id.")
    var container: String

    @Argument(parsing: .postTerminator, help: "The command and its arguments, after --.")
    var command: [String]

    func validate() throws {
        if command.isEmpty { throw ValidationError("no command: cofferctl exec POD CONTAINER -- COMMAND") }
    }

    func run() throws {
        let connection = try ControlConnection.connect(to: try PodDirectory.existing(pod))
        let terminal = tty ? TerminalMode() : nil
        defer { terminal?.restore() }
        try connection.send(request(terminal))
        var isStarted = false
        while let frame = try connection.receive() {
            switch frame.channel {
            case .output: Terminal.write(frame.bytes, to: STDOUT_FILENO)
            case .error: Terminal.write(frame.bytes, to: STDERR_FILENO)
            case .input: break
            case .control:
                guard let event = frame.json else { continue }
                if event["event"]?.stringValue == "started", !isStarted {
                    isStarted = true
                    begin(connection, terminal)
                } else {
                    terminal?.restore()
                    try finish(event)
                }
            }
        }
        terminal?.restore()
        throw Failure("the pod ended while the command ran")
    }

    private func request(_ terminal: TerminalMode?) -> JSON {
        var object = JSONObject()
        object["operation"] = "exec"
        object["container"] = .string(container)
        object["arguments"] = JSON(command)
        object["input"] = .bool(input)
        object["terminal"] = .bool(tty)
        if !environment.isEmpty { object["environment"] = JSON(environment) }
        if let workingDirectory { object["workingDirectory"] = .string(workingDirectory) }
        if let size = terminal?.size {
            object["rows"] = JSON(Int(size.rows))
            object["columns"] = JSON(Int(size.columns))
        }
        return .object(object)
    }

    private func begin(_ connection: ControlConnection, _ terminal: TerminalMode?) {
        if input {
            terminal?.makeRaw()
            let thread = Thread { Self.copyInput(to: connection) }
            thread.name = "standard input"
            thread.start()
        }
        terminal?.watchSize { size in
            try? connection.send(["rows": JSON(Int(size.rows)), "columns": JSON(Int(size.columns))])
        }
    }

    /// An empty frame tells the end.
    private static func copyInput(to connection: ControlConnection) {
        var buffer = [UInt8](repeating: 0, count: 32768)
        while true {
            let count = read(STDIN_FILENO, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard (try? connection.send(.input, Array(buffer.prefix(max(count, 0))))) != nil, count > 0 else {
                return
            }
        }
    }

    private func finish(_ event: JSONObject) throws {
        switch event["event"]?.stringValue {
        case "exited": throw ExitCode(Int32(truncatingIfNeeded: event["code"]?.intValue ?? 1))
        case "failed":
            let message = event["message"]?.stringValue ?? "no reason given"
            throw event["refused"]?.boolValue == true ? Failure.refused(message) : Failure(message)
        default: return
        }
    }
}
