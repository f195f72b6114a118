extension JSONReader {
    /// An object, or in the term syntax a set.
    mutating func braces() throws(RegoError) -> Value {
        try nest()
        defer { depth -= 1 }
        skipSpace()
        if byte(position) == 125 {
            position += 1
            return .emptyObject
        }
        let bottom = stack.count
        var isSet = false
        while true {
            try member(isSet: &isSet, isFirst: stack.count == bottom)
            skipSpace()
            if byte(position) == 44 {
                position += 1
            } else if byte(position) == 125 {
                position += 1
                break
            } else {
                throw failure("',' or '}'")
            }
        }
        return isSet ? finishSet(bottom) : try finishObject(bottom)
    }

    private mutating func member(isSet: inout Bool, isFirst: Bool) throws(RegoError) {
        skipSpace()
        if syntax == .json, byte(position) != 34 { throw failure("a string as the name of a member") }
        stack.append(try value())
        skipSpace()
        if syntax == .term, isFirst, byte(position) != 58 { isSet = true }
        if isSet { return }
        guard byte(position) == 58 else { throw failure("':'") }
        position += 1
        stack.append(try value())
    }

    private mutating func finishSet(_ bottom: Int) -> Value {
        var builder = SetBuilder()
        for position in bottom..<stack.count { builder.insert(stack[position], context) }
        stack.removeLast(stack.count - bottom)
        return builder.finish(context)
    }

    private mutating func finishObject(_ bottom: Int) throws(RegoError) -> Value {
        let members = (stack.count - bottom) / 2
        let (object, keys) = CollectionBuilder.allocate(.object, members, context)
        var position = bottom
        var repeated = false
        for member in 0..<members {
            keys[member] = stack[position]
            keys[members + member] = stack[position + 1]
            position += 2
            if members <= CollectionLayout.scanned {
                for earlier in 0..<member where keys[earlier] == keys[member] { repeated = true }
            }
        }
        if members > CollectionLayout.scanned, let start = object.address {
            repeated = !JSONReader.enter(keys, members, start)
        }
        if repeated { return try merge(bottom) }
        stack.removeLast(stack.count - bottom)
        return object
    }

    /// Fills the index of a fresh object; false when a key is there twice.
    private static func enter(
        _ keys: UnsafeMutablePointer<Value>, _ count: Int, _ start: UnsafeMutableRawPointer
    ) -> Bool {
        guard let index = UnsafeMutablePointer<UInt32>(bitPattern: UInt(start.load(as: UInt64.self))) else {
            return false
        }
        let mask = start.load(fromByteOffset: 8, as: UInt32.self)
        index.initialize(repeating: 0, count: Int(mask) + 1)
        for position in 0..<count {
            var slot = CollectionOrder.firstSlot(keys[position], mask)
            while index[Int(slot)] != 0 {
                if keys[Int(index[Int(slot)]) - 1] == keys[position] { return false }
                slot = (slot &+ 1) & mask
            }
            index[Int(slot)] = UInt32(truncatingIfNeeded: position + 1)
        }
        return true
    }

    private mutating func merge(_ bottom: Int) throws(RegoError) -> Value {
        if duplicates == .refused {
            throw RegoError(.input, "before byte \(position): an object has two members of one name")
        }
        var builder = ObjectBuilder()
        var position = bottom
        while position + 1 < stack.count {
            builder.insert(stack[position], stack[position + 1], context)
            position += 2
        }
        stack.removeLast(stack.count - bottom)
        return builder.finish(context)
    }
}
