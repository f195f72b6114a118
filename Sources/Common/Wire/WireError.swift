package import JSON

/// Why a payload is not the message that its frame's type promises. All of them are answered with invalid JSON.
package enum WireError: Error, Equatable {
    /// The bytes are no JSON at all.
    case syntax(JSONError)
    /// A field, named by its path, holds a value of another kind.
    case type(field: String, expected: String, found: String)
    /// A field holds a number that its width cannot hold, or that is no integer.
    case range(field: String, expected: String, found: String)
    /// A field that the message cannot do without.
    case missing(field: String)
    /// JSON text inside a string field is itself broken.
    case embedded(field: String, JSONError)
    /// The host speaks an older schema than 2.1.
    case schemaVersion(major: UInt32, minor: UInt32)
}

extension WireError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .syntax(let error): return "the message is not JSON: \(error)"
        case .type(let field, let expected, let found), .range(let field, let expected, let found):
            return "field \(field): expected \(expected), found \(found)"
        case .missing(let field): return "field \(field) is missing"
        case .embedded(let field, let error): return "field \(field) does not hold JSON text: \(error)"
        case .schemaVersion(let major, let minor):
            return "schema version \(major).\(minor) is not supported, expected 2.1 or later"
        }
    }
}
