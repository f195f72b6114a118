extension Builtins {
    private static func block(
        _ context: Context, _ name: StaticString, _ text: Value, _ failure: inout Value
    ) throws(RegoError) -> NetworkBlock? {
        if let block = NetworkBlock(Array(text.utf8)) { return block }
        failure = try context.builtinError(name, "invalid CIDR address: \(text.string ?? "")")
        return nil
    }

    /// `net.cidr_contains(block, address or block)`
    public static func netCidrContains(_ context: Context, _ outer: Value, _ inner: Value) throws(RegoError)
        -> Value
    {
        try contains(context, "net.cidr_contains", outer, inner)
    }

    /// `net.cidr_overlap(block, address or block)`: the old name of `net.cidr_contains`.
    public static func netCidrOverlap(_ context: Context, _ outer: Value, _ inner: Value) throws(RegoError)
        -> Value
    {
        try contains(context, "net.cidr_overlap", outer, inner)
    }

    private static func contains(
        _ context: Context, _ name: StaticString, _ outer: Value, _ inner: Value
    ) throws(RegoError) -> Value {
        guard outer.isString, inner.isString else {
            return try context.refuse(name, [outer, inner], ["string", "string"])
        }
        try context.tick()
        var failure = Value.undefined
        guard let block = try block(context, name, outer, &failure) else { return failure }
        if let address = NetworkAddress(Array(inner.utf8)) { return .boolean(block.contains(address)) }
        guard let other = NetworkBlock(Array(inner.utf8)) else {
            return try context.builtinError(
                name, "not a valid textual representation of an IP address or CIDR: \(inner.string ?? "")")
        }
        return .boolean(block.contains(other.first) && block.contains(other.last))
    }

    /// `net.cidr_intersects(a, b)`
    public static func netCidrIntersects(_ context: Context, _ left: Value, _ right: Value) throws(RegoError)
        -> Value
    {
        let name: StaticString = "net.cidr_intersects"
        guard left.isString, right.isString else {
            return try context.refuse(name, [left, right], ["string", "string"])
        }
        var failure = Value.undefined
        guard let a = try block(context, name, left, &failure),
            let b = try block(context, name, right, &failure)
        else {
            return failure
        }
        return .boolean(a.contains(b.first) || b.contains(a.first))
    }

    /// `net.cidr_is_valid(x)`
    public static func netCidrIsValid(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        if text.isUndefined { return .undefined }
        return .boolean(text.isString && NetworkBlock(Array(text.utf8)) != nil)
    }

    /// `net.cidr_expand(block)`: every address of it.
    public static func netCidrExpand(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        guard text.isString else { return try context.refuse("net.cidr_expand", [text], ["string"]) }
        var failure = Value.undefined
        guard let block = try block(context, "net.cidr_expand", text, &failure) else { return failure }
        var builder = SetBuilder()
        var address: NetworkAddress? = block.first
        while let current = address, block.contains(current) {
            try context.tick(4)
            builder.insert(context.string(current.text), context)
            address = current.next
        }
        return builder.finish(context)
    }

    /// The block or address of each element of an operand of `net.cidr_contains_matches` with what names it.
    private static func candidates(
        _ context: Context, _ position: Int, _ operand: Value, _ failure: inout Value
    ) throws(RegoError) -> [(Value, Value)]? {
        if operand.isString { return [(operand, operand)] }
        var list: [(Value, Value)] = []
        for turn in 0..<operand.scanCount {
            let element = operand.value(at: turn)
            let text = element.isArray ? element[0] : element
            guard element.isString || (element.isArray && element.count > 0) else {
                failure = try context.builtinError(
                    "net.cidr_contains_matches",
                    "operand \(position): element must be string or non-empty array")
                return nil
            }
            list.append((text, operand.key(at: turn)))
        }
        return list
    }

    /// `net.cidr_contains_matches(blocks, addresses or blocks)`
    public static func netCidrContainsMatches(
        _ context: Context, _ blocks: Value, _ others: Value
    ) throws(RegoError) -> Value {
        if blocks.isUndefined || others.isUndefined { return .undefined }
        var failure = Value.undefined
        guard let outer = try candidates(context, 1, blocks, &failure),
            let inner = try candidates(context, 2, others, &failure)
        else { return failure }
        var builder = SetBuilder()
        for (block, outerName) in outer {
            for (other, innerName) in inner {
                let isInside = try contains(context, "net.cidr_contains_matches", block, other)
                if isInside.isUndefined { return .undefined }
                if isInside.isTrue { builder.insert(context.array([outerName, innerName]), context) }
            }
        }
        return builder.finish(context)
    }

    /// `net.cidr_merge(addresses and blocks)`: the fewest blocks that hold the same addresses.
    public static func netCidrMerge(_ context: Context, _ operands: Value) throws(RegoError) -> Value {
        let name: StaticString = "net.cidr_merge"
        if operands.isUndefined { return .undefined }
        guard operands.isSequence else { return try context.builtinError(name, "operand must be an array") }
        var ranges: [(NetworkAddress, NetworkAddress)] = []
        for position in 0..<operands.scanCount {
            let element = operands.value(at: position)
            guard element.isString else { return try context.builtinError(name, "element must be string") }
            var failure = Value.undefined
            let text = Array(element.utf8)
            if let address = NetworkAddress(text) {
                guard address.unmapped.isV4 else {
                    return try context.builtinError(name, "IPv6 invalid: needs prefix length")
                }
                let v4 = address.unmapped
                let prefix = v4.bytes[0] < 128 ? 8 : (v4.bytes[0] < 192 ? 16 : 24)
                let block = NetworkBlock(v4, prefix)
                ranges.append((block.first, block.last))
            } else {
                guard let block = try block(context, name, element, &failure) else { return failure }
                ranges.append((block.first, block.last))
            }
        }
        try context.tick(ranges.count * 8)
        var builder = SetBuilder()
        for (first, last) in joined(ranges) {
            for block in cover(first, last) { builder.insert(context.string(block.text), context) }
        }
        return builder.finish(context)
    }

    /// Ranges in order, those that touch made one.
    private static func joined(
        _ ranges: [(NetworkAddress, NetworkAddress)]
    ) -> [(NetworkAddress, NetworkAddress)] {
        let sorted = ranges.sorted { a, b in
            a.0.bytes.count == b.0.bytes.count ? a.0 < b.0 : a.0.bytes.count < b.0.bytes.count
        }
        var result: [(NetworkAddress, NetworkAddress)] = []
        for range in sorted {
            if let last = result.last, last.0.bytes.count == range.0.bytes.count,
                last.1.next.map({ !($0 < range.0) }) ?? true
            {
                if last.1 < range.1 { result[result.count - 1].1 = range.1 }
            } else {
                result.append(range)
            }
        }
        return result
    }

    /// The blocks that make up a range.
    private static func cover(_ first: NetworkAddress, _ last: NetworkAddress) -> [NetworkBlock] {
        var blocks: [NetworkBlock] = []
        var start: NetworkAddress? = first
        while let current = start, !(last < current) {
            var prefix = current.bytes.count * 8
            while prefix > 0 {
                let larger = NetworkBlock(current, prefix - 1)
                if larger.first.bytes != current.bytes || last < larger.last { break }
                prefix -= 1
            }
            let block = NetworkBlock(current, prefix)
            blocks.append(block)
            start = block.last.next
        }
        return blocks
    }
}
