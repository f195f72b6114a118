// RegoRuntime: what compiled Rego calls.
//
// The API in one page
// -------------------
// `Value`     a trivial 16-byte handle. Never freed one by one: it lives as long as the arena (or constants) it
//             points into. `Value.undefined` is the undefined state; test with `isDefined`. No ARC, no exclusivity.
// `Context`   a trivial handle on one query's arena, limits and mode. `Context.create(...)`, `reset()` per query,
//             `destroy()` at the end. Everything that allocates takes the context.
// `Constants` ground terms parsed once from a text blob that the compiler emits (JSON plus Rego sets); sealed:
//             sorted and hashed. `constants[i]`.
//
//   making     .null .true .false .boolean(b) .int(5) context.number("1e40") context.string("x")
//              context.array([a, b]) context.set([..]) context.object([(k, v)]) .emptyArray .emptyObject .emptySet
//   builders   var b = ArrayBuilder() / SetBuilder() / ObjectBuilder(); try b.append(x, context);
//              try b.insert(x, context) / b.insert(key, value, context) (last wins) /
//              b.insertOnce(key, value, context) (throws eval_conflict_error); b.finish(context)
//   looking    v.kind  v.isTrue (for statements: defined and not false is `v.isTruthy`)
//              v[key]  element by key, index or member; undefined when there is none; any kind of `v` is fine
//   iterating  var i = 0; while i < v.scanCount { v.key(at: i); v.value(at: i); i += 1 }   in Rego's order;
//              arrays give (index, element), objects (key, value), sets (element, element), others nothing
//   comparing  a == b, a < b ..., Value.compare(a, b) -> Int: OPA's total order
//   computing  try Builtins.plus(context, a, b), try Builtins.startswith(context, s, p): one function per built-in,
//              always (context, operand...) throws(RegoError) -> Value; undefined when an operand is undefined
//   limits     try context.tick() in every loop turn; try context.enter() / context.leave() around calls
//   text       try JSONReader.parse(bytes, context), value.json -> [UInt8], value.description (Rego term text)
//
// Lenient mode (default): a type-erroneous or failing built-in call is undefined. Strict mode: it throws.

/// One Rego value: a kind, and either its content or where its content lies.
///
/// A value does not own anything. It stays valid until the ``Context`` that made it is reset or destroyed.
@frozen
public struct Value: Sendable {
    /// Kind in bits 0..<8, flags in 8..<16, for strings a hash in 16..<32, length in 32..<64.
    @usableFromInline let word: UInt64
    /// The integer, the truth value, or the address of the content.
    @usableFromInline let bits: UInt64

    @inlinable
    init(word: UInt64, bits: UInt64) {
        self.word = word
        self.bits = bits
    }

    /// The kinds in Rego's order of sorting; `undefined` is the absence of a value.
    @frozen
    public enum Kind: UInt8, Sendable {
        case undefined = 0
        case null = 1
        case boolean = 2
        case number = 3
        case string = 4
        case array = 5
        case object = 6
        case set = 7
    }

    @inlinable
    static func word(_ kind: Kind, length: Int = 0, flags: UInt64 = 0, hash: UInt64 = 0) -> UInt64 {
        UInt64(kind.rawValue) | flags << 8 | (hash & 0xffff) << 16 | UInt64(truncatingIfNeeded: length) << 32
    }

    /// No value: a reference to something that does not exist, or a body that failed.
    @inlinable public static var undefined: Value { Value(word: 0, bits: 0) }
    /// JSON's null.
    @inlinable public static var null: Value { Value(word: word(.null), bits: 0) }
    /// JSON's true.
    @inlinable public static var `true`: Value { Value(word: word(.boolean), bits: 1) }
    /// JSON's false.
    @inlinable public static var `false`: Value { Value(word: word(.boolean), bits: 0) }
    /// `[]`
    @inlinable public static var emptyArray: Value { Value(word: word(.array), bits: 0) }
    /// `{}`
    @inlinable public static var emptyObject: Value { Value(word: word(.object), bits: 0) }
    /// `set()`
    @inlinable public static var emptySet: Value { Value(word: word(.set), bits: 0) }
    /// `""`
    @inlinable public static var emptyString: Value {
        Value(word: word(.string, hash: Bytes.emptyHash), bits: 0)
    }

    /// A truth value.
    @inlinable
    public static func boolean(_ value: Bool) -> Value {
        Value(word: word(.boolean), bits: value ? 1 : 0)
    }

    /// A whole number.
    @inlinable
    public static func int(_ value: Int) -> Value {
        Value(word: word(.number), bits: UInt64(bitPattern: Int64(value)))
    }
}

extension Value {
    @inlinable var rawKind: UInt8 { UInt8(truncatingIfNeeded: word) }

    /// What this value is.
    @inlinable public var kind: Kind { Kind(rawValue: rawKind) ?? .undefined }

    /// Whether there is a value at all.
    @inlinable public var isDefined: Bool { word != 0 }
    /// Whether there is no value.
    @inlinable public var isUndefined: Bool { word == 0 }
    /// Whether a Rego expression statement holding this value succeeds: defined and not `false`.
    @inlinable public var isTruthy: Bool { word != 0 && !isFalse }
    /// Whether this is `true`.
    @inlinable public var isTrue: Bool { word == 2 && bits == 1 }
    /// Whether this is `false`.
    @inlinable public var isFalse: Bool { word == 2 && bits == 0 }
    /// Whether this is `null`.
    @inlinable public var isNull: Bool { rawKind == Kind.null.rawValue }
    /// Whether this is `true` or `false`.
    @inlinable public var isBoolean: Bool { rawKind == Kind.boolean.rawValue }
    /// Whether this is a number.
    @inlinable public var isNumber: Bool { rawKind == Kind.number.rawValue }
    /// Whether this is a string.
    @inlinable public var isString: Bool { rawKind == Kind.string.rawValue }
    /// Whether this is an array.
    @inlinable public var isArray: Bool { rawKind == Kind.array.rawValue }
    /// Whether this is an object.
    @inlinable public var isObject: Bool { rawKind == Kind.object.rawValue }
    /// Whether this is a set.
    @inlinable public var isSet: Bool { rawKind == Kind.set.rawValue }

    /// Bytes of a string, elements of a collection, bytes of a number's text; 0 for anything else.
    @inlinable var length: Int { Int(truncatingIfNeeded: word >> 32) }

    /// The address of the content; only meaningful for kinds that have content, nil when it is empty.
    @inlinable var address: UnsafeMutableRawPointer? {
        UnsafeMutableRawPointer(bitPattern: UInt(truncatingIfNeeded: bits))
    }

    /// Elements of an array, object or set; 0 for anything else.
    @inlinable public var count: Int { rawKind >= Kind.array.rawValue ? length : 0 }

    /// Whether a number is an inline integer. Other numbers keep their text.
    @inlinable var isInlineInt: Bool { word == 3 }

    /// The whole number this is, when it is written as one and fits.
    @inlinable public var int: Int? { isInlineInt ? Int(Int64(bitPattern: bits)) : nil }

    /// The truth value this is.
    @inlinable public var bool: Bool? { isBoolean ? bits == 1 : nil }

    /// The UTF-8 bytes of a string, or the text of a number that is not an inline integer; empty for anything else.
    @inlinable public var utf8: UnsafeRawBufferPointer {
        let kind = rawKind
        guard kind == Kind.string.rawValue || kind == Kind.number.rawValue else {
            return UnsafeRawBufferPointer(start: nil, count: 0)
        }
        let length = self.length
        guard length > 0 else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        return UnsafeRawBufferPointer(start: UnsafeRawPointer(address), count: length)
    }

    /// A copy of a string as a Swift string; nil for anything else.
    public var string: String? {
        guard isString else { return nil }
        return String(decoding: utf8, as: UTF8.self)
    }
}
