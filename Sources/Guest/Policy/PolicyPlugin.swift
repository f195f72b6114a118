internal import JSON

/// The compiled policy: a function from a request's bytes to a response's bytes, wherever it runs.
///
/// It keeps no state; everything it may know stands in the request.
package struct PolicyPlugin {
    /// Asks the compiled code. An error means that it is gone for good.
    let evaluate: ([UInt8]) throws(PluginError) -> [UInt8]
    /// Ends it when nobody will ask again.
    let end: () -> Void

    /// A plugin linked into this binary.
    package init(linked evaluate: @escaping ([UInt8]) -> [UInt8]) {
        self.evaluate = { (request) throws(PluginError) in evaluate(request) }
        end = {}
    }

    init(
        evaluate: @escaping ([UInt8]) throws(PluginError) -> [UInt8], end: @escaping () -> Void
    ) {
        self.evaluate = evaluate
        self.end = end
    }
}

/// Why a plugin gave no usable answer.
package enum PluginError: Error, Equatable {
    /// The child process ended or closed its socket.
    case ended
    /// No answer in time.
    case timeout(milliseconds: Int)
    /// An answer longer than the limit.
    case answerTooLarge(bytes: Int)
    /// Not the JSON of a response.
    case malformed(String)
    /// A system call on the way failed.
    case system(step: String, code: Int32)
}

extension PluginError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .ended: return "the policy plugin ended"
        case .timeout(let milliseconds): return "the policy plugin did not answer within \(milliseconds) ms"
        case .answerTooLarge(let bytes):
            return "the policy plugin's answer of \(bytes) bytes is over the limit"
        case .malformed(let what): return "the policy plugin's answer is malformed: \(what)"
        case .system(let step, let code): return "policy plugin: \(step) failed with errno \(code)"
        }
    }
}

/// What a plugin answers to one query.
enum PluginAnswer: Equatable {
    case value(JSON)
    case undefined
    /// The rules contradict each other or are broken; the policy is at fault, the plugin is well.
    case failed(String)
}

extension PolicyPlugin {
    /// Asks for the value of one rule, for instance "policy/mount_device".
    func ask(_ query: String, input: JSON, data: JSON) throws(PluginError) -> PluginAnswer {
        let request: JSON = ["query": .string(query), "input": input, "data": data]
        return try Self.answer(from: evaluate(request.serialized()))
    }

    private static func answer(from bytes: [UInt8]) throws(PluginError) -> PluginAnswer {
        let json: JSON
        do throws(JSONError) { json = try JSON.parse(bytes) } catch { throw .malformed(error.description) }
        guard let object = json.objectValue else {
            throw .malformed("expected an object, found \(json.kind)")
        }
        if let error = object["error"] {
            guard let message = error["message"]?.stringValue else {
                throw .malformed("an error without message")
            }
            let code = error["code"]?.stringValue ?? "error"
            return .failed(code + ": " + message)
        }
        if let result = object["result"] { return .value(result) }
        if object.members.isEmpty { return .undefined }
        throw .malformed("neither result nor error")
    }
}
