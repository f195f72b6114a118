import CHypervisor
import Foundation
import Hypervisor
import Testing

/// The ring's parser on memory full of nonsense: it may refuse, it may accept, it never leaves the memory.
@Suite struct VirtqueueTests {
    private static let size = 1 << 16
    private static let guest: UInt64 = 0x4000
    private static let user: UInt64 = 0x7F00_0000_0000

    private func makeMemory() throws -> (GuestMemory, UnsafeMutableRawPointer) {
        let file = Int32(coffer_anonymous_file("ring", UInt64(Self.size)))
        defer { close(file) }
        let region = GuestMemory.Region(
            guestAddress: Self.guest, size: UInt64(Self.size), userAddress: Self.user, fileOffset: 0)
        let memory = try GuestMemory([(region: region, file: file)])
        let pointer = try #require(memory.pointer(Self.user, length: Self.size, .user))
        return (memory, pointer)
    }

    @Test func randomRingsNeverGiveABufferOutsideTheMemory() throws {
        let (memory, pointer) = try makeMemory()
        let inside = UnsafeRawBufferPointer(start: pointer, count: Self.size)
        var random = SplitMix(state: 0xC0FFEE)
        var chains = 0
        var refusals = 0
        for _ in 0..<20_000 {
            fill(pointer, &random)
            var ring = Virtqueue()
            resize(&ring)
            ring.descriptorTable = Self.user
            ring.availableRing = Self.user + 0x100
            ring.usedRing = Self.user + 0x200
            do {
                try ring.start(memory)
                while let chain = try ring.pop(memory) {
                    chains += 1
                    for buffer in chain.readable { #expect(contains(inside, buffer)) }
                    for buffer in chain.writable { #expect(contains(inside, UnsafeRawBufferPointer(buffer))) }
                    try ring.push(chain.head, written: 0, memory)
                }
            } catch {
                refusals += 1
            }
        }
        #expect(chains > 1000)
        #expect(refusals > 1000)
    }

    /// Mostly plausible values with some nonsense, so that both paths are taken.
    private func fill(_ pointer: UnsafeMutableRawPointer, _ random: inout SplitMix) {
        for index in 0..<8 {
            let entry = pointer + 16 * index
            let wild = random.next() % 8 == 0
            let address = wild ? random.next() : Self.guest + random.next() % UInt64(Self.size)
            entry.storeBytes(of: address, as: UInt64.self)
            entry.storeBytes(
                of: UInt32(truncatingIfNeeded: random.next() % 64), toByteOffset: 8, as: UInt32.self)
            entry.storeBytes(of: UInt16(random.next() % 4), toByteOffset: 12, as: UInt16.self)
            entry.storeBytes(of: UInt16(random.next() % 9), toByteOffset: 14, as: UInt16.self)
        }
        let ring = pointer + 0x100
        ring.storeBytes(of: UInt16(random.next() % 10), toByteOffset: 2, as: UInt16.self)
        for slot in 0..<8 {
            ring.storeBytes(of: UInt16(random.next() % 9), toByteOffset: 4 + 2 * slot, as: UInt16.self)
        }
    }

    private func contains(_ outer: UnsafeRawBufferPointer, _ inner: UnsafeRawBufferPointer) -> Bool {
        guard let start = outer.baseAddress, let first = inner.baseAddress else { return inner.isEmpty }
        return first >= start && first + inner.count <= start + outer.count
    }

    struct Range: Sendable {
        let address: UInt64
        let length: Int
        let isInside: Bool
    }
    private static let ranges = [
        Range(address: guest, length: 1, isInside: true),
        Range(address: guest + UInt64(size) - 1, length: 1, isInside: true),
        Range(address: guest + UInt64(size), length: 0, isInside: true),
        Range(address: guest + UInt64(size), length: 1, isInside: false),
        Range(address: guest - 1, length: 1, isInside: false),
        Range(address: guest, length: size, isInside: true),
        Range(address: guest, length: size + 1, isInside: false),
        Range(address: guest, length: -1, isInside: false),
        Range(address: .max, length: 1, isInside: false),
        Range(address: .max, length: .max, isInside: false),
    ]

    @Test(arguments: ranges)
    func addressesAreChecked(_ range: Range) throws {
        let (memory, _) = try makeMemory()
        let pointer = memory.pointer(range.address, length: range.length, .guest)
        #expect((pointer != nil) == range.isInside)
    }

    @Test(arguments: [UInt32(0), 3, 100, 65536, .max])
    func oddSizesAreRefused(_ size: UInt32) {
        var ring = Virtqueue()
        let accepted = ring.setSize(size)
        #expect(!accepted)
        #expect(ring.size == 0)
    }

    /// Eight entries.
    private func resize(_ ring: inout Virtqueue) {
        let accepted = ring.setSize(8)
        #expect(accepted)
    }

    @Test func ringOutsideTheMemoryIsRefused() throws {
        let (memory, _) = try makeMemory()
        var ring = Virtqueue()
        resize(&ring)
        ring.availableRing = Self.user + UInt64(Self.size) - 4
        #expect(throws: VirtqueueError.ringOutsideMemory) {
            var copy = ring
            _ = try copy.pop(memory)
        }
        ring.usedRing = 1
        #expect(throws: VirtqueueError.ringOutsideMemory) {
            var copy = ring
            try copy.start(memory)
        }
        #expect(throws: VirtqueueError.ringOutsideMemory) {
            var copy = ring
            try copy.push(0, written: 0, memory)
        }
    }
}

/// A small generator with a known sequence, so that a failure can be repeated.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
