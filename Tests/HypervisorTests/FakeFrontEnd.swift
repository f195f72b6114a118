import CHypervisor
import Foundation
import Hypervisor

/// The machine's and the driver's side of the vsock device, played by a test: memory in a memfd, two rings driven by
/// hand, packets written and read as a guest's kernel would.
final class FakeFrontEnd {
    struct Failure: Error { let text: String }

    /// Guest physical address of the memory, and the address by which ring addresses are given.
    static let guestBase: UInt64 = 0x10_0000
    static let userBase: UInt64 = 0x7000_0000_0000
    static let memorySize = 8 << 20
    static let ringSize = 128
    static let bufferSize = 4096

    let socket: Int32
    let memory: UnsafeMutableRawPointer
    private let file: Int32
    private let kicks: [Int32]
    private let calls: [Int32]
    private var nextUsed: [UInt16] = [0, 0]
    private var nextAvailable: [UInt16] = [0, 0]
    /// Packets received and not yet asked for.
    private var inbox: [(header: VsockPacket, data: [UInt8])] = []

    /// Offsets in the memory: the rings at the start, one buffer per descriptor after them.
    static func table(_ ring: Int) -> Int { ring * 0x10000 }
    static func available(_ ring: Int) -> Int { table(ring) + 0x4000 }
    static func used(_ ring: Int) -> Int { table(ring) + 0x8000 }
    static func buffer(_ ring: Int, _ index: Int) -> Int { 0x100000 * (ring + 1) + index * bufferSize * 2 }

    init(_ path: String, handshake: Bool = true) throws {
        socket = try UnixSocket.connect(path: path)
        file = Int32(coffer_anonymous_file("guest", UInt64(Self.memorySize)))
        guard let mapped = mmap(nil, Self.memorySize, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0),
            mapped != MAP_FAILED
        else { throw Failure(text: "mmap") }
        memory = mapped
        kicks = (0..<2).map { _ in Int32(coffer_event_counter()) }
        calls = (0..<2).map { _ in Int32(coffer_event_counter()) }
        if handshake { try setUp() }
    }

    deinit {
        close(socket)
        close(file)
        for descriptor in kicks + calls { close(descriptor) }
        munmap(memory, Self.memorySize)
    }

    func setUp() throws {
        try sendMemory()
        for ring in 0..<2 {
            try send(8, u32(ring) + u32(Self.ringSize))
            try send(10, u32(ring) + u32(0))
            try send(9, addresses(ring))
            try send(12, u64(UInt64(ring)), [kicks[ring]])
            try send(13, u64(UInt64(ring)), [calls[ring]])
            try send(18, u32(ring) + u32(1))
        }
        for index in 0..<Self.ringSize { postReceive(index) }
        kick(0)
        // A question at the end: its answer says that everything before it was carried out.
        _ = try ask(1)
    }

    func addresses(_ ring: Int, table: UInt64? = nil) -> [UInt8] {
        u32(ring) + u32(0) + u64(table ?? Self.userBase + UInt64(Self.table(ring)))
            + u64(Self.userBase + UInt64(Self.used(ring))) + u64(Self.userBase + UInt64(Self.available(ring)))
            + u64(0)
    }

    func sendMemory(size: UInt64 = UInt64(memorySize), offset: UInt64 = 0) throws {
        let region = u64(Self.guestBase) + u64(size) + u64(Self.userBase) + u64(offset)
        try send(5, u32(1) + u32(0) + region, [file])
    }

    // MARK: messages

    func send(_ request: UInt32, _ payload: [UInt8], _ descriptors: [Int32] = [], flags: UInt32 = 1) throws {
        let bytes = VhostUserMessage(request: request, flags: flags, payload: payload).serialized
        let sent = bytes.withUnsafeBytes {
            coffer_send_with_descriptors(
                socket, $0.baseAddress, $0.count, descriptors, Int32(descriptors.count))
        }
        guard sent == bytes.count else { throw Failure(text: "send: \(sent)") }
    }

    /// Sends a request and returns its answer's payload, nil when the device hung up.
    func ask(_ request: UInt32, _ payload: [UInt8] = [], flags: UInt32 = 1) throws -> [UInt8]? {
        try send(request, payload, flags: flags)
        guard let header = receive(12) else { return nil }
        let size = header[8..<12].reversed().reduce(0) { $0 << 8 | Int($1) }
        return receive(size)
    }

    private func receive(_ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let part = bytes.withUnsafeMutableBytes {
                recv(socket, $0.baseAddress.map { $0 + filled }, count - filled, 0)
            }
            if part <= 0 { return nil }
            filled += part
        }
        return bytes
    }

    func u32(_ value: Int) -> [UInt8] { withUnsafeBytes(of: UInt32(value).littleEndian) { Array($0) } }
    func u64(_ value: UInt64) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }

    // MARK: rings

    func describe(
        _ ring: Int, _ index: Int, address: UInt64, length: UInt32, flags: UInt16, next: UInt16 = 0
    ) {
        let entry = memory + Self.table(ring) + 16 * index
        entry.storeBytes(of: address, as: UInt64.self)
        entry.storeBytes(of: length, toByteOffset: 8, as: UInt32.self)
        entry.storeBytes(of: flags, toByteOffset: 12, as: UInt16.self)
        entry.storeBytes(of: next, toByteOffset: 14, as: UInt16.self)
    }

    func offer(_ ring: Int, head: UInt16) {
        let slot = Int(nextAvailable[ring]) % Self.ringSize
        (memory + Self.available(ring)).storeBytes(of: head, toByteOffset: 4 + 2 * slot, as: UInt16.self)
        nextAvailable[ring] &+= 1
        coffer_store_release_16(memory + Self.available(ring) + 2, nextAvailable[ring])
    }

    func setAvailableIndex(_ ring: Int, _ index: UInt16) {
        coffer_store_release_16(memory + Self.available(ring) + 2, index)
    }

    func kick(_ ring: Int) {
        var one: UInt64 = 1
        _ = write(kicks[ring], &one, 8)
    }

    static func address(_ offset: Int) -> UInt64 { guestBase + UInt64(offset) }

    private func postReceive(_ index: Int) {
        let size = UInt32(Self.bufferSize + VsockPacket.headerSize)
        describe(0, index, address: Self.address(Self.buffer(0, index)), length: size, flags: 2)
        offer(0, head: UInt16(index))
    }

    /// Puts bytes on the transmit ring as two buffers, header and data, and waits until the device took them.
    func transmit(_ header: [UInt8], _ data: [UInt8] = []) throws {
        offerPacket(header, data)
        let limit = Date(timeIntervalSinceNow: 20)
        while coffer_load_acquire_16(memory + Self.used(1) + 2) != nextAvailable[1] {
            if Date() > limit { throw Failure(text: "the device did not take a packet") }
            usleep(50)
        }
    }

    /// Puts bytes on the transmit ring; at most 64 packets may wait there.
    func offerPacket(_ header: [UInt8], _ data: [UInt8] = []) {
        let index = (Int(nextAvailable[1]) * 2) % Self.ringSize
        let offset = Self.buffer(1, index)
        (memory + offset).copyMemory(from: header, byteCount: header.count)
        (memory + offset + 64).copyMemory(from: data, byteCount: data.count)
        let more: UInt16 = data.isEmpty ? 0 : 1
        describe(
            1, index, address: Self.address(offset), length: UInt32(header.count), flags: more,
            next: UInt16(index + 1))
        describe(1, index + 1, address: Self.address(offset + 64), length: UInt32(data.count), flags: 0)
        offer(1, head: UInt16(index))
        kick(1)
    }

    /// The next packet of the device; a handled one gives its buffer back.
    func nextPacket(seconds: Double = 20) throws -> (header: VsockPacket, data: [UInt8]) {
        if !inbox.isEmpty { return inbox.removeFirst() }
        let limit = Date(timeIntervalSinceNow: seconds)
        while coffer_load_acquire_16(memory + Self.used(0) + 2) == nextUsed[0] {
            if Date() > limit { throw Failure(text: "no packet came") }
            usleep(50)
        }
        return try take()
    }

    private func take() throws -> (header: VsockPacket, data: [UInt8]) {
        let entry = memory + Self.used(0) + 4 + 8 * (Int(nextUsed[0]) % Self.ringSize)
        let index = Int(entry.load(as: UInt32.self))
        let length = Int(entry.load(fromByteOffset: 4, as: UInt32.self))
        nextUsed[0] &+= 1
        let start = memory + Self.buffer(0, index)
        let bytes = Array(UnsafeRawBufferPointer(start: start, count: length))
        postReceive(index)
        kick(0)
        guard let header = VsockPacket(bytes) else { throw Failure(text: "a packet of \(length) bytes") }
        return (header, Array(bytes.dropFirst(VsockPacket.headerSize)))
    }

    /// The next packet for one guest port; others wait their turn.
    func nextPacket(port: UInt32) throws -> (header: VsockPacket, data: [UInt8]) {
        if let index = inbox.firstIndex(where: { $0.header.destinationPort == port }) {
            return inbox.remove(at: index)
        }
        // Those that waited already are for other ports.
        let others = inbox
        inbox = []
        defer { inbox = others + inbox }
        var passed: [(header: VsockPacket, data: [UInt8])] = []
        defer { inbox = passed }
        while true {
            let packet = try nextPacket()
            if packet.header.destinationPort == port { return packet }
            passed.append(packet)
        }
    }

    /// Whether the device ended the vhost-user conversation.
    func hungUp() -> Bool {
        var byte: UInt8 = 0
        return recv(socket, &byte, 1, 0) <= 0
    }
}
