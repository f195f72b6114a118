/// Grows an array in a context's arena.
@frozen
public struct ArrayBuilder {
    @usableFromInline var start: UnsafeMutablePointer<Value>?
    @usableFromInline var used: Int = 0
    @usableFromInline var capacity: Int = 0

    /// Elements so far.
    @inlinable public var count: Int { used }

    /// An empty array to be.
    @inlinable
    public init() { start = nil }

    /// An empty array to be, with room for `capacity` elements.
    public init(capacity: Int, _ context: Context) {
        start = capacity > 0 ? context.allocateValues(capacity) : nil
        self.capacity = capacity
    }

    /// Adds an element at the end.
    @inlinable
    public mutating func append(_ element: Value, _ context: Context) {
        if used == capacity { grow(context) }
        start.unsafelyUnwrapped[used] = element
        used &+= 1
    }

    @inline(never) @usableFromInline
    mutating func grow(_ context: Context) {
        let larger = max(capacity * 2, 8)
        let room = context.allocateValues(larger)
        if let start { room.update(from: start, count: used) }
        start = room
        capacity = larger
    }

    /// The elements so far as a value. The builder can go on; the value does not change.
    public func finish(_ context: Context) -> Value {
        guard let start, used > 0 else { return .emptyArray }
        return Value.array(start, used)
    }
}

/// Keys, and for objects their values, on the way to a collection.
@usableFromInline
struct CollectionBuilder {
    @usableFromInline var keys: UnsafeMutablePointer<Value>? = nil
    @usableFromInline var values: UnsafeMutablePointer<Value>? = nil
    @usableFromInline var count = 0
    @usableFromInline var capacity = 0
    @usableFromInline var index: UnsafeMutablePointer<UInt32>? = nil
    @usableFromInline var mask: UInt32 = 0

    @usableFromInline init() {}

    @inline(never)
    func find(_ key: Value) -> Int {
        guard let keys else { return -1 }
        guard let index else {
            for position in 0..<count where keys[position] == key { return position }
            return -1
        }
        var slot = CollectionOrder.firstSlot(key, mask)
        while true {
            let entry = index[Int(slot)]
            if entry == 0 { return -1 }
            if keys[Int(entry) &- 1] == key { return Int(entry) &- 1 }
            slot = (slot &+ 1) & mask
        }
    }

    /// Adds a key that is not there yet.
    @inline(never)
    mutating func append(_ key: Value, _ value: Value, paired: Bool, _ context: Context) {
        if count == capacity { grow(paired: paired, context) }
        keys.unsafelyUnwrapped[count] = key
        if paired { values.unsafelyUnwrapped[count] = value }
        count += 1
        if let index { CollectionOrder.place(key, count - 1, index, mask) }
    }

    private mutating func grow(paired: Bool, _ context: Context) {
        let larger = max(capacity * 2, 8)
        let newKeys = context.allocateValues(larger)
        if let keys { newKeys.update(from: keys, count: count) }
        keys = newKeys
        if paired {
            let newValues = context.allocateValues(larger)
            if let values { newValues.update(from: values, count: count) }
            values = newValues
        }
        capacity = larger
        if larger > 16 { rebuildIndex(context) }
    }

    @inline(never)
    private mutating func rebuildIndex(_ context: Context) {
        let slots = CollectionOrder.slots(for: capacity)
        let room = context.allocate(slots * 4).bindMemory(to: UInt32.self, capacity: slots)
        room.initialize(repeating: 0, count: slots)
        mask = UInt32(truncatingIfNeeded: slots - 1)
        index = room
        for position in 0..<count {
            CollectionOrder.place(keys.unsafelyUnwrapped[position], position, room, mask)
        }
    }

    @inline(never)
    func finish(_ kind: Value.Kind, _ context: Context) -> Value {
        guard let keys, count > 0 else { return kind == .object ? .emptyObject : .emptySet }
        let (value, room) = CollectionBuilder.allocate(kind, count, context)
        room.update(from: keys, count: count)
        if let values { (room + count).update(from: values, count: count) }
        if let base = value.address { CollectionOrder.reindex(value, base) }
        return value
    }

    /// Room for a collection of `count` keys, unordered, its index empty: fill it, then `reindex`.
    static func allocate(
        _ kind: Value.Kind, _ count: Int, _ context: Context
    ) -> (Value, UnsafeMutablePointer<Value>) {
        let width = kind == .object ? 32 : 16
        let base = context.allocate(CollectionLayout.header + count * width)
        base.storeBytes(of: 0, as: UInt64.self)
        base.storeBytes(of: 0, toByteOffset: 8, as: UInt64.self)
        if count > CollectionLayout.scanned {
            let slots = CollectionOrder.slots(for: count)
            let index = context.allocate(slots * 4)
            base.storeBytes(of: UInt64(UInt(bitPattern: index)), as: UInt64.self)
            base.storeBytes(of: UInt32(truncatingIfNeeded: slots - 1), toByteOffset: 8, as: UInt32.self)
        }
        let value = Value(word: Value.word(kind, length: count), bits: UInt64(UInt(bitPattern: base)))
        return (value, (base + CollectionLayout.header).assumingMemoryBound(to: Value.self))
    }
}

/// Grows a set in a context's arena.
@frozen
public struct SetBuilder {
    @usableFromInline var contents = CollectionBuilder()

    /// An empty set to be.
    public init() {}

    /// Elements so far.
    public var count: Int { contents.count }

    /// Adds an element unless it is there; `undefined` is ignored.
    public mutating func insert(_ element: Value, _ context: Context) {
        if element.isUndefined || contents.find(element) >= 0 { return }
        contents.append(element, .undefined, paired: false, context)
    }

    /// Whether the element is there.
    public func contains(_ element: Value) -> Bool { contents.find(element) >= 0 }

    /// The set so far. The builder can go on; the value does not change.
    public func finish(_ context: Context) -> Value { contents.finish(.set, context) }
}

/// Grows an object in a context's arena.
@frozen
public struct ObjectBuilder {
    @usableFromInline var contents = CollectionBuilder()

    /// An empty object to be.
    public init() {}

    /// Members so far.
    public var count: Int { contents.count }

    /// Sets a member, replacing an earlier one of the same key. `undefined` is ignored.
    public mutating func insert(_ key: Value, _ value: Value, _ context: Context) {
        if key.isUndefined || value.isUndefined { return }
        let position = contents.find(key)
        if position >= 0, let values = contents.values {
            values[position] = value
        } else {
            contents.append(key, value, paired: true, context)
        }
    }

    /// Sets a member that must not be there with another value.
    public mutating func insertOnce(_ key: Value, _ value: Value, _ context: Context) throws(RegoError) {
        if key.isUndefined || value.isUndefined { return }
        let position = contents.find(key)
        if position < 0 {
            contents.append(key, value, paired: true, context)
            return
        }
        if let values = contents.values, values[position] == value { return }
        throw RegoError(.conflict, "object keys must be unique")
    }

    /// The value of a member so far; undefined when there is none.
    public func value(of key: Value) -> Value {
        let position = contents.find(key)
        guard position >= 0, let values = contents.values else { return .undefined }
        return values[position]
    }

    /// The object so far. The builder can go on; the value does not change.
    public func finish(_ context: Context) -> Value { contents.finish(.object, context) }
}
