internal import Yams

/// Reads one mapping of a manifest and remembers which fields were asked for, so that none can be overlooked: what
/// nobody asked for is refused by `finish`.
final class FieldReader {
    let path: String
    private let fields: [String: Node]
    private var known: Set<String> = []

    init(_ node: Node, at path: String) throws(PolicyGeneratorError) {
        guard case .mapping(let mapping) = node else {
            throw .value(
                path: path.isEmpty ? "manifest" : path, expected: "a mapping", found: Self.kind(node))
        }
        self.path = path
        var fields: [String: Node] = [:]
        for (key, value) in mapping {
            guard case .scalar(let name) = key else {
                throw .value(path: path, expected: "names as keys", found: Self.kind(key))
            }
            guard fields.updateValue(value, forKey: name.string) == nil else {
                throw .value(path: path, expected: "each field once", found: "\"\(name.string)\" twice")
            }
        }
        self.fields = fields
    }

    /// The names of all fields.
    var names: [String] { fields.keys.sorted() }

    func path(of field: String) -> String { path.isEmpty ? field : "\(path).\(field)" }

    /// The field's node, nil when absent or null.
    func node(_ field: String) -> Node? {
        known.insert(field)
        guard let node = fields[field], node.tag.description != Tag.Name.null.rawValue else { return nil }
        return node
    }

    func has(_ field: String) -> Bool { node(field) != nil }

    /// Fields that say where and when a pod runs, not what runs in it.
    func ignore(_ fields: String...) {
        known.formUnion(fields)
    }

    /// Fields that this system cannot honour.
    func refuse(_ field: String, _ hint: String) throws(PolicyGeneratorError) {
        if has(field) { throw .unsupported(path: path(of: field), hint: hint) }
    }

    /// Fields that may only be false.
    func refuseTrue(_ field: String, _ hint: String) throws(PolicyGeneratorError) {
        if try bool(field) ?? false { throw .unsupported(path: path(of: field), hint: hint) }
    }

    /// Refuses fields that nobody asked for.
    func finish() throws(PolicyGeneratorError) {
        for name in names where !known.contains(name) {
            throw .unknownField(path: path(of: name), known: known.sorted())
        }
    }
}

extension FieldReader {
    func string(_ field: String) throws(PolicyGeneratorError) -> String? {
        guard let node = node(field) else { return nil }
        return try Self.string(node, path(of: field))
    }

    func required(_ field: String) throws(PolicyGeneratorError) -> String {
        guard let value = try string(field) else { throw .missing(path: path(of: field)) }
        return value
    }

    func bool(_ field: String) throws(PolicyGeneratorError) -> Bool? {
        guard let node = node(field) else { return nil }
        guard node.tag.description == Tag.Name.bool.rawValue, let value = node.bool else {
            throw wrong(field, node, "true or false")
        }
        return value
    }

    /// A non-negative number up to `limit`.
    func number(_ field: String, upTo limit: UInt64 = UInt64(Int64.max)) throws(PolicyGeneratorError)
        -> UInt64?
    {
        guard let node = node(field) else { return nil }
        guard case .scalar(let scalar) = node, scalar.style == .plain || scalar.style == .any,
            let value = UInt64(scalar.string), value <= limit
        else { throw wrong(field, node, "a number from 0 to \(limit)") }
        return value
    }

    func strings(_ field: String) throws(PolicyGeneratorError) -> [String]? {
        guard let node = node(field) else { return nil }
        return try Self.strings(node, path(of: field))
    }

    func object(_ field: String) throws(PolicyGeneratorError) -> FieldReader? {
        guard let node = node(field) else { return nil }
        return try FieldReader(node, at: path(of: field))
    }

    func objects(_ field: String) throws(PolicyGeneratorError) -> [FieldReader] {
        guard let node = node(field) else { return [] }
        guard case .sequence(let sequence) = node else { throw wrong(field, node, "a list") }
        var readers: [FieldReader] = []
        for (index, element) in sequence.enumerated() {
            readers.append(try FieldReader(element, at: "\(path(of: field))[\(index)]"))
        }
        return readers
    }

    func wrong(_ field: String, _ node: Node, _ expected: String) -> PolicyGeneratorError {
        .value(path: path(of: field), expected: expected, found: Self.kind(node))
    }

    static func strings(_ node: Node, _ path: String) throws(PolicyGeneratorError) -> [String] {
        guard case .sequence(let sequence) = node else {
            throw .value(path: path, expected: "a list of strings", found: kind(node))
        }
        var strings: [String] = []
        for (index, element) in sequence.enumerated() {
            strings.append(try string(element, "\(path)[\(index)]"))
        }
        return strings
    }

    /// Text. A plain 8080 or true is a number or a truth value to Kubernetes, which then refuses the manifest.
    static func string(_ node: Node, _ path: String) throws(PolicyGeneratorError) -> String {
        guard case .scalar(let scalar) = node, node.tag.description == Tag.Name.str.rawValue else {
            throw .value(path: path, expected: "a string (quote it)", found: kind(node))
        }
        guard !scalar.string.utf8.contains(0) else {
            throw .value(path: path, expected: "text without zero bytes", found: "a zero byte")
        }
        return scalar.string
    }

    static func kind(_ node: Node) -> String {
        switch node {
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .alias: "an alias"
        case .scalar(let scalar): "\"\(scalar.string)\""
        }
    }
}
