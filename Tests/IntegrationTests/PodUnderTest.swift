import Foundation
import JSON

/// A pod in a machine of its own, driven with `cofferctl` only. Stopped when dropped.
final class PodUnderTest: Sendable {
    let name: String
    let hostPort: UInt16

    /// Starts a pod in the background and returns when its containers run.
    ///
    /// - Parameters:
    ///   - manifest: the demo's when not given.
    ///   - policy, appliance: nil for the suite's own.
    init(
        name: String = "pod\(UInt32.random(in: 0..<1_000_000))", manifest: String = VMTests.manifest,
        policy: String? = nil, appliance: String? = nil, arguments: [String] = []
    ) throws {
        self.name = name
        hostPort = try Self.freePort()
        let inputs = try VMTests.inputs.get()
        let result = try Cofferctl.run(
            [
                "run", manifest, "--images", inputs.images, "--policy", policy ?? inputs.policy,
                "--appliance", appliance ?? inputs.appliance, "--name", name, "-p", "\(hostPort):80",
                "--detach",
            ] + arguments)
        guard result.status == 0 else {
            throw Cofferctl.Failure(description: "the pod did not start (\(result.status)): \(result.errors)")
        }
    }

    deinit { _ = try? Cofferctl.run(["stop", name, "--time", "2", "--remove"]) }

    /// Runs a command in a container.
    func exec(_ container: String, _ command: String..., input: String? = nil) throws -> Cofferctl.Result {
        try Cofferctl.run(
            ["exec"] + (input == nil ? [] : ["-i"]) + [name, container, "--"] + command, input: input)
    }

    /// Returns when redis takes connections; its benchmark spins for ever when the first one is refused.
    func waitForRedis() throws {
        let limit = Date(timeIntervalSinceNow: 120)
        while try exec("redis", "redis-cli", "ping").status != 0 {
            if Date() > limit { throw Cofferctl.Failure(description: "redis does not answer") }
            Thread.sleep(forTimeInterval: 0.5)
        }
    }

    /// What `ps --json` says of this pod.
    func status() throws -> JSONObject {
        let result = try Cofferctl.run(["ps", name, "--json"])
        guard let pod = try JSON.parse(result.output).arrayValue?.first?.objectValue else {
            throw Cofferctl.Failure(description: "ps: \(result.output)\(result.errors)")
        }
        return pod
    }

    /// Gets a page over the forwarded port.
    func get(_ path: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/curl")
        process.arguments = [
            "--silent", "--show-error", "--fail", "--max-time", "60", "--retry", "20", "--retry-connrefused",
            "--retry-all-errors", "--retry-delay", "1", "http://127.0.0.1:\(hostPort)\(path)",
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Cofferctl.Failure(description: "GET \(path): curl ended with \(process.terminationStatus)")
        }
        return String(decoding: data, as: UTF8.self)
    }

    /// A port of the loopback address that is free now.
    private static func freePort() throws -> UInt16 {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let port = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer -> Bool in
                bind(socket, .init(__sockaddr__: pointer), size) == 0
                    && getsockname(socket, .init(__sockaddr__: pointer), &size) == 0
            }
        }
        guard port else { throw Cofferctl.Failure(description: "no free port") }
        return UInt16(bigEndian: address.sin_port)
    }
}
