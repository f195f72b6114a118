import Foundation
import Hypervisor

/// A device with a played guest at its other end.
struct VsockHarness {
    static let guestCID: UInt32 = 42
    let device: VsockDevice
    let guest: FakeFrontEnd

    init(handshake: Bool = true) throws {
        let path = NSTemporaryDirectory() + "/coffer-vsock-\(UUID().uuidString.prefix(8)).sock"
        device = try VsockDevice(socketPath: path, guestCID: Self.guestCID)
        device.start()
        guest = try FakeFrontEnd(path, handshake: handshake)
    }

    func header(
        _ operation: VsockPacket.Operation, from guestPort: UInt32, to hostPort: UInt32, length: Int = 0,
        flags: UInt32 = 0, allocation: UInt32 = 65536, forwarded: UInt32 = 0
    ) -> VsockPacket {
        var packet = VsockPacket(
            sourceCID: UInt64(Self.guestCID), destinationCID: VsockPacket.hostCID, sourcePort: guestPort,
            destinationPort: hostPort, operation: operation)
        packet.length = UInt32(length)
        packet.flags = flags
        packet.bufferAllocation = allocation
        packet.forwardedCount = forwarded
        return packet
    }

    func send(_ packet: VsockPacket, _ data: [UInt8] = []) throws {
        try guest.transmit(packet.serialized, data)
    }

    /// The guest dials a port that has a listener, and is accepted.
    func dial(
        _ listener: VsockListener, from guestPort: UInt32, allocation: UInt32 = 65536
    ) throws -> VsockStream {
        try send(header(.request, from: guestPort, to: listener.port, allocation: allocation))
        let answer = try guest.nextPacket(port: guestPort).header
        guard answer.operation == VsockPacket.Operation.response.rawValue else {
            throw FakeFrontEnd.Failure(text: "answered with operation \(answer.operation)")
        }
        return try listener.accept(deadline: .after(seconds: 20))
    }
}

extension VsockPacket {
    var kind: Operation? { Operation(rawValue: operation) }
}
