internal import Foundation
package import Wire

/// The host's end of one bridge connection: numbered requests, any number of them at once, and notifications.
///
/// Source of the rules: the GCS bridge as the Linux guest of hcsshim speaks it. A response to a question that nobody
/// asked, a notification for an unknown container, and a second one for the same container end the connection.
package final class BridgeClient: Sendable {
    /// Limits for an answer, in seconds.
    package enum Limit {
        /// Any request but a wait.
        package static let request = 300.0
        /// Ending a container.
        package static let shutdown = 30.0
    }

    private let stream: any ByteStream
    private let pending = PendingRequests()
    private let containers = KnownContainers()
    private let sending = NSLock()
    private let onNotification: @Sendable (ExitNotification) -> Void

    /// Takes the connection over and starts to read from it.
    ///
    /// - Parameters:
    ///   - knownContainers: containers that exist from an earlier connection.
    ///   - onNotification: called on the reading thread, once per container that exits.
    package init(
        stream: any ByteStream, knownContainers: Set<String> = [],
        onNotification: @escaping @Sendable (ExitNotification) -> Void = { _ in }
    ) {
        self.stream = stream
        self.onNotification = onNotification
        containers.add(knownContainers)
        let thread = Thread { [stream, pending, containers, onNotification] in
            let reason = Self.readFrames(stream, pending, containers, onNotification)
            pending.end(reason)
            stream.close()
        }
        thread.name = "bridge"
        thread.start()
    }

    deinit { stream.close() }

    /// Why the connection ended, nil while it lives.
    package var endReason: String? { pending.reason }

    /// Ends the connection; every waiting request fails.
    package func close(_ reason: String = "closed by the host") {
        pending.end(reason)
        stream.close()
    }

    /// Sends a request and waits for its answer, whatever its result.
    ///
    /// - Parameter seconds: nil waits for ever. A request that gets no answer in time ends the bridge.
    package func exchange(
        _ type: MessageType, _ payload: [UInt8], seconds: Double? = Limit.request
    ) throws -> Frame {
        guard let id = pending.reserve() else { throw BridgeError.disconnected(pending.reason ?? "closed") }
        let bytes: [UInt8]
        do throws(FrameError) {
            bytes = try Frame(type: type, id: id, payload: payload + [10]).encoded()
        } catch {
            throw BridgeError.tooLarge(type, error)
        }
        try sendRaw(bytes)
        switch pending.wait(id, seconds: seconds) {
        case .answer(let frame): return frame
        case .ended(let reason): throw BridgeError.disconnected(reason)
        case .timedOut:
            close("\(type) was not answered in time")
            throw BridgeError.timedOut(type, seconds: seconds ?? 0)
        }
    }

    /// Sends a request and reads its answer.
    ///
    /// - Throws: `BridgeError.refused` when the guest answered with a failure.
    package func request<Answer: Message>(
        _ type: MessageType, _ message: some Message, as answer: Answer.Type, seconds: Double? = Limit.request
    ) throws -> Answer {
        let frame = try exchange(type, message.payload, seconds: seconds)
        // A failed answer is the bare base, so nothing else can be read from it.
        let base = try decode(ResponseBase.self, frame, type)
        guard base.result.isSuccess else { throw BridgeError.refused(type, base) }
        return try decode(Answer.self, frame, type)
    }

    private func decode<M: Message>(_: M.Type, _ frame: Frame, _ type: MessageType) throws -> M {
        do throws(WireError) { return try M(payload: frame.payload) } catch {
            throw BridgeError.badAnswer(type, error)
        }
    }

    /// Sends bytes as they are, for what a hostile host may send. An answer to a number that was not reserved ends
    /// the connection, so reserve one with `reserveID`.
    package func sendRaw(_ bytes: [UInt8]) throws {
        do {
            try sending.withLock { try stream.send(bytes) }
        } catch {
            close("sending failed: \(error)")
            throw BridgeError.disconnected("\(error)")
        }
    }

    /// A request number whose answer `answer(to:)` can wait for.
    package func reserveID() throws -> UInt64 {
        guard let id = pending.reserve() else { throw BridgeError.disconnected(pending.reason ?? "closed") }
        return id
    }

    /// Waits for the answer to a reserved number; nil when none came in time (the bridge stays).
    package func answer(to id: UInt64, seconds: Double) throws -> Frame? {
        switch pending.wait(id, seconds: seconds) {
        case .answer(let frame): frame
        case .ended(let reason): throw BridgeError.disconnected(reason)
        case .timedOut: nil
        }
    }

    /// Lets notifications for a container pass.
    package func expectContainer(_ id: String) { containers.add([id]) }

    private static func readFrames(
        _ stream: any ByteStream, _ pending: PendingRequests, _ containers: KnownContainers,
        _ onNotification: (ExitNotification) -> Void
    ) -> String {
        var decoder = FrameDecoder()
        do {
            while true {
                while let frame = try decoder.next() {
                    if let complaint = dispatch(frame, pending, containers, onNotification) {
                        return complaint
                    }
                }
                let bytes = try stream.receive(upTo: 65536)
                if bytes.isEmpty { return "the guest closed it" }
                decoder.append(bytes)
            }
        } catch {
            return "\(error)"
        }
    }

    /// Handles one frame; a text says why the connection has to end.
    private static func dispatch(
        _ frame: Frame, _ pending: PendingRequests, _ containers: KnownContainers,
        _ onNotification: (ExitNotification) -> Void
    ) -> String? {
        switch frame.type.kind {
        case .response:
            return pending.deliver(frame) ? nil : "the guest answered request \(frame.id), which is not open"
        case .notification:
            do throws(WireError) {
                let notification = try ExitNotification(payload: frame.payload)
                if let complaint = containers.note(notification.containerID) { return complaint }
                onNotification(notification)
                return nil
            } catch {
                return "malformed notification: \(error)"
            }
        case .request, nil: return "the guest sent a frame of type \(frame.type)"
        }
    }
}
