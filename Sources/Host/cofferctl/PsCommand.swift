internal import ArgumentParser
internal import Foundation
internal import JSON

/// `cofferctl ps`: the pods on this host and their containers.
struct PsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ps",
        abstract: "List pods and their containers.",
        discussion: """
            Without a name all running pods; with --all those that have ended, too. A container that was killed
            because its memory ran out is OOMKilled.

              cofferctl ps
              cofferctl ps web --json
            """)

    @Argument(help: "A pod's name.")
    var pod: String?

    @Flag(name: .shortAndLong, help: "Pods that have ended, too.")
    var all = false

    @OptionGroup var output: OutputOptions

    func run() throws {
        let directories = try pod.map { [try PodDirectory.existing($0)] } ?? PodDirectory.all()
        var pods: [JSONObject] = []
        for directory in directories {
            guard let record = try? directory.readRecord() else { continue }
            let object = try PodTable.json(directory, record)
            if all || pod != nil || object["running"]?.boolValue == true { pods.append(object) }
        }
        if output.json {
            Terminal.output(bytes: JSON.array(pods.map { .object($0) }).serialized() + [10])
        } else {
            Terminal.output(table(pods))
        }
    }

    private func table(_ pods: [JSONObject]) -> String {
        var rows = [["POD", "CONTAINER", "ID", "STATE", "PID", "PORTS"]]
        for pod in pods {
            let running = pod["running"]?.boolValue ?? false
            let ports = (pod["ports"]?.arrayValue ?? []).compactMap(\.objectValue).map {
                "127.0.0.1:\($0["host"]?.intValue ?? 0)->\($0["guest"]?.intValue ?? 0)"
            }
            for container in (pod["containers"]?.arrayValue ?? []).compactMap(\.objectValue) {
                var state = container["state"]?.stringValue ?? ""
                if state == "exited", let reason = container["reason"]?.stringValue { state = reason }
                if let code = container["exitCode"]?.intValue { state += " (\(code))" }
                if !running, state == "running" { state = "ended" }
                rows.append([
                    pod["name"]?.stringValue ?? "", container["name"]?.stringValue ?? "",
                    String((container["id"]?.stringValue ?? "").prefix(12)), state,
                    container["pid"]?.intValue.map { "\($0)" } ?? "-", ports.joined(separator: ","),
                ])
            }
        }
        return PodTable.text(rows)
    }
}
