internal import CLinux
internal import Linux

/// The guest's side of a process's streams, from the process's making until its exit has been told.
final class ProcessStreams {
    private let loop: EventLoop
    private var input: Descriptor?
    private var output: Descriptor?
    private var error: Descriptor?
    private var console: Descriptor?
    /// Keeps the terminal for `resize` while the relays have their own copies.
    private var terminal: Descriptor?
    /// The number of `console` or `terminal`, whichever is here; -1 without a terminal.
    private var terminalNumber: Int32 = -1
    private var inputRelay: StreamRelay?
    private var outputRelays: [StreamRelay] = []
    private var openOutputs = 0
    private var allDrained: (() -> Void)?

    init(loop: EventLoop) { self.loop = loop }

    /// Makes the three pipes and gives the container's ends away; ours stay here.
    func makePipes() throws(Errno) -> ChildStreams {
        var child = ChildStreams()
        let first = try Pipe()
        let second = try Pipe()
        let third = try Pipe()
        child.input = consume first.readEnd
        input = consume first.writeEnd
        output = consume second.readEnd
        child.output = consume second.writeEnd
        error = consume third.readEnd
        child.error = consume third.writeEnd
        return child
    }

    /// Takes the master side of the process's terminal, which then stands for all three streams.
    func take(console: consuming Descriptor) {
        terminalNumber = console.raw
        self.console = consume console
    }

    /// Whether the process has a terminal.
    var hasTerminal: Bool { terminalNumber >= 0 }

    /// Connects the streams to the host's sockets. A stream without a socket ends at once (input) or is read and
    /// dropped (output), so that a process never waits for somebody who does not listen.
    func connect(
        input inputSocket: consuming Descriptor?, output outputSocket: consuming Descriptor?,
        error errorSocket: consuming Descriptor?
    ) throws(Errno) {
        if console != nil {
            try connectTerminal(input: inputSocket, output: outputSocket)
            return
        }
        if let sink = input.take() {
            if let socket = consume inputSocket {
                inputRelay = try StreamRelay(
                    loop: loop, direction: .input, source: socket, sink: sink, drained: {})
            } else {
                _ = consume sink
            }
        }
        if let source = output.take() { try relayOutput(source, outputSocket) }
        if let source = error.take() { try relayOutput(source, errorSocket) }
    }

    private func connectTerminal(
        input inputSocket: consuming Descriptor?, output outputSocket: consuming Descriptor?
    ) throws(Errno) {
        guard let master = console.take() else { return }
        let kept = try Self.duplicate(master)
        terminalNumber = kept.raw
        terminal = consume kept
        if let socket = consume inputSocket {
            let sink = try Self.duplicate(master)
            inputRelay = try StreamRelay(
                loop: loop, direction: .input, source: socket, sink: sink, drained: {})
        }
        try relayOutput(master, outputSocket)
    }

    private func relayOutput(_ source: consuming Descriptor, _ socket: consuming Descriptor?) throws(Errno) {
        openOutputs += 1
        outputRelays.append(
            try StreamRelay(loop: loop, direction: .output, source: source, sink: socket) {
                self.openOutputs -= 1
                self.tellWhenDrained()
            })
    }

    private static func duplicate(_ descriptor: borrowing Descriptor) throws(Errno) -> Descriptor {
        Descriptor(owning: Int32(truncatingIfNeeded: try valueOrErrno(Int(coffer_duplicate(descriptor.raw)))))
    }

    /// Tells the terminal its size in characters. ioctl_tty(2).
    func resize(rows: UInt16, columns: UInt16) throws(Errno) {
        if terminalNumber < 0 { throw Errno(ENOTTY) }
        try valueOrErrno(Int(coffer_set_terminal_size(terminalNumber, rows, columns)))
    }

    // MARK: - The end

    /// The process has ended: its input is of no use any more, and `then` is called when its outputs have gone to the
    /// host, at once when they have.
    func processEnded(then: @escaping () -> Void) {
        inputRelay?.endSource()
        allDrained = then
        tellWhenDrained()
    }

    /// Ends everything at once.
    func stop() {
        inputRelay?.stop()
        for relay in outputRelays { relay.stop() }
        inputRelay = nil
        outputRelays = []
        input = nil
        output = nil
        error = nil
        console = nil
        terminal = nil
        terminalNumber = -1
    }

    private func tellWhenDrained() {
        if openOutputs > 0 { return }
        let callback = allDrained
        allDrained = nil
        callback?()
    }
}
