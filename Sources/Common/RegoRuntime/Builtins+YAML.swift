/// What the host's reader or writer of YAML says.
public enum YAMLAnswer {
    case text(String)
    case failed(String)
}

extension Builtins {
    /// `yaml.unmarshal(text)`
    public static func yamlUnmarshal(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        guard text.isString else { return try context.refuse("yaml.unmarshal", [text], ["string"]) }
        try context.tick(text.length + 1)
        switch context.services.readYAML?(text.string ?? "") {
        case .text(let json): return try jsonUnmarshal(context, context.string(json))
        case .failed(let reason): return try context.builtinError("yaml.unmarshal", reason)
        case nil: return try context.builtinError("yaml.unmarshal", "there is no reader of YAML here")
        }
    }

    /// `yaml.marshal(x)`
    public static func yamlMarshal(_ context: Context, _ value: Value) throws(RegoError) -> Value {
        if value.isUndefined { return .undefined }
        let json = value.json
        try context.tick(json.count + 1)
        switch context.services.writeYAML?(String(decoding: json, as: UTF8.self)) {
        case .text(let text): return context.string(text)
        case .failed(let reason): return try context.builtinError("yaml.marshal", reason)
        case nil: return try context.builtinError("yaml.marshal", "there is no writer of YAML here")
        }
    }

    /// `yaml.is_valid(x)`
    public static func yamlIsValid(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        if text.isUndefined { return .undefined }
        guard text.isString else { return .false }
        try context.tick(text.length + 1)
        if case .text? = context.services.readYAML?(text.string ?? "") { return .true }
        return .false
    }
}
