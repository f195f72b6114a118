internal import ArgumentParser
internal import Foundation
internal import JSON

/// `cofferctl stats`: what a pod and its containers use.
struct StatsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "Show what a pod and its containers use.",
        discussion: """
            Processors, memory, processes, and bytes that went from and to disks, per container and of the pod, again
            and again until Ctrl-C or the pod's end. Processor time is shown as a share of one processor since the
            line before. The guest answers only if the policy allows it (policy generate --allow-properties);
            otherwise the exit code is 3.

              cofferctl stats web
              cofferctl stats web nginx --no-stream --json
            """)

    @Argument(help: "The pod's name.")
    var pod: String

    @Argument(help: "Containers' names, or the starts of their ids; all when none is given.")
    var containers: [String] = []

    @Flag(help: "Show one table, taken over one interval, and end.")
    var noStream = false

    @Option(help: "Seconds between two tables.")
    var interval = 1.0

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard interval >= 0.1, interval <= 3600 else {
            throw ValidationError("--interval: 0.1 to 3600 seconds, got \(interval)")
        }
    }

    func run() throws {
        let directory = try PodDirectory.existing(pod)
        var earlier = try sample(directory)
        while true {
            Thread.sleep(forTimeInterval: interval)
            // A pod that ends meanwhile is the end of the stream, and a failure of a single table.
            if !noStream, !directory.isAlive { return }
            let now = try sample(directory)
            show(now, since: earlier)
            if noStream { return }
            earlier = now
        }
    }

    private func sample(_ directory: PodDirectory) throws -> PodSample {
        let event = try ControlConnection.ask(
            directory, ["operation": "stats", "containers": JSON(containers)],
            hintOfRefusal: "a policy made with cofferctl policy generate --allow-properties lets the host ask"
        )
        return PodSample(event, pod: pod)
    }

    private func show(_ now: PodSample, since earlier: PodSample) {
        if output.json {
            var object = JSONObject()
            object["pod"] = now.pod.map { $0.json(processors: now.processors($0, since: earlier)) } ?? .null
            object["containers"] = .array(
                now.rows.map { $0.json(processors: now.processors($0, since: earlier)) })
            return Terminal.output(bytes: JSON.object(object).serialized() + [10])
        }
        let isRedrawn = !noStream && isatty(STDOUT_FILENO) == 1
        // Home, the table, and nothing of the last one below it.
        Terminal.output((isRedrawn ? "\u{1B}[H\u{1B}[2J" : "") + Self.table(now, since: earlier))
    }

    /// The containers, and the pod as the last line.
    static func table(_ now: PodSample, since earlier: PodSample?) -> String {
        var rows = [
            ["CONTAINER", "ID", "CPU %", "MEMORY", "LIMIT", "MEMORY %", "PROCESSES", "READ", "WRITTEN"]
        ]
        for row in now.rows { rows.append(cells(row, row.id, now, earlier)) }
        if let pod = now.pod { rows.append(cells(pod, "(the pod)", now, earlier)) }
        return PodTable.text(rows)
    }

    private static func cells(
        _ row: PodSample.Row, _ id: String, _ now: PodSample, _ earlier: PodSample?
    ) -> [String] {
        let share = now.processors(row, since: earlier).map { String(format: "%.1f", $0 * 100) } ?? "-"
        let part = row.memoryLimit.map { String(format: "%.1f", Double(row.memory) * 100 / Double($0)) }
        return [
            row.name, String(id.prefix(12)), share, ByteCount.text(row.memory),
            row.memoryLimit.map(ByteCount.text) ?? "-", part ?? "-",
            "\(row.processes)" + (row.processLimit.map { "/\($0)" } ?? ""), ByteCount.text(row.readBytes),
            ByteCount.text(row.writtenBytes),
        ]
    }
}
