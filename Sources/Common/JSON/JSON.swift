/// A JSON value (RFC 8259). Objects keep the order of their members and numbers keep their text, so that what was
/// read can be written again byte for byte.
public indirect enum JSON: Equatable, Sendable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSON])
    case object(JSONObject)
}

extension JSON {
    /// The value as text if it is a string.
    public var stringValue: String? {
        if case .string(let value) = self { return value }
        return nil
    }

    /// The value if it is a number written as an integer that fits 64 bits.
    public var intValue: Int? {
        if case .number(let value) = self { return value.int }
        return nil
    }

    /// The value if it is a non-negative integer that fits 64 bits.
    public var uintValue: UInt64? {
        if case .number(let value) = self { return value.uint }
        return nil
    }

    /// The value if it is `true` or `false`.
    public var boolValue: Bool? {
        if case .bool(let value) = self { return value }
        return nil
    }

    /// The elements if it is an array.
    public var arrayValue: [JSON]? {
        if case .array(let value) = self { return value }
        return nil
    }

    /// The members if it is an object.
    public var objectValue: JSONObject? {
        if case .object(let value) = self { return value }
        return nil
    }

    /// True for `null`.
    public var isNull: Bool { self == .null }

    /// The member of that name, if it is an object that has one.
    public subscript(key: String) -> JSON? { objectValue?[key] }

    /// What kind of value it is, for error messages: "an object", "a string".
    public var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int) { self = .number(JSONNumber(value)) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    public init(nilLiteral: ()) { self = .null }

    /// Members in the order written; a repeated key keeps its last value.
    public init(dictionaryLiteral elements: (String, JSON)...) {
        var object = JSONObject()
        for (key, value) in elements { object[key] = value }
        self = .object(object)
    }

    /// An integer as a JSON number.
    public init(_ value: Int) { self = .number(JSONNumber(value)) }
    /// An unsigned integer as a JSON number.
    public init(_ value: UInt64) { self = .number(JSONNumber(value)) }
    /// A text as a JSON string.
    public init(_ value: String) { self = .string(value) }
    /// A truth value.
    public init(_ value: Bool) { self = .bool(value) }
    /// Texts as an array of JSON strings.
    public init(_ values: [String]) { self = .array(values.map { JSON.string($0) }) }
}
