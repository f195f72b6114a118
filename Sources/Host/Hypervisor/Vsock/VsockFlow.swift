/// Credit accounting of one connection, both directions, modulo 2^32. Virtio specification 1.2, section 5.10.6.3.
package struct VsockFlow: Equatable {
    /// The receive buffer that the host offers per connection, in bytes.
    package static let allocation: UInt32 = 256 * 1024

    /// What the peer offers and has consumed, as last told.
    package private(set) var peerAllocation: UInt32 = 0
    /// Bytes that it has consumed of those sent, as last told.
    package private(set) var peerForwarded: UInt32 = 0
    /// Bytes sent to the peer.
    package private(set) var sent: UInt32 = 0
    /// Bytes received from the peer, and those that the reader has taken.
    package private(set) var received: UInt32 = 0
    /// Of the received bytes those that the reader has taken.
    package private(set) var forwarded: UInt32 = 0
    private var announced: UInt32 = 0

    package init() {}

    /// Bytes that may be sent now. A peer that claims to have consumed what was never sent gets nothing.
    package var window: Int {
        let inFlight = sent &- peerForwarded
        return inFlight < peerAllocation ? Int(peerAllocation - inFlight) : 0
    }

    /// Bytes received that the reader has not taken.
    package var buffered: UInt32 { received &- forwarded }

    /// Takes over the credit fields that every packet of the peer carries.
    package mutating func learn(_ packet: VsockPacket) {
        peerAllocation = packet.bufferAllocation
        peerForwarded = packet.forwardedCount
    }

    /// Counts bytes about to be sent; `count` is at most `window`.
    package mutating func send(_ count: Int) { sent &+= UInt32(truncatingIfNeeded: count) }

    /// Counts received bytes; false when the peer sent more than it had credit for.
    package mutating func receive(_ count: Int) -> Bool {
        guard count <= Int(Self.allocation - min(buffered, Self.allocation)) else { return false }
        received &+= UInt32(truncatingIfNeeded: count)
        return true
    }

    /// Counts bytes that the reader took; true when the peer should be told.
    package mutating func consume(_ count: Int) -> Bool {
        forwarded &+= UInt32(truncatingIfNeeded: count)
        return forwarded &- announced >= Self.allocation / 4
    }

    /// Puts the current credit into a packet that is about to go out.
    package mutating func announce(in packet: inout VsockPacket) {
        packet.bufferAllocation = Self.allocation
        packet.forwardedCount = forwarded
        announced = forwarded
    }
}
