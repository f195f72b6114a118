/// What is known about a value before anything is evaluated.
indirect enum RegoType: Hashable, Sendable {
    case null, boolean, number, string
    /// The elements whose places are known, and the type of those behind them, if there may be any.
    case array([RegoType], rest: RegoType?)
    case set(RegoType)
    /// The members whose keys are known, by the key's text, and the types of others, if there may be any.
    case object([String: RegoType], rest: Pair?)
    /// One of several; of none: anything.
    case any(Set<RegoType>)

    struct Pair: Hashable, Sendable {
        var key: RegoType
        var value: RegoType
    }

    static let anything = RegoType.any([])

    var isAnything: Bool { self == .anything }

    /// The types that this one may be.
    var choices: [RegoType] {
        if case .any(let types) = self { return types.isEmpty ? [self] : Array(types) }
        return [self]
    }

    /// One that may be either.
    func union(_ other: RegoType) -> RegoType {
        if self == other { return self }
        if isAnything || other.isAnything { return .anything }
        let all = Set(choices).union(other.choices)
        // What has become this wide says little, and comparing it takes long.
        return all.count > 24 ? .anything : .any(all)
    }

    static func union(_ types: some Sequence<RegoType>) -> RegoType? {
        var result: RegoType?
        for type in types { result = result?.union(type) ?? type }
        return result
    }

    /// Whether some value may be of both types.
    func overlaps(_ other: RegoType) -> Bool {
        if isAnything || other.isAnything { return true }
        switch (self, other) {
        case (.any(let types), _): return types.contains { $0.overlaps(other) }
        case (_, .any): return other.overlaps(self)
        case (.null, .null), (.boolean, .boolean), (.number, .number), (.string, .string): return true
        // Both may be empty.
        case (.set, .set): return true
        case (.array(let a, let restA), .array(let b, let restB)):
            if a.count > b.count, restB == nil { return false }
            if b.count > a.count, restA == nil { return false }
            for index in 0..<max(a.count, b.count) {
                guard let x = index < a.count ? a[index] : restA, let y = index < b.count ? b[index] : restB,
                    x.overlaps(y)
                else { return false }
            }
            return true
        case (.object(let a, let restA), .object(let b, let restB)):
            for (key, type) in a {
                guard let found = b[key] ?? restB?.value, found.overlaps(type) else { return false }
            }
            return b.allSatisfy { a[$0.key] != nil || restA != nil }
        default: return false
        }
    }
}

extension RegoType: CustomStringConvertible {
    /// As the Open Policy Agent writes types.
    var description: String {
        switch self {
        case .null: return "null"
        case .boolean: return "boolean"
        case .number: return "number"
        case .string: return "string"
        case .array(let known, let rest):
            let list = known.isEmpty ? "" : "<\(known.map(\.description).joined(separator: ", "))>"
            return "array" + list + (rest.map { "[\($0)]" } ?? (known.isEmpty ? "<>" : ""))
        case .set(let element): return "set[\(element)]"
        case .object(let known, let rest):
            let members = known.sorted { $0.key < $1.key }.map { "\(Self.name($0.key)): \($0.value)" }
            let list = members.isEmpty ? "" : "<\(members.joined(separator: ", "))>"
            return "object" + list
                + (rest.map { "[\($0.key): \($0.value)]" } ?? (members.isEmpty ? "<>" : ""))
        case .any(let types):
            if types.isEmpty { return "any" }
            return "any<\(types.sorted().map(\.description).joined(separator: ", "))>"
        }
    }

    /// A key without its quotes.
    private static func name(_ key: String) -> String {
        key.hasPrefix("\"") ? String(key.dropFirst().dropLast()) : key
    }
}

extension RegoType: Comparable {
    private var rank: Int {
        switch self {
        case .null: 0
        case .boolean: 1
        case .number: 2
        case .string: 3
        case .array: 4
        case .object: 5
        case .set: 6
        case .any: 7
        }
    }

    static func < (left: RegoType, right: RegoType) -> Bool {
        left.rank != right.rank ? left.rank < right.rank : left.description < right.description
    }
}

extension RegoType {
    /// From the notation of built-in functions: `any<string, array[any]>`, `object[string: any]`, `[boolean, any]`.
    init(notation: String) {
        var reader = NotationReader(rest: Substring(notation))
        self = reader.type()
    }

    private struct NotationReader {
        var rest: Substring

        private mutating func take(_ text: String) -> Bool {
            rest = rest.drop { $0 == " " }
            guard rest.hasPrefix(text) else { return false }
            rest = rest.dropFirst(text.count)
            return true
        }

        private mutating func list(until close: String) -> [RegoType] {
            var types: [RegoType] = []
            while !rest.isEmpty, !take(close) {
                types.append(type())
                if !take(",") { continue }
            }
            return types
        }

        mutating func type() -> RegoType {
            if take("any<") { return RegoType.union(list(until: ">")) ?? .anything }
            if take("[") { return .array(list(until: "]"), rest: nil) }
            if take("array[") { return .array([], rest: list(until: "]").first ?? .anything) }
            if take("set[") { return .set(list(until: "]").first ?? .anything) }
            if take("object[") {
                let key = type()
                _ = take(":")
                return .object([:], rest: Pair(key: key, value: list(until: "]").first ?? .anything))
            }
            for (name, type) in [
                ("any", RegoType.anything), ("null", .null), ("boolean", .boolean), ("number", .number),
                ("string", .string),
            ] where take(name) { return type }
            rest = ""
            return .anything
        }
    }
}
