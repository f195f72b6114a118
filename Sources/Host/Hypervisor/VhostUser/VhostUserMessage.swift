/// One message of the vhost-user protocol: a 12-byte header and a payload, little endian.
///
/// Source: QEMU's docs/interop/vhost-user.rst.
package struct VhostUserMessage: Equatable {
    /// The requests that a vsock device has to know. Others are answered as failed when an answer is wanted.
    package enum Request: UInt32 {
        /// Answered with the virtio features that this device offers.
        case getFeatures = 1
        /// Accepted: there is nothing to choose.
        case setFeatures = 2
        /// The start of a session; nothing to do.
        case setOwner = 3
        /// All rings stop and all connections end.
        case resetOwner = 4
        /// Regions of the machine's memory, one descriptor each.
        case setMemoryTable = 5
        /// Entries of one ring.
        case setRingSize = 8
        /// Where one ring's three parts are.
        case setRingAddresses = 9
        /// Where in the available ring to go on.
        case setRingBase = 10
        /// Stops a ring; answered with where it would go on.
        case getRingBase = 11
        /// The descriptor by which the driver says that there is something to take.
        case setRingKick = 12
        /// The descriptor by which this device interrupts the driver.
        case setRingCall = 13
        /// The descriptor for errors of the ring.
        case setRingError = 14
        /// Answered with CONFIG and REPLY_ACK.
        case getProtocolFeatures = 15
        /// Accepted: there is nothing to choose.
        case setProtocolFeatures = 16
        /// Answered with the number of rings.
        case getQueueCount = 17
        /// Switches a ring on or off.
        case setRingEnable = 18
        /// Answered with the device's configuration space: the guest's context identifier.
        case getConfiguration = 24
        /// Accepted and dropped: nothing in the space can be written.
        case setConfiguration = 25
    }

    /// Header flags: two version bits (always 1), reply, "please reply".
    package enum Flag {
        /// Bits 0 and 1: the protocol's version.
        package static let version: UInt32 = 1
        /// Bit 2: this answers a request.
        package static let reply: UInt32 = 4
        /// Bit 3: the sender wants an answer to a request that has none (VHOST_USER_PROTOCOL_F_REPLY_ACK).
        package static let needReply: UInt32 = 8
    }

    /// Bytes of the header.
    package static let headerSize = 12
    /// No request of this device is longer; a larger size is refused before anything is allocated.
    package static let maximumPayload = 4096

    /// A number of `Request`, or one that this device does not know.
    package var request: UInt32
    /// Bits of `Flag`.
    package var flags: UInt32
    /// At most `maximumPayload` bytes in what is received.
    package var payload: [UInt8]

    package init(request: UInt32, flags: UInt32, payload: [UInt8]) {
        self.request = request
        self.flags = flags
        self.payload = payload
    }

    /// The bytes on the socket.
    package var serialized: [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendLittleEndian(request)
        bytes.appendLittleEndian(flags)
        bytes.appendLittleEndian(UInt32(payload.count))
        return bytes + payload
    }

    /// The answer to this message with `payload`.
    package func reply(_ payload: [UInt8]) -> VhostUserMessage {
        VhostUserMessage(request: request, flags: Flag.version | Flag.reply, payload: payload)
    }
}
