internal import Foundation

/// The vhost-user requests of the machine.
extension VsockDevice {
    private enum Feature {
        /// VIRTIO_F_VERSION_1 and VHOST_USER_F_PROTOCOL_FEATURES.
        static let offered: UInt64 = 1 << 32 | 1 << 30
        /// VHOST_USER_PROTOCOL_F_CONFIG and _REPLY_ACK.
        static let `protocol`: UInt64 = 1 << 9 | 1 << 3
        static let noDescriptor: UInt64 = 1 << 8
    }

    /// Receives and carries out one request, and answers it when an answer is due.
    func handleRequest(_ channel: VhostUserChannel) throws(VhostUserError) {
        var (message, descriptors) = try channel.receive()
        defer { for descriptor in descriptors { Foundation.close(descriptor) } }
        let answer = try monitor.locked { () throws(VhostUserError) in try carryOut(message, &descriptors) }
        if let answer {
            try channel.send(message.reply(answer))
        } else if message.flags & VhostUserMessage.Flag.needReply != 0 {
            // Zero says done; anything else says that the request is unknown here.
            let known = VhostUserMessage.Request(rawValue: message.request) != nil
            try channel.send(message.reply([known ? 0 : 1, 0, 0, 0, 0, 0, 0, 0]))
        }
    }

    private func carryOut(
        _ message: VhostUserMessage, _ descriptors: inout [Int32]
    ) throws(VhostUserError) -> [UInt8]? {
        guard let request = VhostUserMessage.Request(rawValue: message.request) else { return nil }
        switch request {
        case .getFeatures: return word(Feature.offered)
        case .getProtocolFeatures: return word(Feature.protocol)
        case .getQueueCount: return word(UInt64(rings.count))
        case .setFeatures, .setProtocolFeatures, .setOwner, .setConfiguration: return nil
        case .resetOwner:
            for index in rings.indices { closeRing(index) }
            resetEverything(.deviceStopped("the guest's driver went away"))
            return nil
        case .setMemoryTable: try setMemory(message, descriptors)
        case .setRingSize:
            let (index, count) = try indexed(message)
            guard rings[index].setSize(count) else {
                throw .badMessage(
                    request: message.request, expected: "a power of two up to 32768, got \(count)")
            }
        case .setRingBase:
            let (index, base) = try indexed(message)
            rings[index].nextAvailable = UInt16(truncatingIfNeeded: base)
        case .getRingBase:
            let (index, _) = try indexed(message)
            return stopRing(index)
        case .setRingEnable:
            let (index, enable) = try indexed(message)
            ringState[index].enabled = enable != 0
        case .setRingAddresses: try setAddresses(message)
        case .setRingKick, .setRingCall, .setRingError: try setDescriptor(request, message, &descriptors)
        case .getConfiguration: return try configuration(message)
        }
        return nil
    }

    private func word(_ value: UInt64) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendLittleEndian(value)
        return bytes
    }

    private func ring(_ number: UInt32) throws(VhostUserError) -> Int {
        guard number < rings.count else { throw .badRing(number) }
        return Int(number)
    }

    private func indexed(_ message: VhostUserMessage) throws(VhostUserError) -> (Int, UInt32) {
        guard let index = message.payload.littleEndian(UInt32.self, at: 0),
            let value = message.payload.littleEndian(UInt32.self, at: 4)
        else { throw .badMessage(request: message.request, expected: "a ring number and a value") }
        return (try ring(index), value)
    }

    private func setMemory(_ message: VhostUserMessage, _ descriptors: [Int32]) throws(VhostUserError) {
        guard let count = message.payload.littleEndian(UInt32.self, at: 0), count <= 32,
            Int(count) == descriptors.count
        else {
            throw .badMessage(
                request: message.request, expected: "one descriptor per region, got \(descriptors.count)")
        }
        var parts: [(region: GuestMemory.Region, file: Int32)] = []
        for (index, file) in descriptors.enumerated() {
            let offset = 8 + 32 * index
            guard let guest = message.payload.littleEndian(UInt64.self, at: offset),
                let size = message.payload.littleEndian(UInt64.self, at: offset + 8),
                let user = message.payload.littleEndian(UInt64.self, at: offset + 16),
                let fileOffset = message.payload.littleEndian(UInt64.self, at: offset + 24)
            else { throw .badMessage(request: message.request, expected: "32 bytes per region") }
            let region = GuestMemory.Region(
                guestAddress: guest, size: size, userAddress: user, fileOffset: fileOffset)
            parts.append((region, file))
        }
        memory = try GuestMemory(parts)
    }

    private func setAddresses(_ message: VhostUserMessage) throws(VhostUserError) {
        let (index, _) = try indexed(message)
        guard let table = message.payload.littleEndian(UInt64.self, at: 8),
            let used = message.payload.littleEndian(UInt64.self, at: 16),
            let available = message.payload.littleEndian(UInt64.self, at: 24)
        else { throw .badMessage(request: message.request, expected: "three ring addresses") }
        rings[index].descriptorTable = table
        rings[index].usedRing = used
        rings[index].availableRing = available
    }

    private func setDescriptor(
        _ request: VhostUserMessage.Request, _ message: VhostUserMessage, _ descriptors: inout [Int32]
    ) throws(VhostUserError) {
        guard let value = message.payload.littleEndian(UInt64.self, at: 0) else {
            throw .badMessage(request: message.request, expected: "a ring number")
        }
        let index = try ring(UInt32(value & 0xFF))
        var given: Int32 = -1
        if value & Feature.noDescriptor == 0 {
            guard descriptors.count == 1 else {
                throw .badMessage(request: message.request, expected: "one descriptor")
            }
            given = descriptors.removeFirst()
        }
        switch request {
        case .setRingKick:
            replace(&ringState[index].kick, given)
            _ = fcntl(given, F_SETFL, fcntl(given, F_GETFL) | O_NONBLOCK)
            try startRing(index)
        case .setRingCall: replace(&ringState[index].call, given)
        default: if given >= 0 { Foundation.close(given) }
        }
    }

    private func replace(_ place: inout Int32, _ descriptor: Int32) {
        if place >= 0 { Foundation.close(place) }
        place = descriptor
    }

    private func startRing(_ index: Int) throws(VhostUserError) {
        guard let memory else { return }
        do throws(VirtqueueError) {
            try rings[index].start(memory)
        } catch {
            throw .virtqueue(ring: index, error)
        }
        ringState[index].started = true
    }

    /// Stops a ring and gives its position; both data rings stopped mean that the guest's driver is gone.
    private func stopRing(_ index: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendLittleEndian(UInt32(index))
        bytes.appendLittleEndian(UInt32(rings[index].nextAvailable))
        replace(&ringState[index].kick, -1)
        ringState[index].started = false
        if !ringState[0].started, !ringState[1].started {
            resetEverything(.deviceStopped("the guest's driver went away"))
        }
        return bytes
    }

    /// The device's configuration space: the guest's context identifier.
    private func configuration(_ message: VhostUserMessage) throws(VhostUserError) -> [UInt8] {
        let space = word(UInt64(guestCID))
        guard let offset = message.payload.littleEndian(UInt32.self, at: 0),
            let size = message.payload.littleEndian(UInt32.self, at: 4),
            offset <= space.count, size <= space.count - Int(offset), message.payload.count >= 12
        else { throw .badMessage(request: message.request, expected: "a range inside 8 bytes") }
        return Array(message.payload.prefix(12)) + space[Int(offset)..<Int(offset) + Int(size)]
    }
}
