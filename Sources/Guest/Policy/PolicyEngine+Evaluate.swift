internal import JSON

/// Why a question has no answer.
enum EvaluationError: Error, Equatable {
    /// The policy is wrong; the plugin is well.
    case policy(String)
    /// The plugin is gone.
    case plugin(PluginError)
}

extension EvaluationError: CustomStringConvertible {
    var description: String {
        switch self {
        case .policy(let text): return text
        case .plugin(let error): return error.description
        }
    }
}

extension PolicyEngine {
    /// Asks the policy's rule, does its metadata operations, and completes the result with the table's defaults.
    func evaluate(
        _ point: EnforcementPoint, _ plugin: PolicyPlugin, _ version: SemanticVersion, _ input: JSON
    ) throws(EvaluationError) -> JSONObject {
        let information = point.information
        let available = version.isAtLeast(information.introduced) && !information.isExtension
        var result = try query("policy/" + point.rawValue, plugin, input)
        if result.members.isEmpty {
            if available { throw .policy("rule for \(point.rawValue) is missing from policy") }
            if information.usesFramework {
                return try query("framework/" + point.rawValue, plugin, input)
            }
        }
        for member in information.defaults where result[member.key] == nil {
            result[member.key] = member.value
        }
        return result
    }

    /// One rule's result object, without its metadata operations, which have been done; empty when undefined.
    private func query(
        _ name: String, _ plugin: PolicyPlugin, _ input: JSON
    ) throws(EvaluationError) -> JSONObject {
        let answer: PluginAnswer
        do throws(PluginError) {
            answer = try plugin.ask(name, input: input, data: data)
        } catch {
            throw .plugin(error)
        }
        switch answer {
        case .undefined: return JSONObject()
        case .failed(let message): throw .policy(message)
        case .value(let value):
            guard var result = value.objectValue else {
                throw .policy("unable to load results object from Rego query")
            }
            if let operations = result["metadata"] {
                try apply(operations)
                result["metadata"] = nil
            }
            return result
        }
    }

    /// All operations are read before the first is done; one that fails leaves those before it done.
    private func apply(_ json: JSON) throws(EvaluationError) {
        guard let elements = json.arrayValue else {
            throw .policy("error loading metadata operations: expected an array, found \(json.kind)")
        }
        var operations: [MetadataOperation] = []
        do throws(MetadataError) {
            for element in elements { operations.append(try MetadataOperation(element)) }
        } catch {
            throw .policy("error loading metadata operation: \(error)")
        }
        do throws(MetadataError) {
            for operation in operations { try memory.metadata.apply(operation) }
        } catch {
            throw .policy("error applying metadata operations: \(error)")
        }
    }
}
