internal import CHypervisor

/// The device's side of one split virtqueue. Virtual I/O Device specification 1.2, section 2.7.
///
/// The ring lives in memory that the guest can change at any moment: every value is read once, checked, and used
/// from the copy.
package struct Virtqueue {
    /// One request of the driver: its buffers in order, the readable ones first.
    package struct Chain {
        /// The first descriptor's number, which names the chain in the used ring.
        package let head: UInt16
        /// What the device may read.
        package let readable: [UnsafeRawBufferPointer]
        /// What the device may write.
        package let writable: [UnsafeMutableRawBufferPointer]

        /// Bytes in all readable buffers.
        package var readableCount: Int { readable.reduce(0) { $0 + $1.count } }
        /// Bytes in all writable buffers.
        package var writableCount: Int { writable.reduce(0) { $0 + $1.count } }
    }

    private enum Flag {
        static let next: UInt16 = 1
        static let write: UInt16 = 2
        static let indirect: UInt16 = 4
        static let noInterrupt: UInt16 = 1
    }

    /// Entries in each ring: a power of two up to 32768, or 0 before the driver set it.
    package private(set) var size: UInt16 = 0
    /// Addresses in the machine's own form (`AddressForm.user`).
    package var descriptorTable: UInt64 = 0
    /// In the same form; 0 before the driver set it.
    package var availableRing: UInt64 = 0
    /// In the same form; 0 before the driver set it.
    package var usedRing: UInt64 = 0
    /// The next entry of the available ring to take; runs freely modulo 65536.
    package var nextAvailable: UInt16 = 0
    private var nextUsed: UInt16 = 0

    /// A ring that is not set up yet; `pop` gives nothing.
    package init() {}

    /// Sets the number of entries; false when it is not a power of two up to 32768.
    package mutating func setSize(_ count: UInt32) -> Bool {
        guard count > 0, count <= 32768, count & (count - 1) == 0 else { return false }
        size = UInt16(count)
        return true
    }

    /// Continues from the used ring's own index; to be called when the ring starts.
    package mutating func start(_ memory: GuestMemory) throws(VirtqueueError) {
        guard let used = memory.pointer(usedRing, length: 4, .user) else { throw .ringOutsideMemory }
        nextUsed = coffer_load_acquire_16(used + 2)
    }

    /// Takes the next chain that the driver made available, or nil when there is none.
    package mutating func pop(_ memory: GuestMemory) throws(VirtqueueError) -> Chain? {
        guard size > 0, availableRing != 0 else { return nil }
        guard let ring = memory.pointer(availableRing, length: 4 + 2 * Int(size), .user), aligned(ring, 2)
        else { throw .ringOutsideMemory }
        let driverIndex = coffer_load_acquire_16(ring + 2)
        let waiting = driverIndex &- nextAvailable
        if waiting == 0 { return nil }
        guard waiting <= size else { throw .availableIndexJumped(from: nextAvailable, to: driverIndex) }
        let slot = Int(nextAvailable & (size - 1))
        let head = ring.loadUnaligned(fromByteOffset: 4 + 2 * slot, as: UInt16.self)
        let chain = try readChain(head, memory)
        nextAvailable &+= 1
        return chain
    }

    /// Gives the chain back with the number of bytes written into it.
    package mutating func push(_ head: UInt16, written: UInt32, _ memory: GuestMemory) throws(VirtqueueError)
    {
        guard let ring = memory.pointer(usedRing, length: 4 + 8 * Int(size), .user), aligned(ring, 4)
        else { throw .ringOutsideMemory }
        let entry = ring + 4 + 8 * Int(nextUsed & (size - 1))
        entry.storeBytes(of: UInt32(head), as: UInt32.self)
        entry.storeBytes(of: written, toByteOffset: 4, as: UInt32.self)
        nextUsed &+= 1
        coffer_store_release_16(ring + 2, nextUsed)
    }

    /// Whether the driver wants an interrupt for the entries just pushed.
    package func wantsInterrupt(_ memory: GuestMemory) -> Bool {
        guard let ring = memory.pointer(availableRing, length: 4, .user) else { return false }
        coffer_full_fence()
        return ring.loadUnaligned(as: UInt16.self) & Flag.noInterrupt == 0
    }

    private func aligned(_ pointer: UnsafeMutableRawPointer, _ bytes: UInt) -> Bool {
        UInt(bitPattern: pointer) % bytes == 0
    }

    private func readChain(_ head: UInt16, _ memory: GuestMemory) throws(VirtqueueError) -> Chain {
        guard let table = memory.pointer(descriptorTable, length: 16 * Int(size), .user) else {
            throw .ringOutsideMemory
        }
        var readable: [UnsafeRawBufferPointer] = []
        var writable: [UnsafeMutableRawBufferPointer] = []
        var index = head
        for _ in 0..<size {
            guard index < size else { throw .descriptorOutOfRange(index) }
            let entry = table + 16 * Int(index)
            let address = entry.loadUnaligned(as: UInt64.self)
            let length = entry.loadUnaligned(fromByteOffset: 8, as: UInt32.self)
            let flags = entry.loadUnaligned(fromByteOffset: 12, as: UInt16.self)
            let next = entry.loadUnaligned(fromByteOffset: 14, as: UInt16.self)
            if flags & Flag.indirect != 0 { throw .indirectNotOffered(head: head) }
            guard let buffer = memory.pointer(address, length: Int(length), .guest) else {
                throw .bufferOutsideMemory(address: address, length: length)
            }
            if flags & Flag.write != 0 {
                writable.append(.init(start: buffer, count: Int(length)))
            } else {
                if !writable.isEmpty { throw .readableAfterWritable(head: head) }
                readable.append(.init(start: buffer, count: Int(length)))
            }
            if flags & Flag.next == 0 { return Chain(head: head, readable: readable, writable: writable) }
            index = next
        }
        throw .chainLoops(head: head)
    }
}
