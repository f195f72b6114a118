extension Builtins {
    /// The elements of the left set that are not in the right one.
    @usableFromInline
    static func setDifference(_ context: Context, _ left: Value, _ right: Value) -> Value {
        var builder = SetBuilder()
        for position in 0..<left.scanCount {
            let element = left.value(at: position)
            if right.find(element) < 0 { builder.insert(element, context) }
        }
        return builder.finish(context)
    }

    /// `a & b`
    public static func and(_ context: Context, _ left: Value, _ right: Value) throws(RegoError) -> Value {
        guard left.isSet, right.isSet else {
            return try context.refuse("and", [left, right], ["set", "set"])
        }
        return setIntersection(context, left, right)
    }

    private static func setIntersection(_ context: Context, _ left: Value, _ right: Value) -> Value {
        var builder = SetBuilder()
        for position in 0..<left.scanCount {
            let element = left.value(at: position)
            if right.find(element) >= 0 { builder.insert(element, context) }
        }
        return builder.finish(context)
    }

    /// `a | b`
    public static func or(_ context: Context, _ left: Value, _ right: Value) throws(RegoError) -> Value {
        guard left.isSet, right.isSet else {
            return try context.refuse("or", [left, right], ["set", "set"])
        }
        if left.count == 0 { return right }
        if right.count == 0 { return left }
        var builder = SetBuilder()
        for position in 0..<left.scanCount { builder.insert(left.value(at: position), context) }
        for position in 0..<right.scanCount { builder.insert(right.value(at: position), context) }
        return builder.finish(context)
    }

    /// `union({a, b, ...})`: the union of a set of sets.
    public static func union(_ context: Context, _ sets: Value) throws(RegoError) -> Value {
        guard sets.isSet else { return try context.refuse("union", [sets], ["set"]) }
        var builder = SetBuilder()
        for position in 0..<sets.scanCount {
            let set = sets.value(at: position)
            guard set.isSet else { return try context.elementError("union", 1, sets, set, "set") }
            for member in 0..<set.scanCount { builder.insert(set.value(at: member), context) }
        }
        return builder.finish(context)
    }

    /// `intersection({a, b, ...})`: what all sets of a set have in common.
    public static func intersection(_ context: Context, _ sets: Value) throws(RegoError) -> Value {
        guard sets.isSet else { return try context.refuse("intersection", [sets], ["set"]) }
        var common: Value = .undefined
        for position in 0..<sets.scanCount {
            let set = sets.value(at: position)
            guard set.isSet else { return try context.elementError("intersection", 1, sets, set, "set") }
            common = common.isUndefined ? set : setIntersection(context, common, set)
        }
        return common.isUndefined ? .emptySet : common
    }

    /// `set_diff(a, b)`
    public static func setDiff(_ context: Context, _ left: Value, _ right: Value) throws(RegoError) -> Value {
        guard left.isSet, right.isSet else {
            return try context.refuse("set_diff", [left, right], ["set", "set"])
        }
        return setDifference(context, left, right)
    }
}
