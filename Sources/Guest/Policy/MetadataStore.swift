internal import JSON

/// What the policy remembers between two questions: names, each a map from texts to values or a set of values.
///
/// A value type, so that a snapshot is a copy and going back is an assignment.
struct MetadataStore: Equatable {
    /// Maps are objects, sets are arrays.
    private var names = JSONObject()

    /// The store as rules see it, `data.metadata`.
    var json: JSON { .object(names) }

    /// The store of a guest in which nothing has happened yet.
    static var initial: MetadataStore {
        var store = MetadataStore()
        store.names["operatingsystem"] = ["ostype": "linux"]
        return store
    }

    /// Does one operation; the store is unchanged when it throws.
    mutating func apply(_ operation: MetadataOperation) throws(MetadataError) {
        switch operation.target {
        case .map(let key): try applyToMap(operation, key)
        case .set: try applyToSet(operation)
        }
    }

    private mutating func applyToMap(_ operation: MetadataOperation, _ key: String) throws(MetadataError) {
        var map = JSONObject()
        if let present = names[operation.name] {
            guard case .object(let object) = present else {
                throw .wrongType(name: operation.name, found: "set")
            }
            map = object
        }
        switch operation.action {
        case .add(let value):
            if map[key] != nil { throw .keyExists(name: operation.name, key: key) }
            map[key] = value
        case .update(let value): map[key] = value
        case .remove: map[key] = nil
        }
        names[operation.name] = .object(map)
    }

    private mutating func applyToSet(_ operation: MetadataOperation) throws(MetadataError) {
        var set: [JSON] = []
        if let present = names[operation.name] {
            guard case .array(let array) = present else {
                throw .wrongType(name: operation.name, found: "map")
            }
            set = array
        }
        switch operation.action {
        case .add(let value):
            if !set.contains(value) { set.append(value) }
        case .update: throw .action("update for set")
        case .remove(let value):
            guard let value else { throw .missing("value") }
            set.removeAll { $0 == value }
        }
        names[operation.name] = .array(set)
    }
}

/// One change of the store, as a rule's result asks for it.
struct MetadataOperation: Equatable {
    enum Target: Equatable {
        case map(key: String)
        case set
    }
    enum Action: Equatable {
        case add(JSON)
        case update(JSON)
        case remove(JSON?)
    }

    var name: String
    var target: Target
    var action: Action

    /// Reads an element of a result's `metadata` array.
    init(_ json: JSON) throws(MetadataError) {
        guard let object = json.objectValue else { throw .unable("object") }
        guard let name = object["name"]?.stringValue else { throw .unable("name") }
        guard let action = object["action"]?.stringValue else { throw .unable("action") }
        self.name = name
        target = try Self.target(of: object)
        let value = object["value"]
        switch action {
        case "add", "update":
            guard let value else { throw .missing("value") }
            self.action = action == "add" ? .add(value) : .update(value)
        case "remove":
            if target == .set && value == nil { throw .missing("value") }
            self.action = .remove(value)
        default:
            throw .action(action + (target == .set ? " for set" : " for map"))
        }
    }

    private static func target(of object: JSONObject) throws(MetadataError) -> Target {
        if let type = object["type"] {
            guard let type = type.stringValue else { throw .unable("type") }
            if type == "set" { return .set }
            if type != "map" { throw .type(type) }
        }
        guard let key = object["key"] else { throw .missing("key") }
        guard let key = key.stringValue else { throw .unable("key") }
        return .map(key: key)
    }
}

/// Why a metadata operation cannot be done.
enum MetadataError: Error, Equatable {
    case unable(String)
    case missing(String)
    case type(String)
    case action(String)
    case keyExists(name: String, key: String)
    case wrongType(name: String, found: String)
}

extension MetadataError: CustomStringConvertible {
    var description: String {
        switch self {
        case .unable(let part): return "unable to load metadata \(part)"
        case .missing(let part): return "missing metadata \(part)"
        case .type(let type): return "unrecognized metadata type: \(type)"
        case .action(let action): return "unrecognized metadata action: \(action)"
        case .keyExists(let name, let key):
            return "cannot add metadata value, key \(name)[\(key)] already exists"
        case .wrongType(let name, let found): return "metadata \(name) has the wrong type (\(found))"
        }
    }
}
