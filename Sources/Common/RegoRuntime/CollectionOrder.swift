/// Putting the keys of a collection in order, and its hash index.
@usableFromInline
enum CollectionOrder {
    /// Sorts the keys and with them the values, then rebuilds the index.
    @inline(never) @usableFromInline
    static func sort(_ collection: Value, _ base: UnsafeMutableRawPointer) {
        let count = collection.length
        let keys = (base + CollectionLayout.header).assumingMemoryBound(to: Value.self)
        let values = collection.isObject ? keys + count : nil
        if count <= 12 {
            insertionSort(keys, values, count)
        } else if !isSorted(keys, count) {
            permutationSort(keys, values, count)
            reindex(collection, base)
        }
        base.storeBytes(of: 1, toByteOffset: 12, as: UInt32.self)
    }

    private static func isSorted(_ keys: UnsafeMutablePointer<Value>, _ count: Int) -> Bool {
        for position in 1..<count where Value.compare(keys[position - 1], keys[position]) > 0 { return false }
        return true
    }

    private static func insertionSort(
        _ keys: UnsafeMutablePointer<Value>, _ values: UnsafeMutablePointer<Value>?, _ count: Int
    ) {
        var next = 1
        while next < count {
            let key = keys[next]
            let value = values?[next] ?? .undefined
            var hole = next
            while hole > 0, Value.compare(keys[hole - 1], key) > 0 {
                keys[hole] = keys[hole - 1]
                if let values { values[hole] = values[hole - 1] }
                hole -= 1
            }
            keys[hole] = key
            if let values { values[hole] = value }
            next += 1
        }
    }

    private static func permutationSort(
        _ keys: UnsafeMutablePointer<Value>, _ values: UnsafeMutablePointer<Value>?, _ count: Int
    ) {
        var order = Array(0..<count)
        order.sort { Value.compare(keys[$0], keys[$1]) < 0 }
        let oldKeys = Array(UnsafeBufferPointer(start: keys, count: count))
        for (position, old) in order.enumerated() { keys[position] = oldKeys[old] }
        guard let values else { return }
        let oldValues = Array(UnsafeBufferPointer(start: values, count: count))
        for (position, old) in order.enumerated() { values[position] = oldValues[old] }
    }

    /// How many slots an index over `count` keys has.
    @inlinable
    static func slots(for count: Int) -> Int {
        var size = 32
        while size < count * 2 { size *= 2 }
        return size
    }

    /// Fills the index that `base` already has room for.
    @inline(never)
    static func reindex(_ collection: Value, _ base: UnsafeMutableRawPointer) {
        guard let index = UnsafeMutablePointer<UInt32>(bitPattern: UInt(base.load(as: UInt64.self))) else {
            return
        }
        let mask = base.load(fromByteOffset: 8, as: UInt32.self)
        let keys = (base + CollectionLayout.header).assumingMemoryBound(to: Value.self)
        index.update(repeating: 0, count: Int(mask) + 1)
        for position in 0..<collection.length { place(keys[position], position, index, mask) }
    }

    /// Where the search for a key begins in an index. The hash in a string's handle is enough for a small index, so
    /// that its bytes need not be read again.
    @inlinable
    static func firstSlot(_ key: Value, _ mask: UInt32) -> UInt32 {
        let hash = key.isString && mask < 1 << 13 ? Bytes.finish(key.word) : key.hash64
        return UInt32(truncatingIfNeeded: hash >> 32) & mask
    }

    /// Enters one position into an index that has room.
    @inlinable
    static func place(
        _ key: Value, _ position: Int, _ index: UnsafeMutablePointer<UInt32>, _ mask: UInt32
    ) {
        var slot = firstSlot(key, mask)
        while index[Int(slot)] != 0 { slot = (slot &+ 1) & mask }
        index[Int(slot)] = UInt32(truncatingIfNeeded: position &+ 1)
    }
}
