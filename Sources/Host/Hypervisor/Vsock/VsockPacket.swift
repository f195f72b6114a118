/// The 44-byte header of every virtio-vsock packet, little endian. Virtio specification 1.2, section 5.10.6.
package struct VsockPacket: Equatable {
    /// What a packet asks or tells.
    package enum Operation: UInt16 {
        /// Opens a connection to a port.
        case request = 1
        /// Accepts one.
        case response = 2
        /// Refuses or ends one at once; no answer follows.
        case reset = 3
        /// Says with `Shutdown` flags what the sender is done with.
        case shutdown = 4
        /// Carries `length` bytes (VIRTIO_VSOCK_OP_RW).
        case data = 5
        /// Tells the sender's credit, which every packet does as well.
        case creditUpdate = 6
        /// Asks for `creditUpdate`.
        case creditRequest = 7
    }

    /// Flags of `shutdown`.
    package enum Shutdown {
        /// The sender will read nothing more.
        package static let receive: UInt32 = 1
        /// The sender will write nothing more.
        package static let send: UInt32 = 2
    }

    /// Bytes of the header on the ring.
    package static let headerSize = 44
    /// The only socket type this device has (VIRTIO_VSOCK_TYPE_STREAM).
    package static let stream: UInt16 = 1
    /// The host's context identifier (VMADDR_CID_HOST).
    package static let hostCID: UInt64 = 2

    /// Of the sender; packets that claim another than the guest's own are dropped.
    package var sourceCID: UInt64
    /// Of the receiver: `hostCID` in what the guest sends.
    package var destinationCID: UInt64
    /// With the other three fields it names the connection.
    package var sourcePort: UInt32
    /// Of the receiver: what a listener waits on, or the near end of a connection.
    package var destinationPort: UInt32
    /// Bytes of data after the header.
    package var length: UInt32 = 0
    /// `stream`; a packet of another type is answered with `reset`.
    package var type: UInt16 = VsockPacket.stream
    /// The raw operation; `Operation(rawValue:)` is nil for one that nobody defined.
    package var operation: UInt16
    /// Bits of `Shutdown`; means nothing with other operations.
    package var flags: UInt32 = 0
    /// The sender's receive buffer for this connection, in bytes.
    package var bufferAllocation: UInt32 = 0
    /// Bytes the sender has taken out of that buffer so far, modulo 2^32.
    package var forwardedCount: UInt32 = 0

    package init(
        sourceCID: UInt64, destinationCID: UInt64, sourcePort: UInt32, destinationPort: UInt32,
        operation: Operation
    ) {
        self.sourceCID = sourceCID
        self.destinationCID = destinationCID
        self.sourcePort = sourcePort
        self.destinationPort = destinationPort
        self.operation = operation.rawValue
    }

    /// Reads a header; nil when there are fewer than 44 bytes.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count >= Self.headerSize,
            let sourceCID = bytes.littleEndian(UInt64.self, at: 0),
            let destinationCID = bytes.littleEndian(UInt64.self, at: 8),
            let sourcePort = bytes.littleEndian(UInt32.self, at: 16),
            let destinationPort = bytes.littleEndian(UInt32.self, at: 20),
            let length = bytes.littleEndian(UInt32.self, at: 24),
            let type = bytes.littleEndian(UInt16.self, at: 28),
            let operation = bytes.littleEndian(UInt16.self, at: 30),
            let flags = bytes.littleEndian(UInt32.self, at: 32),
            let bufferAllocation = bytes.littleEndian(UInt32.self, at: 36),
            let forwardedCount = bytes.littleEndian(UInt32.self, at: 40)
        else { return nil }
        self.sourceCID = sourceCID
        self.destinationCID = destinationCID
        self.sourcePort = sourcePort
        self.destinationPort = destinationPort
        self.length = length
        self.type = type
        self.operation = operation
        self.flags = flags
        self.bufferAllocation = bufferAllocation
        self.forwardedCount = forwardedCount
    }

    /// The 44 bytes of the header.
    package var serialized: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.headerSize)
        bytes.appendLittleEndian(sourceCID)
        bytes.appendLittleEndian(destinationCID)
        bytes.appendLittleEndian(sourcePort)
        bytes.appendLittleEndian(destinationPort)
        bytes.appendLittleEndian(length)
        bytes.appendLittleEndian(type)
        bytes.appendLittleEndian(operation)
        bytes.appendLittleEndian(flags)
        bytes.appendLittleEndian(bufferAllocation)
        bytes.appendLittleEndian(forwardedCount)
        return bytes
    }
}
