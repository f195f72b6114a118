extension Builtins {
    /// `a == b`
    @inlinable
    public static func equal(_ context: Context, _ left: Value, _ right: Value) throws(RegoError) -> Value {
        left.isUndefined || right.isUndefined ? .undefined : .boolean(left == right)
    }

    /// `a = b` with both sides known.
    @inlinable
    public static func eq(_ context: Context, _ left: Value, _ right: Value) throws(RegoError) -> Value {
        try equal(context, left, right)
    }

    /// `a != b`
    @inlinable
    public static func neq(_ context: Context, _ left: Value, _ right: Value) throws(RegoError) -> Value {
        left.isUndefined || right.isUndefined ? .undefined : .boolean(!(left == right))
    }

    /// `a < b`
    @inlinable
    public static func lt(_ context: Context, _ left: Value, _ right: Value) throws(RegoError) -> Value {
        left.isUndefined || right.isUndefined ? .undefined : .boolean(Value.compare(left, right) < 0)
    }

    /// `a <= b`
    @inlinable
    public static func lte(_ context: Context, _ left: Value, _ right: Value) throws(RegoError) -> Value {
        left.isUndefined || right.isUndefined ? .undefined : .boolean(Value.compare(left, right) <= 0)
    }

    /// `a > b`
    @inlinable
    public static func gt(_ context: Context, _ left: Value, _ right: Value) throws(RegoError) -> Value {
        left.isUndefined || right.isUndefined ? .undefined : .boolean(Value.compare(left, right) > 0)
    }

    /// `a >= b`
    @inlinable
    public static func gte(_ context: Context, _ left: Value, _ right: Value) throws(RegoError) -> Value {
        left.isUndefined || right.isUndefined ? .undefined : .boolean(Value.compare(left, right) >= 0)
    }

    /// `x in collection`
    @inlinable
    public static func internalMember2(
        _ context: Context, _ element: Value, _ collection: Value
    ) throws(RegoError) -> Value {
        element.isUndefined || collection.isUndefined ? .undefined : .boolean(collection.contains(element))
    }

    /// `k, v in collection`
    @inlinable
    public static func internalMember3(
        _ context: Context, _ key: Value, _ element: Value, _ collection: Value
    ) throws(RegoError) -> Value {
        if key.isUndefined || element.isUndefined || collection.isUndefined { return .undefined }
        let found = collection[key]
        return .boolean(found.isDefined && found == element)
    }
}
