import RegoRuntime

@testable import RegoCompiler

/// The metadata store of a replay, with values as canonical JSON text.
struct MetadataMemory {
    enum Entry: Equatable {
        case map([String: String])
        case set([String])
    }

    struct Failure: Error, Equatable {
        var message: String
    }

    var entries: [String: Entry] = [:]

    /// Does operations in order, after all of them were found well formed.
    mutating func apply(all operations: Value) throws(Failure) {
        for turn in 0..<operations.count { try Self.check(operations[turn]) }
        for turn in 0..<operations.count { try apply(operations[turn]) }
    }

    private static func check(_ operation: Value) throws(Failure) {
        guard operation.isObject else { throw Failure(message: "unable to load metadata object") }
        guard operation["name"].isString else { throw Failure(message: "unable to load metadata name") }
        guard operation["action"].isString else { throw Failure(message: "unable to load metadata action") }
        let isMap = operation["type"].isUndefined || operation["type"].string == "map"
        if isMap, !operation["key"].isString { throw Failure(message: "unable to load metadata key") }
    }

    /// Does one operation.
    mutating func apply(_ operation: Value) throws(Failure) {
        guard operation.isObject else { throw Failure(message: "unable to load metadata object") }
        guard let name = operation["name"].string else {
            throw Failure(message: "unable to load metadata name")
        }
        guard let action = operation["action"].string else {
            throw Failure(message: "unable to load metadata action")
        }
        let type = operation["type"].string ?? "map"
        let json =
            operation["value"].isDefined ? String(decoding: operation["value"].json, as: UTF8.self) : nil
        switch type {
        case "map":
            guard let key = operation["key"].string else { throw Failure(message: "missing metadata key") }
            try map(name, action, key, json)
        case "set":
            guard let json else { throw Failure(message: "missing metadata value") }
            try set(name, action, json)
        default: throw Failure(message: "unrecognized metadata type: \(type)")
        }
    }

    private mutating func map(_ name: String, _ action: String, _ key: String, _ json: String?)
        throws(Failure)
    {
        var members: [String: String] = [:]
        switch entries[name] {
        case .map(let found): members = found
        case .set: throw Failure(message: "metadata \(name) has the wrong type")
        case nil: break
        }
        switch action {
        case "add", "update":
            guard let json else { throw Failure(message: "missing metadata value") }
            if action == "add", members[key] != nil {
                throw Failure(message: "cannot add metadata value, key \(name)[\(key)] already exists")
            }
            members[key] = json
        case "remove": members[key] = nil
        default: throw Failure(message: "unrecognized metadata action: \(action) for map")
        }
        entries[name] = .map(members)
    }

    private mutating func set(_ name: String, _ action: String, _ json: String) throws(Failure) {
        var members: [String] = []
        switch entries[name] {
        case .set(let found): members = found
        case .map: throw Failure(message: "metadata \(name) has the wrong type")
        case nil: break
        }
        switch action {
        case "add": if !members.contains(json) { members.append(json) }
        case "remove": members.removeAll { $0 == json }
        default: throw Failure(message: "unrecognized metadata action: \(action) for set")
        }
        entries[name] = .set(members)
    }

    /// The store as JSON with sorted keys.
    var json: String {
        let members = entries.sorted {
            $0.key.unicodeScalars.lexicographicallyPrecedes($1.key.unicodeScalars)
        }
        return "{" + members.map { Self.quoted($0.key) + ":" + Self.text($0.value) }.joined(separator: ",")
            + "}"
    }

    private static func text(_ entry: Entry) -> String {
        switch entry {
        case .set(let members): return "[" + members.joined(separator: ",") + "]"
        case .map(let members):
            let sorted = members.sorted {
                $0.key.unicodeScalars.lexicographicallyPrecedes($1.key.unicodeScalars)
            }
            return "{" + sorted.map { quoted($0.key) + ":" + $0.value }.joined(separator: ",") + "}"
        }
    }

    static func quoted(_ text: String) -> String {
        var result = ""
        text.writeJSON(into: &result)
        return result
    }

    /// The first 32 digits of its SHA-256.
    var hash: String { String(SHA256.hexadecimal(Array(json.utf8)).prefix(32)) }
}
