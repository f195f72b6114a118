internal import Foundation

/// Moving packets between the rings and the connections. The monitor's lock is held throughout.
extension VsockDevice {
    private enum Ring {
        static let receive = 0
        static let transmit = 1
    }

    /// More bytes in one packet are never accepted; Linux sends at most 64 KiB.
    private static let packetLimit = 1 << 20
    private static let roundLimit = 64

    /// Takes what the guest sent and gives what waits for it, until neither moves.
    func processRings() throws(VhostUserError) {
        guard let memory else { return }
        // Bounded, so that a guest that never stops cannot keep the machine's requests and the streams waiting.
        for _ in 0..<Self.roundLimit {
            let taken = try takePackets(memory)
            let given = try givePackets(memory)
            if !taken, !given { return }
        }
        wake()
    }

    private func usable(_ index: Int) -> Bool {
        ringState[index].started && ringState[index].enabled && ringState[index].kick >= 0
    }

    private func takePackets(_ memory: GuestMemory) throws(VhostUserError) -> Bool {
        guard usable(Ring.transmit) else { return false }
        var count = 0
        do throws(VirtqueueError) {
            // A guest that does not read its answers is not listened to either: answers must not pile up.
            while count < Int(rings[Ring.transmit].size), replies.count < Self.replyLimit,
                let chain = try rings[Ring.transmit].pop(memory)
            {
                let bytes = Self.gather(chain)
                try rings[Ring.transmit].push(chain.head, written: 0, memory)
                count += 1
                if let bytes { handle(bytes) }
            }
        } catch {
            throw .virtqueue(ring: Ring.transmit, error)
        }
        if count > 0 { interrupt(Ring.transmit, memory) }
        return count > 0
    }

    private static func gather(_ chain: Virtqueue.Chain) -> [UInt8]? {
        let total = chain.readable.reduce(into: 0) { $0 = $0 &+ $1.count }
        guard total >= VsockPacket.headerSize, total <= packetLimit else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(total)
        for buffer in chain.readable { bytes.append(contentsOf: buffer) }
        return bytes
    }

    private func givePackets(_ memory: GuestMemory) throws(VhostUserError) -> Bool {
        guard usable(Ring.receive) else { return false }
        var count = 0
        do throws(VirtqueueError) {
            while count < Int(rings[Ring.receive].size), !replies.isEmpty || dropIdleReady() {
                guard let chain = try rings[Ring.receive].pop(memory) else { break }
                let room = chain.writableCount - VsockPacket.headerSize
                // A buffer without room for a header goes back empty.
                let packet = room >= 0 ? nextPacket(room: room) : nil
                let written = packet.map { Self.scatter($0, chain) } ?? 0
                try rings[Ring.receive].push(chain.head, written: UInt32(written), memory)
                count += 1
            }
        } catch {
            throw .virtqueue(ring: Ring.receive, error)
        }
        if count > 0 { interrupt(Ring.receive, memory) }
        return count > 0
    }

    private static func scatter(_ packet: [UInt8], _ chain: Virtqueue.Chain) -> Int {
        var rest = packet[...]
        for buffer in chain.writable where !rest.isEmpty {
            let part = rest.prefix(buffer.count)
            buffer.copyBytes(from: part)
            rest = rest.dropFirst(part.count)
        }
        return packet.count
    }

    private func interrupt(_ index: Int, _ memory: GuestMemory) {
        guard ringState[index].call >= 0, rings[index].wantsInterrupt(memory) else { return }
        var one: UInt64 = 1
        _ = write(ringState[index].call, &one, 8)
    }

    /// Drops connections that have nothing to send now; true when one that has is at the front.
    private func dropIdleReady() -> Bool {
        while let connection = ready.first {
            if hasWork(connection) { return true }
            _ = ready.popFirst()
            connection.isReady = false
        }
        return false
    }

    private func hasWork(_ connection: VsockConnection) -> Bool {
        switch connection.phase {
        case .ended, .connecting: return false
        case .open, .closing: break
        }
        if !connection.pending.isEmpty {
            return connection.flow.window > 0 || !connection.askedForCredit
        }
        return connection.finishedWriting && !connection.announcedFinish
    }

    /// The next packet for the guest with at most `room` bytes of data; answers first, then one turn per connection.
    private func nextPacket(room: Int) -> [UInt8]? {
        if let reply = replies.popFirst() { return reply.serialized }
        guard let connection = ready.popFirst() else { return nil }
        connection.isReady = false
        defer { if hasWork(connection) { markReady(connection) } }
        if !connection.pending.isEmpty { return dataPacket(connection, room: room) }
        return finishPacket(connection).serialized
    }

    private func dataPacket(_ connection: VsockConnection, room: Int) -> [UInt8] {
        let count = min(connection.pending.count, connection.flow.window, room)
        guard count > 0 else {
            connection.askedForCredit = true
            return packet(connection, .creditRequest).serialized
        }
        let data = connection.pending.take(upTo: count)
        connection.flow.send(count)
        var header = packet(connection, .data)
        header.length = UInt32(count)
        connection.changed.broadcast()
        return header.serialized + data
    }

    private func finishPacket(_ connection: VsockConnection) -> VsockPacket {
        connection.announcedFinish = true
        var header = packet(connection, .shutdown)
        header.flags = VsockPacket.Shutdown.send
        if connection.phase == .closing { header.flags |= VsockPacket.Shutdown.receive }
        return header
    }
}
