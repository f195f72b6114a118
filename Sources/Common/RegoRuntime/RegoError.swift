/// Why an evaluation stopped. In strict mode also a built-in's failure; in lenient mode those are undefined.
public struct RegoError: Error, Equatable, Sendable {
    /// What kind of failure; the text is the code that OPA gives for it.
    public enum Code: UInt8, Sendable {
        /// Two different values for one complete rule, function call or object key.
        case conflict
        /// A built-in was called with an operand of a wrong type.
        case type
        /// A built-in refused its operands.
        case builtin
        /// An assignment inside `with` that cannot be merged.
        case withMerge
        /// Work, depth or memory beyond the query's limits.
        case limit
        /// Text that is not JSON or not a term, or a request that is not understood.
        case input
        /// Something the runtime promised and did not keep.
        case `internal`
    }

    /// What kind of failure.
    public let code: Code
    /// What was wrong and what was expected.
    public let message: String

    /// A failure with its explanation.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The code as OPA writes it.
    public var codeText: String {
        switch code {
        case .conflict: return "eval_conflict_error"
        case .type: return "eval_type_error"
        case .builtin: return "eval_builtin_error"
        case .withMerge: return "eval_with_merge_error"
        case .limit: return "eval_limit_error"
        case .input: return "eval_input_error"
        case .internal: return "eval_internal_error"
        }
    }

    /// The answer a plugin gives for this error: `{"error":{"code":...,"message":...}}`.
    public var json: [UInt8] {
        var out: [UInt8] = []
        out.append(text: "{\"error\":{\"code\":\"")
        out.append(text: codeText)
        out.append(text: "\",\"message\":")
        JSONWriter.writeString(message, into: &out)
        out.append(text: "}}")
        return out
    }
}

extension RegoError: CustomStringConvertible {
    /// Code and explanation on one line.
    public var description: String { codeText + ": " + message }
}
