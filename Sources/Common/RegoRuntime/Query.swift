/// What a compiled policy's functions share while they answer one query: the documents, remembered results and
/// the values that `with` put in place of functions.
///
/// A trivial handle, like ``Context``: created once, `begin` per query, destroyed at the end.
@frozen
public struct Query {
    @usableFromInline let state: UnsafeMutablePointer<QueryState>
    /// The arena, limits and mode of the query.
    public let context: Context
    @usableFromInline let constants: UnsafePointer<Value>

    /// A query of a policy with that many functions and slots.
    public static func create(
        context: Context, constants: Constants, functions: Int, slots: Int = 0
    ) -> Query {
        let state = UnsafeMutablePointer<QueryState>.allocate(capacity: 1)
        let count = functions + slots
        let places = UnsafeMutablePointer<Value>.allocate(capacity: max(count, 1))
        places.initialize(repeating: .undefined, count: max(count, 1))
        let known = UnsafeMutablePointer<UInt64>.allocate(capacity: max(functions, 1))
        known.initialize(repeating: 0, count: max(functions, 1))
        state.initialize(
            to: QueryState(
                input: .undefined, data: .undefined, places: places, known: known, ownPlaces: places,
                ownKnown: known, number: 0, functions: functions, slots: slots))
        return Query(state: state, context: context, constants: constants.values)
    }

    @usableFromInline
    init(state: UnsafeMutablePointer<QueryState>, context: Context, constants: UnsafePointer<Value>) {
        self.state = state
        self.context = context
        self.constants = constants
    }

    /// A constant of the policy; the compiler knows how many there are.
    @inlinable
    public func constant(_ index: Int) -> Value { constants[index] }

    /// Starts a query: sets the documents, forgets earlier results. The context must have been reset before.
    public func begin(input: Value, data: Value) {
        state.pointee.input = input
        state.pointee.data = data
        // An error inside of a `with` leaves its surroundings in force: begin with our own again.
        state.pointee.places = state.pointee.ownPlaces
        state.pointee.known = state.pointee.ownKnown
        state.pointee.number &+= 1
        for slot in 0..<state.pointee.slots { replaceSlot(slot, .undefined) }
    }

    /// Frees the query's own memory, not the context.
    public func destroy() {
        state.pointee.ownPlaces.deallocate()
        state.pointee.ownKnown.deallocate()
        state.deinitialize(count: 1)
        state.deallocate()
    }

    /// The input document; undefined when there is none.
    @inlinable public var input: Value { state.pointee.input }
    /// The base documents.
    @inlinable public var data: Value { state.pointee.data }

    /// Whether the function's result is remembered.
    @inlinable
    public func isKnown(_ function: Int) -> Bool { state.pointee.known[function] == state.pointee.number }

    /// The remembered result.
    @inlinable
    public func remembered(_ function: Int) -> Value { state.pointee.places[function] }

    /// Remembers a result for the rest of the query and hands it on.
    @inlinable
    public func remember(_ function: Int, _ value: Value) -> Value {
        state.pointee.places[function] = value
        state.pointee.known[function] = state.pointee.number
        return value
    }

    /// The value that stands in for a function.
    @inlinable
    public func slot(_ number: Int) -> Value { state.pointee.places[state.pointee.functions + number] }
}

/// What a query refers to. Only `Query` touches it.
@usableFromInline
struct QueryState {
    @usableFromInline var input: Value
    @usableFromInline var data: Value
    @usableFromInline var places: UnsafeMutablePointer<Value>
    /// For each function the number of the query that its place belongs to.
    @usableFromInline var known: UnsafeMutablePointer<UInt64>
    @usableFromInline var ownPlaces: UnsafeMutablePointer<Value>
    @usableFromInline var ownKnown: UnsafeMutablePointer<UInt64>
    /// Counts queries, so that nothing has to be cleared between them.
    @usableFromInline var number: UInt64
    @usableFromInline var functions: Int
    @usableFromInline var slots: Int
}

extension Query {
    /// What `with` must put back.
    public struct Surroundings {
        fileprivate var input: Value
        fileprivate var data: Value
        fileprivate var places: UnsafeMutablePointer<Value>
        fileprivate var known: UnsafeMutablePointer<UInt64>
    }

    /// Opens surroundings of their own for a `with`: same documents, nothing remembered.
    public func enterWith() -> Surroundings {
        let saved = surroundings
        let functions = state.pointee.functions
        let total = functions + state.pointee.slots
        let places = context.allocateValues(max(total, 1))
        places.initialize(repeating: .undefined, count: max(total, 1))
        for slot in functions..<total { places[slot] = state.pointee.places[slot] }
        let known = context.allocate(max(functions, 1) * 8).bindMemory(
            to: UInt64.self, capacity: max(functions, 1))
        known.initialize(repeating: 0, count: max(functions, 1))
        state.pointee.places = places
        state.pointee.known = known
        return saved
    }

    /// The surroundings in force.
    public var surroundings: Surroundings {
        Surroundings(
            input: state.pointee.input, data: state.pointee.data, places: state.pointee.places,
            known: state.pointee.known)
    }

    /// Goes back to surroundings of before.
    public func restore(_ saved: Surroundings) {
        state.pointee.input = saved.input
        state.pointee.data = saved.data
        state.pointee.places = saved.places
        state.pointee.known = saved.known
    }

    /// `with input.a.b as value`
    public func replaceInput(_ path: [Value], _ value: Value) {
        state.pointee.input = Query.replacing(state.pointee.input, path[...], value, context)
    }

    /// `with data.a.b as value`
    public func replaceData(_ path: [Value], _ value: Value) {
        state.pointee.data = Query.replacing(state.pointee.data, path[...], value, context)
    }

    /// `with f as value`
    public func replaceSlot(_ number: Int, _ value: Value) {
        state.pointee.places[state.pointee.functions + number] = value
    }

    private static func replacing(
        _ document: Value, _ path: ArraySlice<Value>, _ value: Value, _ context: Context
    ) -> Value {
        guard let key = path.first else { return value }
        var members = ObjectBuilder()
        if document.isObject {
            for turn in 0..<document.scanCount {
                members.insert(document.key(at: turn), document.value(at: turn), context)
            }
        }
        let inner = document.isObject ? document[key] : .undefined
        members.insert(key, replacing(inner, path.dropFirst(), value, context), context)
        return members.finish(context)
    }

    /// Members of both objects; where both have a value that is no object, the plain document's is taken.
    public func merge(base: Value, virtual: Value) -> Value {
        Query.merge(base: base, virtual: virtual, context)
    }

    static func merge(base: Value, virtual: Value, _ context: Context) -> Value {
        guard base.isObject else { return virtual }
        guard virtual.isObject, virtual.count > 0 else { return base }
        var members = ObjectBuilder()
        for turn in 0..<virtual.scanCount {
            members.insert(virtual.key(at: turn), virtual.value(at: turn), context)
        }
        for turn in 0..<base.scanCount {
            let key = base.key(at: turn)
            let inner = virtual[key]
            let value = base.value(at: turn)
            let merged =
                inner.isObject && value.isObject ? merge(base: value, virtual: inner, context) : value
            members.insert(key, merged, context)
        }
        return members.finish(context)
    }
}
