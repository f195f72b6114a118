internal import BridgeClient
internal import Foundation
internal import Hypervisor
internal import JSON
internal import Wire

/// A further process in a container, its streams over the control connection.
struct ExecOperation {
    let pod: RunningPod
    let connection: ControlConnection

    /// Starts the process, carries its streams, and sends its exit code at the end.
    func run(_ request: JSONObject) throws {
        let container = try pod.container(request["container"]?.stringValue ?? "")
        let terminal = request["terminal"]?.boolValue ?? false
        var parameters = ProcessParameters()
        parameters.ociProcess = try process(container, request, terminal: terminal)
        parameters.createStdInPipe = request["input"]?.boolValue ?? false
        parameters.createStdOutPipe = true
        parameters.createStdErrPipe = !terminal
        let streams = try ProcessStreams(parameters, pod.ports)
        defer { streams.close() }
        let bridge = pod.bridge
        let pid = try bridge.current(seconds: 30).execute(container.id, parameters, streams.ports)
        try connection.send(["event": "started", "pid": JSON(Int(pid))])
        streams.pump(isInit: false) { [connection] stream, bytes in
            guard let bytes, !bytes.isEmpty else { return }
            // The asker may be gone; the process is then ended by `readAsker`.
            try? connection.send(stream == .error ? .error : .output, bytes)
        }
        if terminal, let rows = request["rows"]?.intValue, let columns = request["columns"]?.intValue {
            try? bridge.current(seconds: 5).resize(
                container.id, process: pid, rows: UInt16(clamping: rows), columns: UInt16(clamping: columns))
        }
        let input = try streams.acceptInput()
        let asker = Thread { [self] in readAsker(container.id, pid, input) }
        asker.name = "exec input"
        asker.start()
        let state = pod.waitForExit(container.id, pid)
        _ = streams.waitForEnd(seconds: 5)
        switch state {
        case .exited(let code): try connection.send(["event": "exited", "code": JSON(Int(code))])
        case .lost(let reason): throw Failure("the process was lost: \(reason)")
        case .created, .running: throw Failure("the process did not end")
        }
        connection.shutdown()
    }

    /// The container's own process with other arguments; everything else is what the policy already knows.
    private func process(
        _ container: LaunchPlan.Container, _ request: JSONObject, terminal: Bool
    ) throws -> JSON {
        guard var process = container.specification.objectValue?["process"]?.objectValue,
            let arguments = request["arguments"]?.arrayValue, !arguments.isEmpty
        else { throw Failure("an exec needs a container with a process, and arguments") }
        process["args"] = .array(arguments)
        process["terminal"] = .bool(terminal)
        if let directory = request["workingDirectory"] { process["cwd"] = directory }
        var environment = process["env"]?.arrayValue ?? []
        environment += request["environment"]?.arrayValue ?? []
        if terminal, !environment.contains(where: { $0.stringValue?.hasPrefix("TERM=") ?? false }) {
            environment.append("TERM=xterm")
        }
        process["env"] = .array(environment)
        return .object(process)
    }

    /// Passes the asker's input, sizes and signals on; an asker that hangs up ends the process.
    private func readAsker(_ container: String, _ pid: UInt32, _ input: VsockStream?) {
        while let frame = try? connection.receive() {
            switch frame.channel {
            case .input:
                if frame.bytes.isEmpty { input?.finishWriting() } else { try? input?.write(frame.bytes) }
            case .control: if let json = frame.json { handle(json, container, pid) }
            case .output, .error: break
            }
        }
        // SIGHUP, as a terminal that goes away would send; it does nothing when the process has ended.
        try? pod.bridge.current(seconds: 5).signal(container, process: pid, SIGHUP)
    }

    private func handle(_ event: JSONObject, _ container: String, _ pid: UInt32) {
        guard let client = try? pod.bridge.current(seconds: 5) else { return }
        if let rows = event["rows"]?.intValue, let columns = event["columns"]?.intValue {
            try? client.resize(
                container, process: pid, rows: UInt16(clamping: rows), columns: UInt16(clamping: columns))
        }
        if let signal = event["signal"]?.intValue {
            try? client.signal(container, process: pid, Int32(clamping: signal))
        }
    }
}
