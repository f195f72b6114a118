/// Sets a complete rule's value; a different one before is a conflict.
@inlinable
public func assignRule(_ target: inout Value, _ value: Value) throws(RegoError) {
    if target.isDefined, !(target == value) {
        throw RegoError(.conflict, "complete rules must not produce multiple outputs")
    }
    target = value
}

/// Sets a function's value; a different one before is a conflict.
@inlinable
public func assignFunction(_ target: inout Value, _ value: Value) throws(RegoError) {
    if target.isDefined, !(target == value) {
        throw RegoError(.conflict, "functions must not produce multiple outputs for same inputs")
    }
    target = value
}

/// An object of members; two values for one key are a conflict.
public func makeObject(_ q: Query, _ members: [(Value, Value)]) throws(RegoError) -> Value {
    var builder = ObjectBuilder()
    for member in members { try builder.insertOnce(member.0, member.1, q.context) }
    return builder.finish(q.context)
}
