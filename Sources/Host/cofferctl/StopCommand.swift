internal import ArgumentParser
internal import Foundation
internal import JSON

/// `cofferctl stop`: end a pod.
struct StopCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: "Stop a pod's containers and its machine.",
        discussion: """
            Containers are asked to end (SIGTERM), killed when they have not after --time seconds, and then the
            machine is powered off. The logs stay until the name is used again or --remove is given.

              cofferctl stop web
              cofferctl stop web --time 2 --remove
            """)

    @Argument(help: "The pod's name.")
    var pod: String

    @Option(name: .customLong("time"), help: "Seconds that containers have to end by themselves.")
    var grace = 10

    @Flag(help: "Remove the pod's directory with its logs, too.")
    var remove = false

    @OptionGroup var output: OutputOptions

    func run() throws {
        let directory = try PodDirectory.existing(pod)
        if directory.isAlive { try stop(directory) }
        if remove { try FileManager.default.removeItem(atPath: directory.path) }
        if output.json { Terminal.output(#"{"stopped":true}"#) }
    }

    private func stop(_ directory: PodDirectory) throws {
        let bar = ProgressBar("Stopping \(pod)", isQuiet: output.quiet)
        let connection = try ControlConnection.connect(to: directory)
        try connection.send(["operation": "stop", "grace": JSON(grace)])
        let answer = try connection.receive()?.json
        if answer?["event"]?.stringValue == "failed" {
            throw Failure(answer?["message"]?.stringValue ?? "the launcher did not say why")
        }
        // The launcher still cleans up after it has answered.
        for _ in 0..<100 where directory.isAlive { usleep(50_000) }
        bar.finish("stopped")
    }
}
