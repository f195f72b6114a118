extension JSON {
    /// Reads exactly one value; white space may surround it.
    public static func parse(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) -> JSON {
        var parser = JSONParser(bytes: bytes, limits: limits)
        let value = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.offset == bytes.count else { throw JSONError(.trailingBytes, at: parser.offset) }
        return value
    }

    /// Reads exactly one value from a text.
    public static func parse(_ text: String, limits: JSONLimits = JSONLimits()) throws(JSONError) -> JSON {
        try parse(Array(text.utf8), limits: limits)
    }
}

/// A strict recursive-descent reader over bytes.
struct JSONParser {
    let bytes: [UInt8]
    let limits: JSONLimits
    var offset = 0
    var values = 0

    init(bytes: [UInt8], limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func value(depth: Int) throws(JSONError) -> JSON {
        skipSpace()
        values += 1
        guard values <= limits.values else {
            throw JSONError(.tooManyValues(limit: limits.values), at: offset)
        }
        switch try peek() {
        case UInt8(ascii: "{"): return .object(try object(depth: try deeper(depth)))
        case UInt8(ascii: "["): return .array(try array(depth: try deeper(depth)))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        case let byte: throw JSONError(.unexpectedByte(byte, expected: "a value"), at: offset)
        }
    }

    private func deeper(_ depth: Int) throws(JSONError) -> Int {
        guard depth < limits.depth else { throw JSONError(.tooDeep(limit: limits.depth), at: offset) }
        return depth + 1
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONObject {
        offset += 1
        var members: [JSONMember] = []
        var names = Set<String>()
        skipSpace()
        if try take(UInt8(ascii: "}")) { return JSONObject() }
        while true {
            skipSpace()
            guard try peek() == UInt8(ascii: "\"") else {
                throw JSONError(.unexpectedByte(bytes[offset], expected: "a member name"), at: offset)
            }
            let start = offset
            let key = try string()
            skipSpace()
            try expect(UInt8(ascii: ":"), "\":\"")
            let member = JSONMember(key: key, value: try value(depth: depth))
            if names.insert(key).inserted {
                members.append(member)
            } else if limits.allowDuplicateKeys {
                members.removeAll { $0.key == key }
                members.append(member)
            } else {
                throw JSONError(.duplicateKey(key), at: start)
            }
            skipSpace()
            if try take(UInt8(ascii: "}")) { return JSONObject(members: members) }
            try expect(UInt8(ascii: ","), "\",\" or \"}\"")
        }
    }

    private mutating func array(depth: Int) throws(JSONError) -> [JSON] {
        offset += 1
        var elements: [JSON] = []
        skipSpace()
        if try take(UInt8(ascii: "]")) { return elements }
        while true {
            elements.append(try value(depth: depth))
            skipSpace()
            if try take(UInt8(ascii: "]")) { return elements }
            try expect(UInt8(ascii: ","), "\",\" or \"]\"")
        }
    }

    private mutating func word(_ text: StaticString, _ value: JSON) throws(JSONError) -> JSON {
        let start = offset
        for index in 0..<text.utf8CodeUnitCount {
            guard offset < bytes.count else { throw JSONError(.unexpectedEnd, at: offset) }
            guard bytes[offset] == text.utf8Start[index] else {
                throw JSONError(.unexpectedByte(bytes[offset], expected: "true, false or null"), at: start)
            }
            offset += 1
        }
        return value
    }

    private mutating func number() throws(JSONError) -> JSONNumber {
        let start = offset
        if bytes[offset] == UInt8(ascii: "-") { offset += 1 }
        let whole = digits()
        if whole == 0 || (whole > 1 && bytes[offset - whole] == UInt8(ascii: "0")) {
            throw JSONError(.badNumber, at: start)
        }
        if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
            offset += 1
            if digits() == 0 { throw JSONError(.badNumber, at: start) }
        }
        if offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") {
            offset += 1
            if offset < bytes.count, bytes[offset] == UInt8(ascii: "+") || bytes[offset] == UInt8(ascii: "-")
            {
                offset += 1
            }
            if digits() == 0 { throw JSONError(.badNumber, at: start) }
        }
        return JSONNumber(validated: String(decoding: bytes[start..<offset], as: UTF8.self))
    }

    private mutating func digits() -> Int {
        let start = offset
        while offset < bytes.count, bytes[offset] >= UInt8(ascii: "0"), bytes[offset] <= UInt8(ascii: "9") {
            offset += 1
        }
        return offset - start
    }

    mutating func skipSpace() {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x09, 0x0A, 0x0D: offset += 1
            default: return
            }
        }
    }

    func peek() throws(JSONError) -> UInt8 {
        guard offset < bytes.count else { throw JSONError(.unexpectedEnd, at: offset) }
        return bytes[offset]
    }

    private mutating func take(_ byte: UInt8) throws(JSONError) -> Bool {
        guard try peek() == byte else { return false }
        offset += 1
        return true
    }

    private mutating func expect(_ byte: UInt8, _ expected: String) throws(JSONError) {
        let found = try peek()
        guard found == byte else { throw JSONError(.unexpectedByte(found, expected: expected), at: offset) }
        offset += 1
    }
}
