extension Value: Equatable, Comparable {
    /// Equality by content; numbers by value. Undefined equals only undefined.
    @inlinable
    public static func == (left: Value, right: Value) -> Bool {
        if left.word == right.word {
            if left.bits == right.bits { return true }
            return left.word > 0xff && equalSlowly(left, right)
        }
        return left.isNumber && right.isNumber && compareSlowly(left, right) == 0
    }

    /// Equality of values whose first words are the same and whose content lies elsewhere.
    @inline(never) @usableFromInline
    static func equalSlowly(_ left: Value, _ right: Value) -> Bool {
        if left.isString {
            guard let a = left.address, let b = right.address else { return false }
            return Bytes.equal(UnsafeRawPointer(a), UnsafeRawPointer(b), left.length)
        }
        return compareSlowly(left, right) == 0
    }

    /// Rego's total order.
    @inlinable
    public static func < (left: Value, right: Value) -> Bool { compare(left, right) < 0 }

    /// Rego's total order: null < false < true < numbers < strings < arrays < objects < sets.
    ///
    /// - Returns: negative, zero or positive.
    @inline(never)
    public static func compare(_ left: Value, _ right: Value) -> Int {
        if left.word == right.word && left.bits == right.bits { return 0 }
        let leftKind = left.rawKind
        let rightKind = right.rawKind
        if leftKind != rightKind { return leftKind < rightKind ? -1 : 1 }
        if left.isInlineInt && right.isInlineInt {
            return Int64(bitPattern: left.bits) < Int64(bitPattern: right.bits) ? -1 : 1
        }
        if leftKind == Kind.string.rawValue {
            guard let a = left.address, let b = right.address else { return left.length &- right.length }
            return Bytes.compare(UnsafeRawPointer(a), left.length, UnsafeRawPointer(b), right.length)
        }
        return compareSlowly(left, right)
    }

    @inline(never) @usableFromInline
    static func compareSlowly(_ left: Value, _ right: Value) -> Int {
        if left.rawKind != right.rawKind { return left.rawKind < right.rawKind ? -1 : 1 }
        switch left.kind {
        case .undefined, .null: return 0
        case .boolean: return left.bits == right.bits ? 0 : (left.bits < right.bits ? -1 : 1)
        case .number: return Decimal.compare(left, right)
        case .string: return compare(left, right)
        case .array: return compareElements(left.elements, left.length, right.elements, right.length)
        case .set: return compareElements(left.sortedKeys, left.length, right.sortedKeys, right.length)
        case .object: return compareObjects(left, right)
        }
    }

    private static func compareElements(
        _ left: UnsafeMutablePointer<Value>?, _ leftCount: Int,
        _ right: UnsafeMutablePointer<Value>?, _ rightCount: Int
    ) -> Int {
        guard let left, let right else { return leftCount - rightCount }
        for index in 0..<min(leftCount, rightCount) {
            let order = compare(left[index], right[index])
            if order != 0 { return order }
        }
        return leftCount - rightCount
    }

    private static func compareObjects(_ left: Value, _ right: Value) -> Int {
        guard let leftKeys = left.sortedKeys, let rightKeys = right.sortedKeys else {
            return left.length - right.length
        }
        let leftValues = leftKeys + left.length
        let rightValues = rightKeys + right.length
        for index in 0..<min(left.length, right.length) {
            let keyOrder = compare(leftKeys[index], rightKeys[index])
            if keyOrder != 0 { return keyOrder }
            let valueOrder = compare(leftValues[index], rightValues[index])
            if valueOrder != 0 { return valueOrder }
        }
        return left.length - right.length
    }
}

extension Value: Hashable {
    /// A 64-bit hash: equal values have equal hashes, whatever the text of their numbers.
    public var hash64: UInt64 {
        @inline(never) get { computeHash() }
    }

    private func computeHash() -> UInt64 {
        if isString {
            guard let address else { return Bytes.emptyHash }
            return Bytes.hash(UnsafeRawPointer(address), length)
        }
        if word == 3 || rawKind < Kind.number.rawValue {
            return Bytes.finish(Bytes.mix(word &+ 0x1234_5678_9abc, bits))
        }
        return hashSlowly()
    }

    private func hashSlowly() -> UInt64 {
        switch kind {
        case .number: return Decimal.hash(self)
        case .array: return Value.hashElements(elements, length, seed: 5)
        case .set: return Value.hashElements(sortedKeys, length, seed: 7)
        case .object: return Value.hashElements(sortedKeys, length * 2, seed: 6)
        default: return 0
        }
    }

    private static func hashElements(
        _ start: UnsafeMutablePointer<Value>?, _ count: Int, seed: UInt64
    ) -> UInt64 {
        var state = Bytes.mix(seed, UInt64(count))
        guard let start else { return Bytes.finish(state) }
        for index in 0..<count { state = Bytes.mix(state, start[index].hash64) }
        return Bytes.finish(state)
    }

    /// Hashing for Swift's own collections.
    public func hash(into hasher: inout Hasher) { hasher.combine(hash64) }
}
