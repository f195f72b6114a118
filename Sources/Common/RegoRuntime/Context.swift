/// How much one query may use. Exceeding any of these is an error, and an error is a refusal.
public struct Limits: Sendable {
    /// Loop turns and calls.
    public var work: Int
    /// Calls within calls, and collections within collections in parsed text.
    public var depth: Int
    /// Bytes of arena.
    public var memory: Int

    /// Limits that no sane policy reaches.
    public init(work: Int = 50_000_000, depth: Int = 500, memory: Int = 256 << 20) {
        self.work = work
        self.depth = depth
        self.memory = memory
    }
}

/// What a context refers to. Only `Context` touches it.
@usableFromInline
struct ContextState {
    @usableFromInline var cursor: UnsafeMutableRawPointer
    @usableFromInline var limit: UnsafeMutableRawPointer
    @usableFromInline var workLeft: Int
    @usableFromInline var depthLeft: Int
    @usableFromInline var strict: Bool
    @usableFromInline var memoryLeft: Int
    var limits: Limits
    var chunks: [UnsafeMutableRawBufferPointer]
    var memo: UnsafeMutablePointer<Value>
    var memoCount: Int
    var services: Services
}

/// One query's arena, limits and mode: a trivial handle, to be created once, reset for each query and destroyed.
///
/// Not to be shared between threads. Values made through it are invalid after `reset` and `destroy`.
@frozen
public struct Context {
    @usableFromInline let state: UnsafeMutablePointer<ContextState>

    @usableFromInline
    init(state: UnsafeMutablePointer<ContextState>) {
        self.state = state
    }

    /// A context with an arena of its own.
    ///
    /// - Parameters:
    ///   - strict: built-in failures are errors instead of undefined.
    ///   - memoSlots: how many values `memo(_:)` holds; all undefined after a reset.
    public static func create(
        limits: Limits = Limits(), strict: Bool = false, memoSlots: Int = 0, firstChunk: Int = 64 << 10
    ) -> Context {
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: max(firstChunk, 4096), alignment: 16)
        let memo = UnsafeMutablePointer<Value>.allocate(capacity: max(memoSlots, 1))
        memo.initialize(repeating: Value.undefined, count: max(memoSlots, 1))
        let base = chunk.baseAddress.unsafelyUnwrapped
        let state = UnsafeMutablePointer<ContextState>.allocate(capacity: 1)
        state.initialize(
            to: ContextState(
                cursor: base, limit: base + chunk.count, workLeft: limits.work, depthLeft: limits.depth,
                strict: strict, memoryLeft: limits.memory, limits: limits, chunks: [chunk], memo: memo,
                memoCount: memoSlots, services: Services()))
        return Context(state: state)
    }

    /// Forgets every value made through this context and starts the limits afresh.
    public func reset() {
        while state.pointee.chunks.count > 1 {
            state.pointee.chunks.removeLast().deallocate()
        }
        let first = state.pointee.chunks[0]
        let base = first.baseAddress.unsafelyUnwrapped
        state.pointee.cursor = base
        state.pointee.limit = base + first.count
        state.pointee.workLeft = state.pointee.limits.work
        state.pointee.depthLeft = state.pointee.limits.depth
        state.pointee.memoryLeft = state.pointee.limits.memory
        state.pointee.memo.update(repeating: Value.undefined, count: state.pointee.memoCount)
        state.pointee.services.startQuery()
    }

    /// Frees the arena. The context must not be used afterwards.
    public func destroy() {
        for chunk in state.pointee.chunks { chunk.deallocate() }
        state.pointee.memo.deallocate()
        state.deinitialize(count: 1)
        state.deallocate()
    }

    /// Whether built-in failures are errors.
    @inlinable public var isStrict: Bool {
        get { state.pointee.strict }
        nonmutating set { state.pointee.strict = newValue }
    }

    /// What the host offers to built-ins (clock, randomness, cryptography), and caches.
    public var services: Services {
        get { state.pointee.services }
        nonmutating _modify { yield &state.pointee.services }
    }

    /// A value remembered for this query; undefined until it is set.
    public func memo(_ slot: Int) -> Value {
        guard slot >= 0, slot < state.pointee.memoCount else { return .undefined }
        return state.pointee.memo[slot]
    }

    /// Remembers a value for the rest of this query.
    public func setMemo(_ slot: Int, _ value: Value) {
        guard slot >= 0, slot < state.pointee.memoCount else { return }
        state.pointee.memo[slot] = value
    }
}

extension Context {
    /// Counts one loop turn or call.
    @inlinable
    public func tick() throws(RegoError) {
        state.pointee.workLeft &-= 1
        if state.pointee.workLeft < 0 { throw workExceeded() }
    }

    /// Counts work of a known amount.
    @inlinable
    public func tick(_ amount: Int) throws(RegoError) {
        state.pointee.workLeft &-= amount
        if state.pointee.workLeft < 0 { throw workExceeded() }
    }

    /// Counts one call more; pair with `leave`.
    @inlinable
    public func enter() throws(RegoError) {
        state.pointee.depthLeft &-= 1
        if state.pointee.depthLeft < 0 { throw depthExceeded() }
    }

    /// Ends what `enter` began.
    @inlinable
    public func leave() { state.pointee.depthLeft &+= 1 }

    @inline(never) @usableFromInline
    func workExceeded() -> RegoError {
        let memory = state.pointee.memoryLeft < 0
        return RegoError(
            .limit,
            memory
                ? "the query needs more memory than its limit of \(state.pointee.limits.memory) bytes"
                : "the query needs more work than its limit of \(state.pointee.limits.work) steps")
    }

    @inline(never) @usableFromInline
    func depthExceeded() -> RegoError {
        RegoError(.limit, "the query nests deeper than its limit of \(state.pointee.limits.depth) levels")
    }

    /// A built-in's failure: thrown in strict mode, undefined in lenient mode.
    @inlinable
    public func fail(_ code: RegoError.Code, _ message: @autoclosure () -> String) throws(RegoError) -> Value
    {
        if state.pointee.strict { throw RegoError(code, message()) }
        return .undefined
    }
}
