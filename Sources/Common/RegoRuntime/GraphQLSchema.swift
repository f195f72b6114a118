/// One type of a schema, with what its extensions add.
final class GraphQLType {
    let definition: Value
    let name: Value
    let kind: Kind
    let isBuiltIn: Bool
    var directives: [Value] = []
    var interfaces: [Value] = []
    var fields: [Value] = []
    /// Fields that the type has without being written: `__schema` and `__type` of the query's type.
    var introspection: [Value] = []
    var members: [Value] = []
    var values: [Value] = []

    enum Kind {
        case scalar, object, interface, union, enumeration, input, unknown

        /// The kind of a definition's `Kind`.
        init(_ text: Value) {
            let bytes = Array(text.utf8)
            if bytes.isText("SCALAR") {
                self = .scalar
            } else if bytes.isText("OBJECT") {
                self = .object
            } else if bytes.isText("INTERFACE") {
                self = .interface
            } else if bytes.isText("UNION") {
                self = .union
            } else if bytes.isText("ENUM") {
                self = .enumeration
            } else if bytes.isText("INPUT_OBJECT") {
                self = .input
            } else {
                self = .unknown
            }
        }

        var isComposite: Bool { self == .object || self == .interface || self == .union }
        var isInput: Bool { self == .scalar || self == .enumeration || self == .input }
        var isLeaf: Bool { self == .scalar || self == .enumeration }

        /// Where directives of such a type stand.
        var location: StaticString {
            switch self {
            case .scalar: return "SCALAR"
            case .object: return "OBJECT"
            case .interface: return "INTERFACE"
            case .union: return "UNION"
            case .enumeration: return "ENUM"
            case .input: return "INPUT_OBJECT"
            case .unknown: return "UNKNOWN"
            }
        }
    }

    init(_ definition: Value, isBuiltIn: Bool) {
        self.definition = definition
        name = definition["Name"]
        kind = Kind(definition["Kind"])
        self.isBuiltIn = isBuiltIn
    }

    /// Takes in a definition or an extension.
    func absorb(_ part: Value) {
        directives += part["Directives"].arrayElements
        interfaces += part["Interfaces"].arrayElements
        fields += part["Fields"].arrayElements
        members += part["Types"].arrayElements
        values += part["EnumValues"].arrayElements
    }

    func field(_ name: Value) -> Value? {
        fields.first { $0["Name"] == name } ?? introspection.first { $0["Name"] == name }
    }
}

extension Value {
    /// The text of a string in messages.
    var graphQLText: String { string ?? "" }
}

/// A type as a field, argument or variable has it: `[T!]!`.
struct GraphQLTypeReference {
    let value: Value

    var isRequired: Bool { value["NonNull"].isTrue }
    var element: GraphQLTypeReference? {
        let element = value["Elem"]
        return element.isObject ? GraphQLTypeReference(value: element) : nil
    }

    /// The name inside of all lists; lists nest no deeper than the query's limit of depth, which reading checked.
    var name: Value {
        var inner = value
        while inner["Elem"].isObject { inner = inner["Elem"] }
        return inner["NamedType"]
    }

    var text: String {
        let inner = element.map { "[" + $0.text + "]" } ?? value["NamedType"].graphQLText
        return isRequired ? inner + "!" : inner
    }

    /// Whether a value of this type can stand where `other` is wanted, types being equal up to `!`.
    func fits(_ other: GraphQLTypeReference, orDefault: Bool = false) -> Bool {
        if other.isRequired, !isRequired, !orDefault { return false }
        if let wanted = other.element {
            guard let element else { return false }
            return element.fits(wanted)
        }
        return element == nil && value["NamedType"] == other.value["NamedType"]
    }
}

/// The types and directives of a schema.
final class GraphQLSchema {
    let context: Context
    private(set) var types: [GraphQLType] = []
    private(set) var directives: [Value] = []
    var query: GraphQLType?
    var mutation: GraphQLType?
    var subscription: GraphQLType?
    private var typeNumbers = ObjectBuilder()
    private var directiveNumbers = ObjectBuilder()

    init(_ context: Context) { self.context = context }

    func type(_ name: Value) -> GraphQLType? {
        typeNumbers.value(of: name).int.map { types[$0] }
    }

    func directive(_ name: Value) -> Value? {
        directiveNumbers.value(of: name).int.map { directives[$0] }
    }

    /// The type that operations of a kind begin with; nil when the schema has none.
    func root(_ operation: String) -> GraphQLType? {
        switch operation {
        case "query": return query
        case "mutation": return mutation
        default: return subscription
        }
    }

    @discardableResult
    func add(_ definition: Value, isBuiltIn: Bool) -> GraphQLType {
        let made = GraphQLType(definition, isBuiltIn: isBuiltIn)
        typeNumbers.insert(made.name, .int(types.count), context)
        types.append(made)
        return made
    }

    func add(directive: Value) {
        directiveNumbers.insert(directive["Name"], .int(directives.count), context)
        directives.append(directive)
    }

    /// The object types that a value of a composite type can be.
    func possibleTypes(_ type: GraphQLType) -> [GraphQLType] {
        switch type.kind {
        case .object: return [type]
        case .union: return type.members.compactMap { self.type($0) }
        case .interface:
            return types.filter { $0.kind == .object && $0.interfaces.contains { $0 == type.name } }
        default: return []
        }
    }
}
