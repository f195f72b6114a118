extension Builtins {
    /// `walk(x)`: the array of all `[path, value]` pairs, a value before what is inside it. The compiler iterates it.
    public static func walk(_ context: Context, _ value: Value) throws(RegoError) -> Value {
        if value.isUndefined { return .undefined }
        var builder = ArrayBuilder()
        var path: [Value] = []
        try walk(context, value, &path, &builder)
        return builder.finish(context)
    }

    private static func walk(
        _ context: Context, _ value: Value, _ path: inout [Value], _ builder: inout ArrayBuilder
    ) throws(RegoError) {
        try context.tick(path.count / 8 + 1)
        try context.enter()
        defer { context.leave() }
        builder.append(context.array([context.array(path), value]), context)
        for position in 0..<value.scanCount {
            path.append(value.key(at: position))
            try walk(context, value.value(at: position), &path, &builder)
            path.removeLast()
        }
    }
}
