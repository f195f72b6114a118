internal import Foundation
internal import Hypervisor

/// The launcher's life: bring the pod up, serve the control socket, wait for its end, clean up.
struct PodSession {
    let launcher: PodLauncher
    /// Seconds that containers have to end by themselves.
    let grace: Double

    /// - Returns: 0, or the exit code of the first container that failed.
    func run() throws -> Int32 {
        let interrupts = InterruptWatcher()
        let pod: RunningPod
        do {
            pod = try interrupts.during { try launcher.launch() }
        } catch {
            throw PodRefusal.failure(error, doing: "starting pod \"\(launcher.directory.name)\"")
        }
        let control = try ControlServer(pod)
        control.start()
        interrupts.handle { count in
            if count > 1 {
                pod.machine.stop()
            } else {
                Terminal.error("stopping \(launcher.directory.name) (again to stop at once)")
                pod.stop(graceSeconds: grace)
            }
        }
        let states = pod.waitForAll()
        let wasStopped = pod.stopping
        pod.stop(graceSeconds: 0)
        try? FileManager.default.removeItem(atPath: launcher.directory.scratch)
        for spare in pod.record.spares { unlink(spare.path) }
        try launcher.directory.writeFinal(states)
        // LAST: whoever waits for the end may take the directory away from here on.
        control.stop()
        return wasStopped ? 0 : Self.exitCode(states)
    }

    /// 0 when every container succeeded, else the first other code (1 for a container that was lost).
    static func exitCode(_ states: [PodProcess]) -> Int32 {
        for process in states {
            switch process.state {
            case .exited(0): continue
            case .exited(let code):
                return Int32(truncatingIfNeeded: code & 0xFF) == 0 ? 1 : Int32(code & 0xFF)
            case .created, .running, .lost: return 1
            }
        }
        return 0
    }
}
