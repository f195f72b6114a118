internal import CLinux
internal import Linux

/// criu, doing one thing: a child of this process that is asked and answers over a socket. criu(8), swrk.
///
/// It is never killed: when its caller goes away it takes back what it began, and lets the container go on.
final class CriuWorker {
    /// As this process's PID namespace numbers it.
    let pid: Int32
    private var channel: MessageSocket?

    /// The first descriptor that criu inherits besides its streams and the socket.
    static let firstInherited: Int32 = 4

    private init(pid: Int32, channel: consuming MessageSocket) {
        self.pid = pid
        self.channel = consume channel
    }

    /// Starts criu with this process's streams.
    ///
    /// - Parameters:
    ///   - descriptors: get numbers from `firstInherited` on.
    ///   - group: the control group of version 2 that it is born in; those of version 1 it enters itself.
    static func start(
        inheriting descriptors: [SharedDescriptor] = [], in group: borrowing Descriptor? = nil,
        legacyGroups: [LegacyGroup] = []
    ) throws(RuntimeError) -> CriuWorker {
        let program = try CriuProgram.find()
        let arguments = CStringArray([program, "swrk", "3"])
        let environment = CStringArray(CriuProgram.environment())
        var other: MessageSocket?
        let channel = try step(.createChannel) { () throws(Errno) in try MessageSocket.pair(other: &other) }
        let box = try step(.cloneProcess, "for \(program)") { () throws(Errno) in
            CloneBox(try clone([], into: group))
        }
        guard let process = box.process.take() else {
            guard let inner = other.take() else { fatalExit() }
            for group in legacyGroups {
                do throws(Errno) { try group.file.descriptor.writeOnce("0") } catch { fatalExit() }
            }
            become(
                program, arguments, environment, [inner.socket.raw] + descriptors.map { $0.descriptor.raw })
        }
        return CriuWorker(pid: process.pid, channel: channel)
    }

    /// Asks for one thing, answers what criu notifies of meanwhile, and waits for its end.
    ///
    /// - Parameter notified: gets each notification and the descriptor that came with it, before criu goes on.
    @discardableResult
    func perform(
        _ task: CriuTask, _ options: CriuOptions? = nil, features: ProtobufWriter? = nil,
        notified: (CriuReply, SharedDescriptor?) throws(RuntimeError) -> Void = { _, _ in }
    ) throws(RuntimeError) -> CriuReply {
        let reply: CriuReply
        do throws(RuntimeError) {
            reply = try ask(task, task.request(options, features: features), notified)
        } catch {
            try end()
            throw error
        }
        let status = try end()
        // After the memory alone it would wait for more to do, and there is no more.
        if status != 0 && task != .dumpMemory {
            throw .criu("criu failed: it ended with status \(status) after \(task.name)")
        }
        return reply
    }

    private func ask(
        _ task: CriuTask, _ request: [UInt8],
        _ notified: (CriuReply, SharedDescriptor?) throws(RuntimeError) -> Void
    ) throws(RuntimeError) -> CriuReply {
        try say(request)
        while true {
            var received = try step(.askCriu, task.name) { () throws(Errno) in
                try channel!.receive(limit: 65536)
            }
            if received.bytes.isEmpty { throw .criu("criu ended without an answer to \(task.name)") }
            guard let reply = CriuReply(received.bytes) else {
                throw .criu("criu: what came as an answer to \(task.name) is none")
            }
            if !reply.success {
                throw .criu("criu failed: type \(reply.task.name) errno \(reply.errorNumber)")
            }
            if reply.moment == nil {
                if reply.task == task { return reply }
                throw .criu("criu: expected the answer to \(task.name), found one to \(reply.task.name)")
            }
            try notified(reply, SharedDescriptor.keeping(received.descriptor.take()))
            try say(CriuTask.acknowledgement)
        }
    }

    private func say(_ bytes: [UInt8]) throws(RuntimeError) {
        try step(.askCriu) { () throws(Errno) in try channel!.send(bytes) }
    }

    /// Hangs up, and waits for the end; the exit status, or 128 and the signal's number.
    @discardableResult
    private func end() throws(RuntimeError) -> Int32 {
        channel = nil
        return try step(.waitForProcess, "criu") { () throws(Errno) in
            var status: Int32 = 0
            try valueOrErrno(coffer_wait_pid(pid, &status, 0))
            return coffer_wifexited(status) != 0 ? coffer_wexitstatus(status) : 128 + coffer_wtermsig(status)
        }
    }

    /// In the child: its descriptors from 3 on, then the program.
    private static func become(
        _ program: String, _ arguments: CStringArray, _ environment: CStringArray, _ descriptors: [Int32]
    ) -> Never {
        coffer_reset_signals(coffer_ignored_signals())
        // Out of the way of one another first.
        let moved = descriptors.map { coffer_fcntl($0, F_DUPFD, 64) }
        for (index, number) in moved.enumerated() {
            let target = Int32(3 + index)
            if number < 0 || coffer_duplicate_to(Int32(number), target) < 0 { fatalExit() }
        }
        if coffer_close_range(UInt32(3 + descriptors.count), UInt32.max, 4) >= 0 {
            let result = coffer_execve(program, arguments.pointers, environment.pointers)
            coffer_exit_now(result == -Int(ENOENT) ? 127 : 126)
        }
        fatalExit()
    }
}
