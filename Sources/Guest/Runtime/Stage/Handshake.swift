internal import Linux

/// What the container's first process and its maker say to each other, one message each on a socket pair.
enum Handshake: Equatable {
    /// Maker: limits and id maps are written. `ignoring`: the signals that both ignore, which takes the process longer to
    /// find out than the maker, who has time.
    case proceed(ignoring: UInt64)
    /// Maker: here is the network namespace (a descriptor comes along); without one the process makes it.
    case network
    /// Process: the namespaces and mounts exist; hooks of the host may run now.
    case mounted
    /// Maker: those hooks have run.
    case hooksRun
    /// Process: here is the terminal's master side (a descriptor comes along).
    case terminal
    /// Process: here is the seccomp notification descriptor (a descriptor comes along).
    case notifier
    /// Process: show this mount under other ids, as the plan's mount of that number says (a descriptor comes along).
    case mapIDs(UInt32)
    /// Maker: it is.
    case idsMapped
    /// Process: everything is done but the program itself; waiting for `start`.
    case ready
    /// Maker: run the program.
    case start
    /// Process: a step failed, and this is the end of it.
    case failed(RuntimeError)
}

extension Handshake {
    /// The largest message in bytes.
    static let limit = 4096

    /// One byte of kind; failures add a byte of step, four of errno and text.
    var bytes: [UInt8] {
        switch self {
        case .proceed(let signals): [1] + littleEndian(signals, count: 8)
        case .mounted: [2]
        case .hooksRun: [3]
        case .terminal: [4]
        case .notifier: [5]
        case .ready: [6]
        case .start: [7]
        case .mapIDs(let index): [13] + littleEndian(UInt64(index), count: 4)
        case .idsMapped: [14]
        case .network: [15]
        case .failed(.failed(let step, let errno, let detail)):
            [8, step.rawValue] + littleEndian(UInt64(UInt32(bitPattern: errno.code)), count: 4)
                + detail.utf8.prefix(Self.limit - 6)
        case .failed(.refused(let text)): [9] + text.utf8.prefix(Self.limit - 1)
        case .failed(.notExecutable(let text)): [10] + text.utf8.prefix(Self.limit - 1)
        case .failed(.hook(let text)): [11] + text.utf8.prefix(Self.limit - 1)
        case .failed(let other): [12] + other.description.utf8.prefix(Self.limit - 1)
        }
    }

    /// Reads a message; nil for bytes that are none.
    init?(bytes: [UInt8]) {
        guard let kind = bytes.first else { return nil }
        let rest = String(decoding: bytes.dropFirst(), as: UTF8.self)
        switch (kind, bytes.count) {
        case (1, 9): self = .proceed(ignoring: number(bytes[1...]))
        case (2, 1): self = .mounted
        case (3, 1): self = .hooksRun
        case (4, 1): self = .terminal
        case (5, 1): self = .notifier
        case (6, 1): self = .ready
        case (7, 1): self = .start
        case (8, 6...):
            guard let step = Step(rawValue: bytes[1]) else { return nil }
            let code = UInt32(truncatingIfNeeded: number(bytes[2..<6]))
            let detail = String(decoding: bytes[6...], as: UTF8.self)
            self = .failed(.failed(step, Errno(Int32(bitPattern: code)), detail: detail))
        case (13, 5): self = .mapIDs(UInt32(truncatingIfNeeded: number(bytes[1...])))
        case (14, 1): self = .idsMapped
        case (15, 1): self = .network
        case (9, _): self = .failed(.refused(rest))
        case (10, _): self = .failed(.notExecutable(rest))
        case (11, _): self = .failed(.hook(rest))
        case (12, _): self = .failed(.handshake(rest))
        default: return nil
        }
    }

    /// What a message is, for an error about an unexpected one.
    var name: String {
        switch self {
        case .proceed: "proceed"
        case .mounted: "mounted"
        case .hooksRun: "hooks run"
        case .terminal: "terminal"
        case .notifier: "notifier"
        case .ready: "ready"
        case .start: "start"
        case .mapIDs: "map ids"
        case .idsMapped: "ids mapped"
        case .network: "network"
        case .failed(let error): "failed: \(error)"
        }
    }
}

private func littleEndian(_ number: UInt64, count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
}

private func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
}

extension MessageSocket {
    /// Sends one message.
    borrowing func say(_ message: Handshake) throws(RuntimeError) {
        do throws(Errno) {
            try send(message.bytes)
        } catch {
            throw .handshake("could not say \"\(message.name)\": \(error)")
        }
    }

    /// Waits for exactly this message; another one, or the end, is an error that names both.
    borrowing func expect(_ wanted: Handshake) throws(RuntimeError) {
        let message = try next(wanted.name)
        if message != wanted {
            throw .handshake("expected \"\(wanted.name)\", received \"\(message.name)\"")
        }
    }

    /// Waits for the maker's word that this process may go on; the signals that it ignores come along.
    borrowing func expectProceed() throws(RuntimeError) -> UInt64 {
        switch try next("proceed") {
        case .proceed(let signals): return signals
        case let other: throw .handshake("expected \"proceed\", received \"\(other.name)\"")
        }
    }

    /// Waits for the network namespace; nil when the maker has none.
    borrowing func expectNetwork() throws(RuntimeError) -> Descriptor? {
        var heard = try hear()
        let message = try heard.require(Handshake.network.name)
        if message != .network {
            throw .handshake("expected \"network\", received \"\(message.name)\"")
        }
        return heard.descriptor.take()
    }

    private borrowing func next(_ wanted: String) throws(RuntimeError) -> Handshake {
        try hear().require(wanted)
    }

    /// That the other side has ended with messages unread is told once, and before what it had said.
    private borrowing func receiveNext() throws(Errno) -> ReceivedMessage {
        do throws(Errno) {
            return try receive(limit: Handshake.limit)
        } catch {
            if error.code != connectionReset { throw error }
        }
        return try receive(limit: Handshake.limit)
    }

    /// Waits for the next message; none when the other side has ended.
    borrowing func hear() throws(RuntimeError) -> HeardMessage {
        var received: ReceivedMessage
        do throws(Errno) {
            received = try receiveNext()
        } catch {
            throw .handshake("could not receive a message: \(error)")
        }
        if received.bytes.isEmpty { return HeardMessage(message: nil, descriptor: nil) }
        guard let message = Handshake(bytes: received.bytes) else {
            throw .handshake("received \(received.bytes.count) bytes that are no message")
        }
        return HeardMessage(message: message, descriptor: received.descriptor.take())
    }
}

/// ECONNRESET: the other side ended with messages unread.
private let connectionReset: Int32 = 104

/// A message with the descriptor that came along.
struct HeardMessage: ~Copyable {
    let message: Handshake?
    var descriptor: Descriptor?

    /// The message, which is not the other side's end.
    borrowing func require(_ wanted: String) throws(RuntimeError) -> Handshake {
        guard let message else {
            throw .handshake("expected \"\(wanted)\", but the other side has ended")
        }
        if case .failed(let error) = message { throw error }
        return message
    }
}
