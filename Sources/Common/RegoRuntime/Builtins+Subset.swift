extension Builtins {
    /// `object.subset(super, sub)` for two objects, two sets, two arrays, or an array and a set.
    public static func objectSubset(_ context: Context, _ outer: Value, _ inner: Value) throws(RegoError)
        -> Value
    {
        if outer.isUndefined || inner.isUndefined { return .undefined }
        try context.tick(inner.count + outer.count)
        if outer.isObject, inner.isObject { return .boolean(try isSubobject(context, outer, inner)) }
        if outer.isSet, inner.isSet { return .boolean(isSubset(outer, inner)) }
        if outer.isArray, inner.isArray { return .boolean(try isSubarray(context, outer, inner)) }
        if outer.isArray, inner.isSet {
            var missing = inner.count
            for position in 0..<outer.scanCount where inner.find(outer.value(at: position)) >= 0 {
                missing -= 1
                if missing == 0 { return .true }
            }
            return .boolean(missing == 0 && outer.count > 0)
        }
        return try context.fail(
            .type, "object.subset: both arguments object.subset must be of the same type or array and set")
    }

    private static func isSubobject(_ context: Context, _ outer: Value, _ inner: Value) throws(RegoError)
        -> Bool
    {
        try context.enter()
        defer { context.leave() }
        for position in 0..<inner.scanCount {
            let wanted = inner.value(at: position)
            let found = outer[inner.key(at: position)]
            if found.isUndefined { return false }
            if found == wanted { continue }
            if found.isObject, wanted.isObject {
                if try !isSubobject(context, found, wanted) { return false }
            } else if found.isSet, wanted.isSet {
                if !isSubset(found, wanted) { return false }
            } else if found.isArray, wanted.isArray {
                if try !isSubarray(context, found, wanted) { return false }
            } else {
                return false
            }
        }
        return true
    }

    private static func isSubset(_ outer: Value, _ inner: Value) -> Bool {
        for position in 0..<inner.scanCount where outer.find(inner.value(at: position)) < 0 { return false }
        return true
    }

    /// Whether an array occurs as a run of another.
    private static func isSubarray(_ context: Context, _ outer: Value, _ inner: Value) throws(RegoError)
        -> Bool
    {
        if inner.count > outer.count { return false }
        for start in 0...(outer.count - inner.count) {
            try context.tick()
            var length = 0
            while length < inner.count, outer[start + length] == inner[length] { length += 1 }
            if length == inner.count { return true }
        }
        return false
    }
}
