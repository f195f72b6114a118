extension Context {
    /// Room for `bytes` bytes, aligned for values, valid until the context is reset.
    ///
    /// Never fails: an arena over its limit makes the next `tick` throw.
    @inlinable
    func allocate(_ bytes: Int) -> UnsafeMutableRawPointer {
        let rounded = (bytes &+ 7) & ~7
        let start = state.pointee.cursor
        if state.pointee.limit - start >= rounded {
            state.pointee.cursor = start + rounded
            return start
        }
        return allocateSlowly(rounded)
    }

    @inline(never) @usableFromInline
    func allocateSlowly(_ bytes: Int) -> UnsafeMutableRawPointer {
        let last = state.pointee.chunks.last?.count ?? 4096
        let size = max(min(last * 2, 4 << 20), bytes)
        state.pointee.memoryLeft -= size
        if state.pointee.memoryLeft < 0 { state.pointee.workLeft = min(state.pointee.workLeft, 0) }
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
        state.pointee.chunks.append(chunk)
        let base = chunk.baseAddress.unsafelyUnwrapped
        state.pointee.cursor = base + bytes
        state.pointee.limit = base + size
        return base
    }

    /// Room for `count` values.
    @inlinable
    func allocateValues(_ count: Int) -> UnsafeMutablePointer<Value> {
        allocate(count &* 16).bindMemory(to: Value.self, capacity: count)
    }

    /// Refuses before a built-in allocates something whose size its operands decide.
    @inlinable
    func reserve(_ bytes: Int) throws(RegoError) {
        if bytes > state.pointee.memoryLeft { throw memoryExceeded() }
    }

    @inline(never) @usableFromInline
    func memoryExceeded() -> RegoError {
        RegoError(
            .limit, "the query needs more memory than its limit of \(state.pointee.limits.memory) bytes")
    }

    /// Bytes of arena in use, for tests and measurements.
    public var arenaBytesUsed: Int {
        var used = 0
        for chunk in state.pointee.chunks.dropLast() { used += chunk.count }
        guard let last = state.pointee.chunks.last, let base = last.baseAddress else { return used }
        return used + (state.pointee.cursor - base)
    }
}

extension Context {
    /// A string of bytes that are already in memory at least as long-lived as this context.
    @inlinable
    func string(at start: UnsafeRawPointer, count: Int) -> Value {
        if count == 0 { return .emptyString }
        return Value(
            word: Value.word(.string, length: count, hash: Bytes.hash(start, count)),
            bits: UInt64(UInt(bitPattern: start)))
    }

    /// A string of a copy of bytes, which must be UTF-8.
    public func string(copying bytes: UnsafeRawBufferPointer) -> Value {
        guard let base = bytes.baseAddress, bytes.count > 0 else { return .emptyString }
        let room = allocate(bytes.count)
        room.copyMemory(from: base, byteCount: bytes.count)
        return string(at: room, count: bytes.count)
    }

    /// A string of a copy of bytes, which must be UTF-8.
    public func string(_ bytes: [UInt8]) -> Value {
        bytes.withUnsafeBytes { string(copying: $0) }
    }

    /// A Swift string as a value.
    public func string(_ text: String) -> Value {
        var text = text
        return text.withUTF8 { string(copying: UnsafeRawBufferPointer($0)) }
    }

    /// An array of copies of the handles.
    public func array(_ elements: [Value]) -> Value {
        if elements.isEmpty { return .emptyArray }
        let room = allocateValues(elements.count)
        for index in elements.indices { room[index] = elements[index] }
        return Value.array(room, elements.count)
    }

    /// A set of the elements.
    public func set(_ elements: [Value]) -> Value {
        var builder = SetBuilder()
        for element in elements { builder.insert(element, self) }
        return builder.finish(self)
    }

    /// An object of the members; the last of equal keys wins.
    public func object(_ members: [(Value, Value)]) -> Value {
        var builder = ObjectBuilder()
        for (key, value) in members { builder.insert(key, value, self) }
        return builder.finish(self)
    }
}

extension Value {
    /// An array of `count` values at `start`.
    @inlinable
    static func array(_ start: UnsafeMutablePointer<Value>, _ count: Int) -> Value {
        if count == 0 { return .emptyArray }
        return Value(word: word(.array, length: count), bits: UInt64(UInt(bitPattern: start)))
    }

    /// The elements of an array, in place.
    @inlinable
    var elements: UnsafeMutablePointer<Value>? {
        address?.assumingMemoryBound(to: Value.self)
    }
}
