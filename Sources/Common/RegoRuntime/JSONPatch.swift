/// RFC 6902 on values; paths may also be arrays of keys, and sets can be patched by their members.
struct JSONPatch {
    let context: Context

    /// The operations make no sense for the value.
    struct Inapplicable: Error {}

    /// The value after all operations; nil when one of them cannot be done. Undefined when everything was removed.
    func apply(_ operations: Value, to value: Value) throws(RegoError) -> Value? {
        var current = value
        for position in 0..<operations.scanCount {
            try context.tick(8)
            guard let next = try step(operations.value(at: position), current) else { return nil }
            current = next
        }
        return current
    }

    private func step(_ operation: Value, _ value: Value) throws(RegoError) -> Value? {
        guard operation.isObject, let name = operation["op"].string,
            let path = Builtins.segments(context, operation["path"])
        else { return nil }
        let argument = operation["value"]
        try measure(argument, path.count)
        switch name {
        case "add": return argument.isDefined ? insert(value, path[...], argument) : nil
        case "remove": return delete(value, path[...])
        case "replace":
            guard argument.isDefined, let without = delete(value, path[...]) else { return nil }
            return insert(without, path[...], argument)
        case "move":
            guard let from = Builtins.segments(context, operation["from"]), let found = get(value, from[...]),
                let without = delete(value, from[...])
            else { return nil }
            try measure(found, path.count)
            return insert(without, path[...], found)
        case "copy":
            guard let from = Builtins.segments(context, operation["from"]), let found = get(value, from[...])
            else {
                return nil
            }
            try measure(found, path.count)
            return insert(value, path[...], found)
        case "test":
            guard argument.isDefined, let found = get(value, path[...]), found == argument else { return nil }
            return value
        default: return nil
        }
    }

    /// Counts what is put into place as work: copies of copies double, and would be written out in full. Refuses what
    /// would nest too deeply to be walked.
    private func measure(_ value: Value, _ depth: Int) throws(RegoError) {
        if depth > JSONPatch.deepest { throw context.depthExceeded() }
        try context.tick()
        for turn in 0..<value.scanCount { try measure(value.value(at: turn), depth + 1) }
    }

    /// Collections within collections that a patched value may have.
    private static let deepest = 500

    /// The index that a path segment means in an array; `count` for `-`.
    private func index(_ segment: Value, _ count: Int) -> Int? {
        if let int = segment.int { return int }
        guard segment.isString else { return nil }
        let bytes = segment.utf8
        if bytes.count == 1, bytes[0] == 45 { return count }
        if bytes.count > 1, bytes[0] == 48 { return nil }
        guard let scan = NumberScan(bytes), scan.end == bytes.count, let int = scan.int else { return nil }
        return int
    }

    private func child(_ value: Value, _ segment: Value) -> Value {
        if value.isArray { return index(segment, value.count).map { value[$0] } ?? .undefined }
        return value[segment]
    }

    private func get(_ value: Value, _ path: ArraySlice<Value>) -> Value? {
        var current = value
        for segment in path { current = child(current, segment) }
        return current.isDefined ? current : nil
    }

    private func insert(_ value: Value, _ path: ArraySlice<Value>, _ new: Value) -> Value? {
        guard let first = path.first else { return new }
        if path.count == 1 { return put(value, first, new, replacing: false) }
        let inner = child(value, first)
        guard inner.isDefined, let changed = insert(inner, path.dropFirst(), new) else { return nil }
        if value.isSet {
            guard let without = delete(value, [first]) else { return nil }
            return put(without, changed, changed, replacing: false)
        }
        return put(value, first, changed, replacing: true)
    }

    private func delete(_ value: Value, _ path: ArraySlice<Value>) -> Value? {
        guard let first = path.first else { return .undefined }
        let inner = child(value, first)
        guard inner.isDefined else { return nil }
        if path.count > 1 {
            guard let changed = delete(inner, path.dropFirst()) else { return nil }
            if value.isSet {
                guard let without = delete(value, [first]) else { return nil }
                return put(without, changed, changed, replacing: false)
            }
            return put(value, first, changed, replacing: true)
        }
        switch value.kind {
        case .object:
            var builder = ObjectBuilder()
            for position in 0..<value.scanCount where !(value.key(at: position) == first) {
                builder.insert(value.key(at: position), value.value(at: position), context)
            }
            return builder.finish(context)
        case .array:
            var elements = (0..<value.count).map { value[$0] }
            guard let index = index(first, value.count), index >= 0, index < elements.count else {
                return nil
            }
            elements.remove(at: index)
            return context.array(elements)
        case .set: return Builtins.setDifference(context, value, context.set([first]))
        default: return nil
        }
    }

    private func put(_ value: Value, _ key: Value, _ new: Value, replacing: Bool) -> Value? {
        switch value.kind {
        case .object:
            var builder = ObjectBuilder()
            for position in 0..<value.scanCount {
                builder.insert(value.key(at: position), value.value(at: position), context)
            }
            builder.insert(key, new, context)
            return builder.finish(context)
        case .array:
            var elements = (0..<value.count).map { value[$0] }
            guard let index = index(key, value.count), index >= 0, index <= elements.count else { return nil }
            if replacing {
                guard index < elements.count else { return nil }
                elements[index] = new
            } else {
                elements.insert(new, at: index)
            }
            return context.array(elements)
        case .set:
            guard key == new else { return nil }
            var builder = SetBuilder()
            for position in 0..<value.scanCount { builder.insert(value.value(at: position), context) }
            builder.insert(new, context)
            return builder.finish(context)
        default: return nil
        }
    }
}

extension Builtins {
    /// `json.patch(x, operations)`; undefined when an operation cannot be done, in strict mode too.
    public static func jsonPatch(_ context: Context, _ value: Value, _ operations: Value) throws(RegoError)
        -> Value
    {
        if value.isUndefined { return .undefined }
        guard operations.isArray else {
            return try context.refuse("json.patch", [value, operations], ["", "array"])
        }
        return try JSONPatch(context: context).apply(operations, to: value) ?? .undefined
    }
}
