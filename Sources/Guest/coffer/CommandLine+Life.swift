internal import CLinux
internal import JSON
internal import Linux
internal import OCI
internal import Policy
internal import Runtime

extension OCICommandLine.Command {
    static let start = OCICommandLine.Command(
        name: "start", usage: "<container-id>", summary: "run the program of a created container",
        options: [],
        stopsAfter: nil, operands: (1, 1),
        run: { line, options throws(CommandLineError) in
            let id = options.operands[0]
            let permit = try line.authority().permit(StartContainer(containerID: id))
            let found = try line.find(id)
            let socket = found.status == .created ? try line.notifySocket(id) : nil
            do throws(RuntimeError) {
                try found.start(permit)
            } catch {
                throw .runtime(prefix: "", error)
            }
            if let socket, let pidfd = found.pidfd { socket.wait(for: found.record.pid, pidfd) }
        })

    static let state = OCICommandLine.Command(
        name: "state", usage: "<container-id>", summary: "print a container's state as JSON", options: [],
        stopsAfter: nil, operands: (1, 1),
        run: { line, options throws(CommandLineError) in
            let found = try line.find(options.operands[0])
            printLine(indented(line.describe(found, owner: "")))
        })

    static let kill = OCICommandLine.Command(
        name: "kill", usage: "<container-id> [signal]",
        summary: "send a signal to a container's first process",
        options: [
            OptionForm("all", short: "a", "accepted for compatibility: all processes of the container")
        ],
        stopsAfter: nil, operands: (1, 2),
        run: { line, options throws(CommandLineError) in
            let name = options.operands.count > 1 ? options.operands[1] : "SIGTERM"
            guard let number = signalNumber(name) else { throw .failed("unknown signal \"\(name)\"") }
            let found = try line.find(options.operands[0])
            let permit = try line.authority().permit(
                SignalProcess(containerID: found.record.id, processID: nil, signal: number))
            do throws(RuntimeError) {
                try found.signal(permit, toAll: options.has("all"))
            } catch {
                throw .runtime(prefix: "", error)
            }
        })

    static let delete = OCICommandLine.Command(
        name: "delete", usage: "<container-id>", summary: "remove what a container leaves behind",
        options: [
            OptionForm("force", short: "f", "end it first if it runs; a missing container is no error")
        ],
        stopsAfter: nil, operands: (1, nil),
        run: { line, options throws(CommandLineError) in
            let force = options.has("force")
            for id in options.operands {
                let permit = try line.authority().permit(DeleteContainer(containerID: id))
                do throws(RuntimeError) {
                    try StoredContainer.find(root: line.root, id: id).delete(
                        permit, force: force, warn: { line.log.warning($0) })
                } catch .wrongState("container does not exist") where force {
                    // What was half made has no record but a directory.
                    try command { () throws(RuntimeError) in
                        try StateDirectory(root: line.root, id: id).remove()
                    }
                } catch {
                    throw .runtime(prefix: "", error)
                }
            }
        })

    static let pause = OCICommandLine.Command(
        name: "pause", usage: "<container-id>", summary: "stop all processes of a container for a while",
        options: [], stopsAfter: nil, operands: (1, 1),
        run: { line, options throws(CommandLineError) in
            let found = try line.find(options.operands[0])
            guard found.status == .running || found.status == .created else {
                throw .failed("container not running or created: \(found.status.rawValue)")
            }
            try command { () throws(RuntimeError) in try found.controlGroup().setFrozen(true) }
        })

    static let resume = OCICommandLine.Command(
        name: "resume", usage: "<container-id>", summary: "let the processes of a paused container go on",
        options: [], stopsAfter: nil, operands: (1, 1),
        run: { line, options throws(CommandLineError) in
            let found = try line.find(options.operands[0])
            if found.status != .paused { throw .failed("container not paused") }
            try command { () throws(RuntimeError) in try found.controlGroup().setFrozen(false) }
        })

    static let list = OCICommandLine.Command(
        name: "list", usage: "", summary: "list containers",
        options: [
            OptionForm("format", short: "f", value: true, "table or json"),
            OptionForm("quiet", short: "q", "only ids"),
        ], stopsAfter: nil, operands: (0, 0),
        run: { line, options throws(CommandLineError) in try line.list(options) })

    static let processes = OCICommandLine.Command(
        name: "ps", usage: "<container-id> [ps options]", summary: "list a container's processes",
        options: [OptionForm("format", short: "f", value: true, "table or json")], stopsAfter: 1,
        operands: (1, nil),
        run: { line, options throws(CommandLineError) in
            let found = try line.find(options.operands[0])
            let pids = try command { () throws(RuntimeError) in try found.controlGroup().processes() }
            if options.value("format") == "json" {
                printLine("[" + pids.map { "\($0)" }.joined(separator: ",") + "]")
            } else {
                try showProcesses(pids, Array(options.operands.dropFirst()))
            }
        })
}

extension OCICommandLine {
    /// Finds a container by its id.
    func find(_ id: String) throws(CommandLineError) -> StoredContainer {
        do throws(RuntimeError) {
            return try StoredContainer.find(root: root, id: id)
        } catch {
            throw .runtime(prefix: "", error)
        }
    }

    /// A container as `state` and `list` print it.
    func describe(_ container: StoredContainer, owner: String) -> JSON {
        let record = container.record
        var writer = OCI.ObjectWriter()
        writer.put("ociVersion", OCI.version)
        writer.put("id", record.id)
        writer.put("pid", container.status == .stopped ? 0 : record.pid)
        writer.put("status", container.status.rawValue)
        writer.put("bundle", record.bundle)
        writer.put("rootfs", record.root)
        writer.put("created", record.created)
        writer.put("annotations", unlessEmpty: record.annotations)
        writer.put("owner", owner)
        return .object(writer.object)
    }

    private func list(_ options: ParsedOptions) throws(CommandLineError) {
        var status = stat()
        let result = coffer_stat(root, &status)
        if result == -Int(ENOENT) && !isRootGiven { return printList([], options) }
        if result < 0 {
            throw .failed("open \(root): \(Errno(Int32(truncatingIfNeeded: -result)).goText)")
        }
        let ids: [String]
        do throws(RuntimeError) {
            ids = try StateDirectory.list(root: root)
        } catch {
            throw .runtime(prefix: "", error)
        }
        var found: [StoredContainer] = []
        for id in ids { found.append(try find(id)) }
        printList(found, options)
    }

    private func printList(_ found: [StoredContainer], _ options: ParsedOptions) {
        if options.has("quiet") {
            for container in found { printLine(container.record.id) }
        } else if options.value("format") == "json" {
            let entries = found.map { describe($0, owner: userName($0.record.owner)) }
            printLine(entries.isEmpty ? "null" : JSON.array(entries).text)
        } else {
            printTable(
                [["ID", "PID", "STATUS", "BUNDLE", "CREATED", "OWNER"]]
                    + found.map { container in
                        [
                            container.record.id,
                            container.status == .stopped ? "0" : "\(container.record.pid)",
                            container.status.rawValue, container.record.bundle, container.record.created,
                            userName(container.record.owner),
                        ]
                    })
        }
    }
}

/// The name of a user of this machine, or `#` and the number.
private func userName(_ number: UInt32) -> String { number == 0 ? "root" : "#\(number)" }

/// Columns as wide as their widest cell.
func printTable(_ rows: [[String]]) {
    var widths: [Int] = []
    for row in rows {
        for (index, cell) in row.enumerated() {
            if index == widths.count { widths.append(12) }
            widths[index] = max(widths[index], cell.utf8.count + 3)
        }
    }
    for row in rows {
        var line = ""
        for (index, cell) in row.enumerated() {
            line += index == row.count - 1 ? cell : padded(cell, widths[index])
        }
        printLine(line)
    }
}

/// A document with two spaces of indentation per level.
func indented(_ value: JSON, _ depth: Int = 0) -> String {
    let outer = String(repeating: "  ", count: depth)
    let inner = outer + "  "
    switch value {
    case .object(let object) where !object.members.isEmpty:
        let members = object.members.map { inner + JSON($0.key).text + ": " + indented($0.value, depth + 1) }
        return "{\n" + members.joined(separator: ",\n") + "\n" + outer + "}"
    case .array(let elements) where !elements.isEmpty:
        return "[\n" + elements.map { inner + indented($0, depth + 1) }.joined(separator: ",\n") + "\n"
            + outer + "]"
    default: return value.text
    }
}
