extension Builtins {
    /// `object.get(object, key or path, default)`
    public static func objectGet(
        _ context: Context, _ object: Value, _ key: Value, _ fallback: Value
    ) throws(RegoError) -> Value {
        if key.isUndefined || fallback.isUndefined { return .undefined }
        guard object.isObject else { return try context.refuse("object.get", [object], ["object"]) }
        guard key.isArray else {
            let found = object[key]
            return found.isDefined ? found : fallback
        }
        var current = object
        for position in 0..<key.scanCount {
            current = current[key.value(at: position)]
            if current.isUndefined { return fallback }
        }
        return current
    }

    /// `object.keys(object)`
    public static func objectKeys(_ context: Context, _ object: Value) throws(RegoError) -> Value {
        guard object.isObject else { return try context.refuse("object.keys", [object], ["object"]) }
        guard let keys = object.keys, object.length > 0 else { return .emptySet }
        let (set, room) = CollectionBuilder.allocate(.set, object.length, context)
        room.update(from: keys, count: object.length)
        if let base = set.address { CollectionOrder.reindex(set, base) }
        return set
    }

    /// `object.union(a, b)`: members of both, merged where both are objects, otherwise from the right.
    public static func objectUnion(_ context: Context, _ left: Value, _ right: Value) throws(RegoError)
        -> Value
    {
        guard left.isObject, right.isObject else {
            return try context.refuse("object.union", [left, right], ["object", "object"])
        }
        return try merge(context, left, right)
    }

    static func merge(_ context: Context, _ left: Value, _ right: Value) throws(RegoError) -> Value {
        if left.count == 0 { return right }
        if right.count == 0 { return left }
        try context.enter()
        defer { context.leave() }
        var builder = ObjectBuilder()
        for position in 0..<left.scanCount {
            builder.insert(left.key(at: position), left.value(at: position), context)
        }
        for position in 0..<right.scanCount {
            try context.tick()
            let key = right.key(at: position)
            let old = left[key]
            let new = right.value(at: position)
            builder.insert(key, old.isObject && new.isObject ? try merge(context, old, new) : new, context)
        }
        return builder.finish(context)
    }

    /// `object.union_n([a, b, ...])`
    public static func objectUnionN(_ context: Context, _ objects: Value) throws(RegoError) -> Value {
        guard objects.isArray else { return try context.refuse("object.union_n", [objects], ["array"]) }
        var result = Value.emptyObject
        for position in 0..<objects.scanCount {
            let object = objects.value(at: position)
            guard object.isObject else {
                return try context.elementError("object.union_n", 1, objects, object, "object")
            }
            result = try merge(context, result, object)
        }
        return result
    }

    /// `object.remove(object, keys)`
    public static func objectRemove(_ context: Context, _ object: Value, _ keys: Value) throws(RegoError)
        -> Value
    {
        try pick(context, "object.remove", object, keys, keep: false)
    }

    /// `object.filter(object, keys)`
    public static func objectFilter(_ context: Context, _ object: Value, _ keys: Value) throws(RegoError)
        -> Value
    {
        try pick(context, "object.filter", object, keys, keep: true)
    }

    private static func pick(
        _ context: Context, _ name: StaticString, _ object: Value, _ keys: Value, keep: Bool
    ) throws(RegoError) -> Value {
        guard object.isObject, keys.isSequence || keys.isObject else {
            return try context.refuse(name, [object, keys], ["object", "object|set|array"])
        }
        var builder = ObjectBuilder()
        for position in 0..<object.scanCount {
            try context.tick()
            let key = object.key(at: position)
            let listed = keys.isArray ? keys.contains(key) : keys.find(key) >= 0
            if listed == keep { builder.insert(key, object.value(at: position), context) }
        }
        return builder.finish(context)
    }
}
