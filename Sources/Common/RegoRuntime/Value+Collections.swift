// Objects and sets share one layout, `Collection header | keys | values (objects only)`:
//
//     +0   address of the hash index, or 0      UInt64
//     +8   size of the hash index minus one     UInt32
//     +12  1 when the keys are in order         UInt32
//     +16  keys, 16 bytes each; then the values in the same order
//
// The count is in the handle. Small collections are scanned by the handles' first words (kind, hash and length in
// one comparison), larger ones have an index of positions + 1, open addressing. Keys are put in order when
// somebody iterates or compares, not before: most objects are only looked into.

@usableFromInline enum CollectionLayout {
    /// Bytes before the first key.
    @usableFromInline static var header: Int {
        @inlinable get { 16 }
    }
    /// Collections of more elements than this have a hash index.
    @usableFromInline static var scanned: Int {
        @inlinable get { 12 }
    }
}

extension Value {
    /// The keys of an object or set in the order they lie in, nil when there are none.
    @inlinable
    var keys: UnsafeMutablePointer<Value>? {
        guard let address else { return nil }
        return (address + CollectionLayout.header).assumingMemoryBound(to: Value.self)
    }

    /// Where the key lies in an object or set, or -1.
    @inline(never) @usableFromInline
    func find(_ key: Value) -> Int {
        guard let base = address else { return -1 }
        let keys = (base + CollectionLayout.header).assumingMemoryBound(to: Value.self)
        let count = length
        if count > CollectionLayout.scanned { return findIndexed(key, base, keys) }
        if key.isNumber || key.rawKind >= Kind.array.rawValue {
            var position = 0
            while position < count {
                if keys[position] == key { return position }
                position &+= 1
            }
            return -1
        }
        let word = key.word
        var position = 0
        while position < count {
            if keys[position].word == word {
                if keys[position].bits == key.bits { return position }
                if key.isString, let a = key.address, let b = keys[position].address,
                    Bytes.equal(UnsafeRawPointer(a), UnsafeRawPointer(b), key.length)
                {
                    return position
                }
            }
            position &+= 1
        }
        return -1
    }

    private func findIndexed(
        _ key: Value, _ base: UnsafeMutableRawPointer, _ keys: UnsafeMutablePointer<Value>
    )
        -> Int
    {
        guard let index = UnsafePointer<UInt32>(bitPattern: UInt(base.load(as: UInt64.self))) else {
            return -1
        }
        let mask = base.load(fromByteOffset: 8, as: UInt32.self)
        var slot = CollectionOrder.firstSlot(key, mask)
        while true {
            let entry = index[Int(slot)]
            if entry == 0 { return -1 }
            if keys[Int(entry) &- 1] == key { return Int(entry) &- 1 }
            slot = (slot &+ 1) & mask
        }
    }

    /// The element of an array by index, of an object by key, the member of a set; undefined when there is none
    /// or this is something else.
    @inlinable
    public subscript(key: Value) -> Value {
        switch rawKind {
        case Kind.object.rawValue:
            let position = find(key)
            if position < 0 { return .undefined }
            return keys.unsafelyUnwrapped[length &+ position]
        case Kind.array.rawValue:
            guard let index = key.wholeNumber else { return .undefined }
            return self[index]
        case Kind.set.rawValue:
            let position = find(key)
            if position < 0 { return .undefined }
            return keys.unsafelyUnwrapped[position]
        default:
            return .undefined
        }
    }

    /// The element of an array; undefined when there is none or this is no array.
    @inlinable
    public subscript(index: Int) -> Value {
        guard isArray, index >= 0, index < length, let elements else { return .undefined }
        return elements[index]
    }

    /// The value of an object's member by name; undefined when there is none. For hosts and tests: compiled code
    /// looks up with constant values.
    public subscript(name: String) -> Value {
        guard isObject, let keys else { return .undefined }
        var name = name
        return name.withUTF8 { bytes in
            for position in 0..<length where keys[position].isString {
                if keys[position].utf8.elementsEqual(bytes) { return keys[length + position] }
            }
            return .undefined
        }
    }

    /// A copy of an array's elements; nothing for anything else.
    var arrayElements: [Value] { isArray ? (0..<count).map { self[$0] } : [] }

    /// Whether a collection has the value as an element (`x in v`); false for anything that is no collection.
    @inlinable
    public func contains(_ element: Value) -> Bool {
        switch rawKind {
        case Kind.set.rawValue: return find(element) >= 0
        case Kind.array.rawValue:
            guard let elements else { return false }
            return Value.run(elements, length, has: element)
        case Kind.object.rawValue:
            guard let keys else { return false }
            return Value.run(keys + length, length, has: element)
        default: return false
        }
    }

    @inline(never) @usableFromInline
    static func run(_ start: UnsafeMutablePointer<Value>, _ count: Int, has element: Value) -> Bool {
        var position = 0
        while position < count {
            if start[position] == element { return true }
            position &+= 1
        }
        return false
    }
}

extension Value {
    /// How many turns an iteration takes. Puts the keys of objects and sets in order first, so it must be asked
    /// before `key(at:)` and `value(at:)`.
    @inlinable
    public var scanCount: Int {
        let kind = rawKind
        if kind < Kind.array.rawValue { return 0 }
        if kind > Kind.array.rawValue { sort() }
        return length
    }

    /// The key of an iteration's turn: index, key or member. The turn must be under `scanCount`.
    @inlinable
    public func key(at turn: Int) -> Value {
        if isArray { return .int(turn) }
        guard turn >= 0, turn < count, let keys else { return .undefined }
        return keys[turn]
    }

    /// The value of an iteration's turn: element, value or member. The turn must be under `scanCount`.
    @inlinable
    public func value(at turn: Int) -> Value {
        guard turn >= 0, turn < count, let address else { return .undefined }
        switch rawKind {
        case Kind.array.rawValue: return address.assumingMemoryBound(to: Value.self)[turn]
        case Kind.object.rawValue: return keys.unsafelyUnwrapped[length &+ turn]
        default: return keys.unsafelyUnwrapped[turn]
        }
    }

    /// The keys in order, followed for objects by the values; nil when there are none.
    @inlinable
    var sortedKeys: UnsafeMutablePointer<Value>? {
        sort()
        return keys
    }

    /// Puts the keys of an object or set in order, unless they are.
    @inlinable
    func sort() {
        guard let address else { return }
        if address.load(fromByteOffset: 12, as: UInt32.self) & 1 == 0 { CollectionOrder.sort(self, address) }
    }
}
