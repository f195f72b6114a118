internal import CLinux
internal import Linux

/// The part of the boot that the control channel does not wait for: a child loads the other modules and makes the
/// kernel's settings while PID 1 answers the host's first messages.
///
/// Nothing but negotiation is served before a policy is in force, and a policy is put in force only after this is
/// done: `finish` is called where HOST_DATA is asked for.
final class BootSettling {
    private let child: Int32
    private var isDone = false

    /// Starts the child. BEFORE the event loop exists, so that the child has nothing of it.
    init(_ modules: BootModules) throws(BootError) {
        do throws(Errno) {
            guard let made = try clone([], into: nil) else { Self.settle(modules) }
            child = made.pid
        } catch {
            throw .settling(error)
        }
    }

    /// Notices the child's end whenever it comes.
    func watch(in loop: EventLoop) {
        loop.onExit(of: child) { status in self.ended(well: status == .exited(0)) }
    }

    /// Waits until everything is loaded and set. waitpid(2).
    func finish() {
        if isDone { return }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            // ECHILD: the event loop was faster, and would have ended the machine had there been an error.
            if coffer_errno() != EINTR { return }
        }
        ended(well: coffer_wifexited(status) != 0 && coffer_wexitstatus(status) == 0)
    }

    private func ended(well: Bool) {
        if !well { BootDeath.end("the machine could not be settled") }
        if !isDone {
            BootLog.milestone("settled")
            BootLog.memory("before a policy")
        }
        isDone = true
    }

    private static func settle(_ modules: BootModules) -> Never {
        do throws(BootError) {
            try modules.load(.late)
            // AFTER the modules: the last setting forbids loading any more.
            for entry in BootTables.sysctls { try Boot.set(entry) }
        } catch {
            BootLog.line(error.description)
            _exit(1)
        }
        _exit(0)
    }
}
