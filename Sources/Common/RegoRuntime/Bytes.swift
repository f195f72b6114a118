/// Comparing and hashing runs of bytes, eight at a time.
@usableFromInline
enum Bytes {
    /// What the handle of the empty string keeps as its hash.
    @inlinable static var emptyHash: UInt64 { 0x5bd1 }

    /// Whether two runs of the same length are equal.
    @inline(never) @usableFromInline
    static func equal(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer, _ count: Int) -> Bool {
        var offset = 0
        while offset &+ 8 <= count {
            if left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                != right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            {
                return false
            }
            offset &+= 8
        }
        if offset == count { return true }
        if count >= 8 {
            return left.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
                == right.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
        }
        return tail(left, count) == tail(right, count)
    }

    /// Fewer than eight bytes as one number, different for different bytes of the same count.
    @inlinable
    static func tail(_ bytes: UnsafeRawPointer, _ count: Int) -> UInt64 {
        if count >= 4 {
            let low = UInt64(bytes.loadUnaligned(as: UInt32.self))
            let high = UInt64(bytes.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self))
            return low | high << 32
        }
        if count == 0 { return 0 }
        let first = UInt64(bytes.load(as: UInt8.self))
        let middle = UInt64(bytes.load(fromByteOffset: count >> 1, as: UInt8.self))
        let last = UInt64(bytes.load(fromByteOffset: count &- 1, as: UInt8.self))
        return first | middle << 8 | last << 16
    }

    /// Bytewise lexicographic order: negative, zero or positive.
    @inline(never) @usableFromInline
    static func compare(
        _ left: UnsafeRawPointer, _ leftCount: Int, _ right: UnsafeRawPointer, _ rightCount: Int
    ) -> Int {
        let shared = min(leftCount, rightCount)
        var offset = 0
        while offset &+ 8 <= shared {
            let a = left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            let b = right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            if a != b { return a.byteSwapped < b.byteSwapped ? -1 : 1 }
            offset &+= 8
        }
        while offset < shared {
            let a = left.load(fromByteOffset: offset, as: UInt8.self)
            let b = right.load(fromByteOffset: offset, as: UInt8.self)
            if a != b { return a < b ? -1 : 1 }
            offset &+= 1
        }
        return leftCount == rightCount ? 0 : (leftCount < rightCount ? -1 : 1)
    }

    /// A 64-bit hash; equal bytes give equal hashes within one build of the runtime.
    @inline(never) @usableFromInline
    static func hash(_ bytes: UnsafeRawPointer, _ count: Int) -> UInt64 {
        var state: UInt64 = 0x9e37_79b9_7f4a_7c15 ^ UInt64(truncatingIfNeeded: count)
        var offset = 0
        while offset &+ 8 <= count {
            state = mix(state, bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            offset &+= 8
        }
        if offset < count {
            let last =
                count >= 8
                ? bytes.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self) : tail(bytes, count)
            state = mix(state, last)
        }
        return finish(state)
    }

    @inlinable
    static func mix(_ state: UInt64, _ chunk: UInt64) -> UInt64 {
        let product = (state ^ chunk) &* 0xd6e8_feb8_6659_fd93
        return product ^ (product >> 32)
    }

    @inlinable
    static func finish(_ state: UInt64) -> UInt64 {
        let product = state &* 0xff51_afd7_ed55_8ccd
        return product ^ (product >> 33)
    }
}
