internal import CLinux

/// How a process ended. wait(2).
package enum ChildStatus: Equatable {
    /// It returned this code, 0 to 255.
    case exited(Int32)
    /// This signal ended it.
    case signalled(Int32)

    init?(waitStatus: Int32) {
        if coffer_wifexited(waitStatus) != 0 {
            self = .exited(coffer_wexitstatus(waitStatus))
        } else if coffer_wifsignaled(waitStatus) != 0 {
            self = .signalled(coffer_wtermsig(waitStatus))
        } else {
            return nil
        }
    }

    /// The code a shell would report: 128 plus the signal's number when a signal ended the process.
    package var exitCode: UInt32 {
        switch self {
        case .exited(let code): return UInt32(truncatingIfNeeded: code)
        case .signalled(let signal): return 128 &+ UInt32(truncatingIfNeeded: signal)
        }
    }
}

/// A descriptor that becomes readable when one of its signals arrives. signalfd(2).
struct SignalDescriptor: ~Copyable {
    let descriptor: Descriptor

    /// Blocks the signal for this process, so that it arrives here and nowhere else.
    init(blocking signal: Int32) throws(Errno) {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, signal)
        if sigprocmask(SIG_BLOCK, &set, nil) != 0 { throw Errno(coffer_errno()) }
        descriptor = Descriptor(owning: Int32(try valueOrErrno(Int(coffer_signalfd(&set)))))
    }

    /// Takes the signals that have arrived.
    borrowing func drain() {
        var information = signalfd_siginfo()
        while read(descriptor.raw, &information, MemoryLayout<signalfd_siginfo>.size) > 0 {}
    }
}

extension EventLoop {
    /// Starts to reap: every child of this process, adopted orphans included, is waited for when it ends.
    ///
    /// SIGCHLD stays blocked in this process; a child that is to run other programs unblocks it before execve.
    package func reapChildren() throws(Errno) {
        if childSignals != nil { return }
        let signals = try SignalDescriptor(blocking: SIGCHLD)
        try watchChildSignals(signals.descriptor)
        childSignals = consume signals
        // What ended before SIGCHLD was blocked left no signal behind.
        reap()
    }

    /// Calls `handler` once when the child ends. To be called before control returns to the loop after the child
    /// was made; without a handler the child is reaped and forgotten.
    package func onExit(of child: Int32, _ handler: @escaping (ChildStatus) -> Void) {
        children[child] = handler
    }

    /// Reaps whatever has ended. waitpid(2).
    func reap() {
        childSignals?.drain()
        while true {
            var status: Int32 = 0
            let child = waitpid(-1, &status, WNOHANG)
            if child <= 0 { return }
            guard let ended = ChildStatus(waitStatus: status) else { continue }
            children.removeValue(forKey: child)?(ended)
        }
    }
}
