extension Builtins {
    /// `graph.reachable(graph, initial)`
    public static func graphReachable(_ context: Context, _ graph: Value, _ initial: Value) throws(RegoError)
        -> Value
    {
        guard graph.isObject, initial.isSequence else {
            return try context.refuse("graph.reachable", [graph, initial], ["object", "array|set"])
        }
        var queue: [Value] = []
        for position in 0..<initial.scanCount { queue.append(initial.value(at: position)) }
        var reached = SetBuilder()
        var next = 0
        while next < queue.count {
            try context.tick()
            let node = queue[next]
            next += 1
            let edges = graph[node]
            if edges.isUndefined || reached.contains(node) { continue }
            reached.insert(node, context)
            guard edges.isSequence else { continue }
            for position in 0..<edges.scanCount where !reached.contains(edges.value(at: position)) {
                queue.append(edges.value(at: position))
            }
        }
        return reached.finish(context)
    }

    /// `graph.reachable_paths(graph, initial)`
    public static func graphReachablePaths(
        _ context: Context, _ graph: Value, _ initial: Value
    ) throws(RegoError) -> Value {
        guard graph.isObject, initial.isSequence else {
            return try context.refuse("graph.reachable_paths", [graph, initial], ["object", "array|set"])
        }
        var result = SetBuilder()
        for position in 0..<initial.scanCount {
            let node = initial.value(at: position)
            if graph[node].isDefined {
                var path: [Value] = []
                try paths(context, graph, node, &path, &result)
            }
        }
        return result.finish(context)
    }

    private static func paths(
        _ context: Context, _ graph: Value, _ node: Value, _ path: inout [Value], _ result: inout SetBuilder
    ) throws(RegoError) {
        try context.tick(path.count + 1)
        let edges = graph[node]
        if edges.isUndefined || path.contains(node) {
            result.insert(context.array(path), context)
            return
        }
        path.append(node)
        defer { path.removeLast() }
        if !edges.isSequence || edges.count == 0 {
            result.insert(context.array(path), context)
            return
        }
        try context.enter()
        defer { context.leave() }
        for position in 0..<edges.scanCount {
            try paths(context, graph, edges.value(at: position), &path, &result)
        }
    }
}
