internal import Foundation
internal import Hypervisor

/// Starts the launcher as a process of its own and waits until the pod runs.
struct DetachedLauncher {
    let directory: PodDirectory
    let isQuiet: Bool

    /// Shows the launcher's notes on the way; its failure is this command's, exit code included.
    func start() throws {
        try directory.create()
        var arguments = CommandLine.arguments.dropFirst().filter { $0 != "--detach" && $0 != "-d" }
        arguments.append("--launcher")
        let child: ChildProcess
        do throws(MachineError) {
            child = try ChildProcess(
                executable: "/proc/self/exe", arguments: Array(arguments), output: directory.launcherLog,
                outlives: true)
        } catch {
            throw Failure("cannot start the launcher: \(error)")
        }
        var shown = 0
        while true {
            let status = child.wait(deadline: .after(seconds: 0.1))
            shown = show(from: shown, always: status != nil)
            if let status { try end(status) }
            if directory.isAlive { return }
        }
    }

    /// A launcher that is gone already: done, or failed with its own code.
    private func end(_ status: ChildProcess.Status) throws -> Never {
        switch status {
        case .exited(let code): Foundation.exit(code)
        case .signalled:
            throw Failure("the launcher ended with \(status)", hint: "see \(directory.launcherLog)")
        }
    }

    private func show(from offset: Int, always: Bool) -> Int {
        guard let data = FileManager.default.contents(atPath: directory.launcherLog), data.count > offset
        else {
            return offset
        }
        if !isQuiet || always { Terminal.write(Array(data.dropFirst(offset)), to: STDERR_FILENO) }
        return data.count
    }
}
