extension Builtins {
    private static var goStyle: JSONWriter.Style {
        var style = JSONWriter.Style()
        style.escapesHTML = true
        return style
    }

    /// `json.marshal(x)`
    public static func jsonMarshal(_ context: Context, _ value: Value) throws(RegoError) -> Value {
        if value.isUndefined { return .undefined }
        var out: [UInt8] = []
        JSONWriter.write(value, into: &out, style: goStyle)
        try context.tick(out.count / 64)
        return context.string(out)
    }

    /// `json.marshal_with_options(x, {"pretty": .., "indent": .., "prefix": ..})`
    public static func jsonMarshalWithOptions(
        _ context: Context, _ value: Value, _ options: Value
    ) throws(RegoError) -> Value {
        let name: StaticString = "json.marshal_with_options"
        if value.isUndefined { return .undefined }
        guard options.isObject else { return try context.refuse(name, [value, options], ["", "object"]) }
        var style = goStyle
        style.indent = [9]
        var explicit: Bool?
        for position in 0..<options.scanCount {
            let key = options.key(at: position).string ?? ""
            let option = options.value(at: position)
            switch key {
            case "prefix", "indent":
                guard option.isString else {
                    return try context.operandRefused(
                        name, 2,
                        "key \(key) failed cast to string: operand \(position) must be string but got "
                            + option.kindName)
                }
                if key == "prefix" {
                    style.prefix = Array(option.utf8)
                } else {
                    style.indent = Array(option.utf8)
                }
                style.isPretty = true
            case "pretty":
                guard let flag = option.bool else {
                    return try context.operandRefused(name, 2, "key \(key) failed cast to bool")
                }
                explicit = flag
            default:
                return try context.operandRefused(name, 2, "object contained unknown key \"\(key)\"")
            }
        }
        style.isPretty = explicit ?? style.isPretty
        var out: [UInt8] = style.isPretty ? style.prefix : []
        JSONWriter.write(value, into: &out, style: style)
        return context.string(out)
    }

    /// `json.unmarshal(text)`
    public static func jsonUnmarshal(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        guard text.isString else { return try context.refuse("json.unmarshal", [text], ["string"]) }
        try context.tick(text.length / 16)
        do throws(RegoError) {
            return try JSONReader.parse(Array(text.utf8), context, duplicates: .lastWins)
        } catch {
            if error.code == .limit { throw error }
            return try context.builtinError("json.unmarshal", error.message)
        }
    }

    /// `json.is_valid(x)`; false for anything that is no string.
    public static func jsonIsValid(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        if text.isUndefined { return .undefined }
        guard text.isString else { return .false }
        try context.tick(text.length / 16)
        do throws(RegoError) {
            return .boolean(try JSONReader.parse(Array(text.utf8), context, duplicates: .lastWins).isDefined)
        } catch {
            if error.code == .limit { throw error }
            return .false
        }
    }

    /// `json.remove(object, paths)`
    public static func jsonRemove(_ context: Context, _ object: Value, _ paths: Value) throws(RegoError)
        -> Value
    {
        guard object.isObject, paths.isSequence else {
            return try context.refuse("json.remove", [object, paths], ["object", "set|array"])
        }
        var failure = Value.undefined
        guard let tree = try pathTree(context, "json.remove", paths, &failure) else { return failure }
        return try remove(context, object, tree)
    }

    /// `json.filter(object, paths)`
    public static func jsonFilter(_ context: Context, _ object: Value, _ paths: Value) throws(RegoError)
        -> Value
    {
        guard object.isObject, paths.isSequence else {
            return try context.refuse("json.filter", [object, paths], ["object", "set|array"])
        }
        var failure = Value.undefined
        guard let tree = try pathTree(context, "json.filter", paths, &failure) else { return failure }
        return try filter(context, object, tree)
    }

    /// The segments of a path: an array of keys, or a text with `/`, `~1` and `~0`. Nil for anything else.
    static func segments(_ context: Context, _ path: Value) -> [Value]? {
        if path.isArray { return (0..<path.count).map { path[$0] } }
        guard path.isString else { return nil }
        if path.length == 0 { return [] }
        var bytes = Array(path.utf8)[...]
        while bytes.first == 47 { bytes.removeFirst() }
        return bytes.split(separator: 47, omittingEmptySubsequences: false).map { part in
            var out: [UInt8] = []
            var rest = part[...]
            while let byte = rest.popFirst() {
                if byte == 126, rest.first == 49 || rest.first == 48 {
                    out.append(rest.first == 49 ? 47 : 126)
                    rest.removeFirst()
                } else {
                    out.append(byte)
                }
            }
            return context.string(out)
        }
    }

    /// Paths as a tree whose leaves are the ends.
    private final class PathTree {
        var isEnd = false
        var keys: [Value] = []
        var children: [PathTree] = []

        func child(_ key: Value) -> PathTree? {
            for (position, candidate) in keys.enumerated() where candidate == key {
                return children[position]
            }
            return nil
        }

        func add(_ key: Value) -> PathTree {
            if let child = child(key) { return child }
            let child = PathTree()
            keys.append(key)
            children.append(child)
            return child
        }
    }

    private static func pathTree(
        _ context: Context, _ name: StaticString, _ paths: Value, _ failure: inout Value
    ) throws(RegoError) -> PathTree? {
        let root = PathTree()
        for position in 0..<paths.scanCount {
            let path = paths.value(at: position)
            guard let segments = segments(context, path) else {
                failure = try context.operandRefused(
                    name, 2,
                    "must be one of {set, array} containing string paths or array of path segments but got "
                        + path.kindName)
                return nil
            }
            try context.tick(segments.count + 1)
            var node = root
            for segment in segments where !node.isEnd { node = node.add(segment) }
            if node !== root {
                node.isEnd = true
                node.keys = []
                node.children = []
            }
        }
        return root
    }

    private static func remove(_ context: Context, _ value: Value, _ tree: PathTree) throws(RegoError)
        -> Value
    {
        try context.tick(tree.keys.count + value.count + 1)
        switch value.kind {
        case .object:
            var builder = ObjectBuilder()
            for position in 0..<value.scanCount {
                let key = value.key(at: position)
                guard let child = tree.child(key) else {
                    builder.insert(key, value.value(at: position), context)
                    continue
                }
                if child.isEnd { continue }
                builder.insert(key, try remove(context, value.value(at: position), child), context)
            }
            return builder.finish(context)
        case .array, .set:
            var array = ArrayBuilder()
            var set = SetBuilder()
            for position in 0..<value.scanCount {
                var element = value.value(at: position)
                let key = value.isArray ? context.string("\(position)") : element
                if let child = tree.child(key) {
                    if child.isEnd { continue }
                    element = try remove(context, element, child)
                }
                if value.isArray { array.append(element, context) } else { set.insert(element, context) }
            }
            return value.isArray ? array.finish(context) : set.finish(context)
        default: return value
        }
    }

    private static func filter(_ context: Context, _ value: Value, _ tree: PathTree) throws(RegoError)
        -> Value
    {
        try context.tick(tree.keys.count + value.count + 1)
        if tree.isEnd { return value }
        switch value.kind {
        case .object:
            var builder = ObjectBuilder()
            for position in 0..<value.scanCount {
                let key = value.key(at: position)
                if let child = tree.child(key) {
                    builder.insert(key, try filter(context, value.value(at: position), child), context)
                }
            }
            return builder.finish(context)
        case .array, .set:
            var array = ArrayBuilder()
            var set = SetBuilder()
            for position in 0..<value.scanCount {
                let element = value.value(at: position)
                let key = value.isArray ? context.string("\(position)") : element
                guard let child = tree.child(key) else { continue }
                let kept = try filter(context, element, child)
                if value.isArray { array.append(kept, context) } else { set.insert(kept, context) }
            }
            return value.isArray ? array.finish(context) : set.finish(context)
        default: return value
        }
    }
}
