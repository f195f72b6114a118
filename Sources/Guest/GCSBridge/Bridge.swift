internal import Linux
internal import Sandbox
internal import Wire

/// The bridge's state: the connection, and notifications that wait for one.
final class Bridge {
    /// Milliseconds between two attempts to reach the host.
    private static let redialDelay: UInt64 = 100

    let loop: EventLoop
    let sandbox: Sandbox
    let log: (String) -> Void
    private let dial: () throws(Errno) -> Descriptor
    private var connection: Connection?
    private var unsent: [ExitNotification] = []

    init(
        loop: EventLoop, sandbox: Sandbox, dial: @escaping () throws(Errno) -> Descriptor,
        log: @escaping (String) -> Void
    ) {
        self.loop = loop
        self.sandbox = sandbox
        self.dial = dial
        self.log = log
        sandbox.exitObserver = { exit in self.notify(exit) }
    }

    /// Takes over a connection, or dials.
    func start(_ connected: consuming Descriptor?) {
        if let socket = consume connected {
            use(socket)
        } else {
            redial()
        }
    }

    private func redial() {
        do throws(Errno) {
            use(try dial())
        } catch {
            loop.after(milliseconds: Self.redialDelay) { self.redial() }
        }
    }

    private func use(_ socket: consuming Descriptor) {
        let made = Connection(
            loop: loop, socket: socket, received: { frame in self.handle(frame) },
            refused: { header, error in self.refuse(header, error) },
            closed: { reason in
                self.log("bridge connection ended: \(reason)")
                self.connection = nil
                self.loop.after(milliseconds: Self.redialDelay) { self.redial() }
            })
        connection = made
        made.start()
        let waiting = unsent
        unsent = []
        for notification in waiting { send(notification) }
    }

    // MARK: - Out

    private func notify(_ exit: ContainerExit) {
        let kind: ExitNotification.Kind
        switch exit.kind {
        case .graceful: kind = .graceful
        case .forced: kind = .forced
        case .unexpected: kind = .unexpected
        }
        send(
            ExitNotification(
                containerID: exit.containerID, activityID: exit.activityID, kind: kind,
                outOfMemoryKills: exit.outOfMemoryKills))
    }

    private func send(_ notification: ExitNotification) {
        guard let connection else {
            unsent.append(notification)
            return
        }
        connection.send(Frame(type: .notification, id: 0, payload: notification.payload))
    }

    // MARK: - In

    private func handle(_ frame: Frame) {
        guard let connection else { return }
        let reply = Reply(connection: connection, frame: frame)
        let request: Request
        do throws(RequestError) {
            request = try Request(frame, isNegotiated: connection.isNegotiated)
        } catch {
            log("bridge: \(frame.type) refused: \(error.message)")
            return reply.fail(error.result, error.message, activityID: Request.activityID(of: frame))
        }
        do throws(SandboxError) {
            try serve(request, reply, connection)
        } catch {
            log("bridge: \(frame.type) refused: \(error)")
            reply.fail(error, activityID: request.base.activityID)
        }
    }

    /// A header with an impossible size gets an answer before the connection ends, since its id is known.
    private func refuse(_ header: FrameHeader, _ error: FrameError) {
        guard let connection else { return }
        log("bridge: \(error)")
        let frame = Frame(type: header.type, id: header.id, payload: [])
        Reply(connection: connection, frame: frame).fail(.invalidJSON, error.description, activityID: nullID)
    }
}
