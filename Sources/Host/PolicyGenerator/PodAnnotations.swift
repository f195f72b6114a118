internal import Yams

/// The annotations by which a manifest says what Kubernetes has no field for:
///
/// - `coffer.dev/exec.CONTAINER`: a YAML list of commands that may be run in it; each a list of strings, or
///   `{command: [...], signals: [...]}`
/// - `coffer.dev/signals.CONTAINER`: a YAML list of signals that may be sent to it besides TERM, KILL and the image's
///   own stop signal
/// - `coffer.dev/stdio.CONTAINER`: "false" keeps its output inside the guest
struct PodAnnotations {
    static let prefix = "coffer.dev/"
    private static let defaultExecSignals = [1, 2, 9, 15]

    private var exec: [String: [PodManifest.ExecCommand]] = [:]
    private var signals: [String: [Int]] = [:]
    private var silent: Set<String> = []
    private var paths: [(path: String, container: String)] = []

    init(_ metadata: FieldReader) throws(PolicyGeneratorError) {
        guard let annotations = try metadata.object("annotations") else { return }
        for name in annotations.names where name.hasPrefix(Self.prefix) {
            let value = try annotations.required(name)
            let path = annotations.path(of: name)
            let parts = name.dropFirst(Self.prefix.count).split(separator: ".", maxSplits: 1)
            guard parts.count == 2 else { throw Self.unknown(path) }
            let container = String(parts[1])
            paths.append((path, container))
            switch parts[0] {
            case "exec": exec[container] = try Self.commands(value, path)
            case "signals": signals[container] = try Self.signals(try Self.list(value, path), path)
            case "stdio":
                guard value == "true" || value == "false" else {
                    throw .value(path: path, expected: "\"true\" or \"false\"", found: "\"\(value)\"")
                }
                if value == "false" { silent.insert(container) }
            default: throw Self.unknown(path)
            }
        }
    }

    private static func unknown(_ path: String) -> PolicyGeneratorError {
        .unknownField(
            path: path,
            known: ["exec.CONTAINER", "signals.CONTAINER", "stdio.CONTAINER"].map { prefix + $0 })
    }

    func execCommands(of container: String) -> [PodManifest.ExecCommand] { exec[container] ?? [] }
    func signals(of container: String) -> [Int] { signals[container] ?? [] }
    func allowsStdio(_ container: String) -> Bool { !silent.contains(container) }

    /// An annotation for a container that does not exist is a mistake.
    func checkContainers(_ names: Set<String>) throws(PolicyGeneratorError) {
        for (path, container) in paths where !names.contains(container) {
            throw .value(
                path: path, expected: "one of the containers \(names.sorted().joined(separator: ", "))",
                found: "\"\(container)\"")
        }
    }

    private static func list(_ text: String, _ path: String) throws(PolicyGeneratorError) -> [Node] {
        let node: Node?
        do { node = try Yams.compose(yaml: text) } catch { throw .yaml("\(path): \(error)") }
        guard case .sequence(let sequence)? = node else {
            throw .value(path: path, expected: "a YAML list", found: "\"\(text)\"")
        }
        return Array(sequence)
    }

    private static func commands(
        _ text: String, _ path: String
    ) throws(PolicyGeneratorError) -> [PodManifest.ExecCommand] {
        var commands: [PodManifest.ExecCommand] = []
        for (index, node) in try list(text, path).enumerated() {
            let place = "\(path)[\(index)]"
            var command: [String]
            var allowed = defaultExecSignals
            if case .mapping = node {
                let reader = try FieldReader(node, at: place)
                command = try reader.strings("command") ?? []
                if let list = reader.node("signals") {
                    guard case .sequence(let sequence) = list else {
                        throw reader.wrong("signals", list, "a list")
                    }
                    allowed = try signals(Array(sequence), reader.path(of: "signals"))
                }
                try reader.finish()
            } else {
                command = try FieldReader.strings(node, place)
            }
            guard !command.isEmpty else { throw .missing(path: place) }
            commands.append(PodManifest.ExecCommand(command: command, signals: allowed))
        }
        return commands
    }

    private static func signals(_ nodes: [Node], _ path: String) throws(PolicyGeneratorError) -> [Int] {
        var numbers: [Int] = []
        for node in nodes {
            guard case .scalar(let scalar) = node, let number = SignalTable.number(scalar.string) else {
                throw .value(path: path, expected: "signals by name or number", found: FieldReader.kind(node))
            }
            numbers.append(number)
        }
        return numbers
    }
}
