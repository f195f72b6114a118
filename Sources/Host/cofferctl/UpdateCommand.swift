internal import ArgumentParser
internal import Foundation
internal import JSON
internal import PolicyGenerator

/// `cofferctl update`: other limits for a running container.
struct UpdateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Change the limits of a running container.",
        discussion: """
            Limits can be raised and lowered. A memory limit below what the container uses makes the kernel reclaim
            and, if that is not enough, kill the container. That is why the guest does it only if the policy allows
            it (policy generate --allow-updates); otherwise the exit code is 3.

              cofferctl update web nginx --memory 128Mi --cpus 1.5
              cofferctl update web nginx --pids max
            """)

    @Argument(help: "The pod's name.")
    var pod: String

    @Argument(help: "The container's name, or the start of its id.")
    var container: String

    @Option(help: "Bytes, as a Kubernetes quantity such as 64Mi; max for no limit.")
    var memory: String?

    @Option(help: "Bytes that are reclaimed last when the machine's memory is short; max for all of them.")
    var memoryReservation: String?

    @Option(help: "Processors, such as 1.5 or 500m; max for no limit.")
    var cpus: String?

    @Option(help: "Weight against other containers when processors are short, 2 to 262144.")
    var cpuShares: UInt64?

    @Option(help: "Processes and threads; max for no limit.")
    var pids: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard memory != nil || memoryReservation != nil || cpus != nil || cpuShares != nil || pids != nil
        else { throw ValidationError("nothing to change: give --memory, --cpus, --pids or another limit") }
        if let cpuShares, !(2...262_144).contains(cpuShares) {
            throw ValidationError("--cpu-shares: 2 to 262144, got \(cpuShares)")
        }
        _ = try resources()
    }

    func run() throws {
        _ = try ControlConnection.ask(
            try PodDirectory.existing(pod),
            ["operation": "update", "container": .string(container), "resources": try resources()],
            hintOfRefusal: "a policy made with cofferctl policy generate --allow-updates lets the host do it")
        if output.json { Terminal.output(#"{"updated":true}"#) }
    }

    /// The limits as the request carries them: OCI runtime specification, config-linux.md, resources.
    func resources() throws -> JSON {
        var resources = JSONObject()
        var memoryLimits = JSONObject()
        if let memory { memoryLimits["limit"] = try Self.limit(memory, "--memory", scale: 1) }
        if let memoryReservation {
            memoryLimits["reservation"] = try Self.limit(
                memoryReservation, "--memory-reservation", scale: 1)
        }
        if !memoryLimits.members.isEmpty { resources["memory"] = .object(memoryLimits) }
        var processors = JSONObject()
        if let cpus {
            // Of periods of 100 ms; at least 1 ms, the least that the kernel takes.
            let limit = try Self.limit(cpus, "--cpus", scale: 100_000).intValue ?? -1
            processors["quota"] = JSON(limit < 0 ? -1 : max(1000, limit))
            processors["period"] = 100_000
        }
        if let cpuShares { processors["shares"] = JSON(cpuShares) }
        if !processors.members.isEmpty { resources["cpu"] = .object(processors) }
        if let pids { resources["pids"] = ["limit": try Self.limit(pids, "--pids", scale: 1)] }
        return .object(resources)
    }

    /// -1 for max.
    private static func limit(_ text: String, _ option: String, scale: UInt64) throws -> JSON {
        if text == "max" { return -1 }
        guard let value = Quantity.parse(text, scale: scale), value > 0 else {
            throw ValidationError("\(option): a quantity such as 2, 500m or 64Mi, or max; got \"\(text)\"")
        }
        return JSON(value)
    }
}
