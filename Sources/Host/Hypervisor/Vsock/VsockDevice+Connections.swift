/// The connections' protocol. Every function expects the monitor's lock to be held unless it says otherwise.
extension VsockDevice {
    /// How long a closed connection waits for the guest to read what is left.
    private static let lingerSeconds = 30.0

    /// A packet of this connection with the current credit in it.
    func packet(_ connection: VsockConnection, _ operation: VsockPacket.Operation) -> VsockPacket {
        var packet = VsockPacket(
            sourceCID: VsockPacket.hostCID, destinationCID: UInt64(guestCID),
            sourcePort: connection.key.hostPort, destinationPort: connection.key.guestPort,
            operation: operation)
        connection.flow.announce(in: &packet)
        return packet
    }

    /// Puts the connection in the line of those with something to send.
    func markReady(_ connection: VsockConnection) {
        guard !connection.isReady, connection.phase == .open || connection.phase == .closing else { return }
        connection.isReady = true
        ready.append(connection)
    }

    func queueCreditUpdate(_ connection: VsockConnection) {
        replies.append(packet(connection, .creditUpdate))
    }

    /// Handles one packet of the guest: header and data as they were on the ring.
    func handle(_ bytes: [UInt8]) {
        guard let header = VsockPacket(bytes), header.destinationCID == VsockPacket.hostCID,
            header.sourceCID == UInt64(guestCID)
        else { return }
        let operation = VsockPacket.Operation(rawValue: header.operation)
        guard header.type == VsockPacket.stream else {
            if operation != .reset { refuse(header) }
            return
        }
        let key = VsockConnection.Key(hostPort: header.destinationPort, guestPort: header.sourcePort)
        if operation == .request {
            accept(header, key)
            return
        }
        guard let connection = connections[key] else {
            if operation != .reset { refuse(header) }
            return
        }
        connection.flow.learn(header)
        connection.askedForCredit = false
        let data = bytes[VsockPacket.headerSize...]
        advance(connection, header, operation, data)
        if !connection.pending.isEmpty { markReady(connection) }
    }

    private func advance(
        _ connection: VsockConnection, _ header: VsockPacket, _ operation: VsockPacket.Operation?,
        _ data: ArraySlice<UInt8>
    ) {
        switch operation {
        case .response where connection.phase == .connecting:
            connection.phase = .open
            connection.changed.broadcast()
        case .reset:
            let orderly = connection.phase == .closing || connection.peerFinishedWriting
            let refusal = VsockError.refused(port: connection.key.guestPort)
            remove(connection, connection.phase == .connecting ? refusal : orderly ? nil : .reset)
        case .shutdown where connection.phase != .connecting: shutdown(connection, header.flags)
        case .data where connection.phase != .connecting: receive(connection, Int(header.length), data)
        case .creditUpdate where connection.phase != .connecting: break
        case .creditRequest where connection.phase != .connecting: queueCreditUpdate(connection)
        default: breakOff(connection, .violated("operation \(header.operation) out of turn"))
        }
    }

    private func accept(_ header: VsockPacket, _ key: VsockConnection.Key) {
        guard let listener = listeners[key.hostPort], connections[key] == nil,
            listener.waiting.count < listener.backlog, connections.count < Self.connectionLimit
        else {
            // A second request on a living connection is against the rules: both ends must forget it.
            if let connection = connections[key] { remove(connection, .violated("a second request")) }
            refuse(header)
            return
        }
        let connection = VsockConnection(key: key, phase: .open, monitor: monitor)
        connection.flow.learn(header)
        connections[key] = connection
        replies.append(packet(connection, .response))
        listener.waiting.append(connection)
        listener.changed.broadcast()
    }

    private func receive(_ connection: VsockConnection, _ length: Int, _ data: ArraySlice<UInt8>) {
        guard length <= data.count, !connection.peerFinishedWriting, connection.flow.receive(length) else {
            breakOff(connection, .violated("\(length) bytes that it had no credit for"))
            return
        }
        // After `close` nobody reads; the guest learns it from the shutdown.
        guard connection.phase == .open else { return }
        connection.received.append(data.prefix(length))
        connection.changed.broadcast()
    }

    private func shutdown(_ connection: VsockConnection, _ flags: UInt32) {
        if flags & VsockPacket.Shutdown.send != 0 { connection.peerFinishedWriting = true }
        if flags & VsockPacket.Shutdown.receive != 0 {
            connection.peerFinishedReading = true
            connection.pending.removeAll()
        }
        connection.changed.broadcast()
        // Nothing can travel either way any more: a reset is the orderly end.
        if connection.peerFinishedWriting, connection.peerFinishedReading {
            replies.append(packet(connection, .reset))
            remove(connection, nil)
        }
    }

    /// Answers a packet that belongs to nothing.
    private func refuse(_ header: VsockPacket) {
        var answer = VsockPacket(
            sourceCID: header.destinationCID, destinationCID: header.sourceCID,
            sourcePort: header.destinationPort, destinationPort: header.sourcePort, operation: .reset)
        answer.type = header.type
        replies.append(answer)
    }

    /// Ends a connection from this side.
    private func breakOff(_ connection: VsockConnection, _ failure: VsockError = .reset) {
        replies.append(packet(connection, .reset))
        remove(connection, failure)
    }

    private func remove(_ connection: VsockConnection, _ failure: VsockError?) {
        connections[connection.key] = nil
        lingering.removeAll { $0 === connection }
        connection.end(failure)
    }

    /// Resets closed connections whose guest did not finish in time.
    func expireLingering() {
        for connection in lingering where connection.lingerDeadline.passed { breakOff(connection) }
    }
}

/// What streams and listeners call, without the lock.
extension VsockDevice {
    /// Begins to listen on a port of the host.
    ///
    /// - Parameter backlog: connections that may wait to be accepted; more are refused.
    package func listen(port: UInt32, backlog: Int = 1024) throws(VsockError) -> VsockListener {
        let core = try monitor.locked { () throws(VsockError) -> VsockListener.Core in
            if let reason = stopReason { throw .deviceStopped(reason) }
            guard listeners[port] == nil else { throw .portInUse(port) }
            let core = VsockListener.Core(monitor, backlog: backlog)
            listeners[port] = core
            return core
        }
        return VsockListener(device: self, core: core, port: port)
    }

    /// Dials a port of the guest.
    ///
    /// - Throws: `refused`, `timedOut`, `deviceStopped`.
    package func connect(
        port: UInt32, deadline: Deadline = .after(seconds: 10)
    ) throws(VsockError) -> VsockStream {
        let connection = try monitor.locked { () throws(VsockError) in try dial(port) }
        wake()
        try monitor.locked { () throws(VsockError) in
            while connection.phase == .connecting {
                if !connection.changed.wait(until: deadline), deadline.passed {
                    breakOff(connection)
                    throw .timedOut
                }
            }
            if connection.phase == .ended, let failure = connection.failure { throw failure }
        }
        return VsockStream(device: self, connection: connection)
    }

    private func dial(_ port: UInt32) throws(VsockError) -> VsockConnection {
        if let reason = stopReason { throw .deviceStopped(reason) }
        var key = VsockConnection.Key(hostPort: nextHostPort, guestPort: port)
        while connections[key] != nil || listeners[key.hostPort] != nil {
            nextHostPort = nextHostPort == UInt32.max - 1 ? 0xC000_0000 : nextHostPort + 1
            key = VsockConnection.Key(hostPort: nextHostPort, guestPort: port)
        }
        nextHostPort = nextHostPort == UInt32.max - 1 ? 0xC000_0000 : nextHostPort + 1
        let connection = VsockConnection(key: key, phase: .connecting, monitor: monitor)
        connections[key] = connection
        replies.append(packet(connection, .request))
        return connection
    }

    func stopListening(_ port: UInt32, _ core: VsockListener.Core) {
        monitor.locked {
            guard !core.closed else { return }
            core.closed = true
            if listeners[port] === core { listeners[port] = nil }
            while let connection = core.waiting.popFirst() {
                if connection.phase != .ended { breakOff(connection) }
            }
            core.changed.broadcast()
        }
        wake()
    }

    func close(_ connection: VsockConnection) {
        monitor.locked {
            connection.received.removeAll()
            guard connection.phase == .open else { return }
            connection.phase = .closing
            connection.finishedWriting = true
            connection.announcedFinish = false
            connection.lingerDeadline = .after(seconds: Self.lingerSeconds)
            lingering.append(connection)
            markReady(connection)
            connection.changed.broadcast()
        }
        wake()
    }

    func abort(_ connection: VsockConnection) {
        monitor.locked {
            guard connection.phase != .ended else { return }
            breakOff(connection)
        }
        wake()
    }
}
