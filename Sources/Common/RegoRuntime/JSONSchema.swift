/// A JSON schema (drafts 4, 6 and 7), checked to be one. Validation speaks as the library does that OPA uses.
struct JSONSchema {
    /// Why a schema is none, or why work on it had to stop.
    enum Failure: Error {
        case invalid(String)
        case stopped(RegoError)
    }

    static var types: [String] { ["array", "boolean", "integer", "number", "null", "object", "string"] }

    let root: Value
    let context: Context

    init(_ root: Value, _ context: Context) throws(Failure) {
        self.root = root
        self.context = context
        try check(root)
    }

    // MARK: Checking the schema

    private func check(_ schema: Value) throws(Failure) {
        do throws(RegoError) {
            try context.tick()
            try context.enter()
        } catch { throw .stopped(error) }
        defer { context.leave() }
        if schema.isBoolean { return }
        guard schema.isObject else {
            throw .invalid("Invalid type. Expected: object/boolean, given: \(schema.kindName)")
        }
        try check(types: schema["type"])
        for name in ["properties", "patternProperties", "definitions", "dependencies"] {
            let members = schema[name]
            if members.isUndefined { continue }
            guard members.isObject else { throw wrong(name, "object") }
            for turn in 0..<members.scanCount {
                let inner = members.value(at: turn)
                if name == "dependencies", inner.isArray { continue }
                if name == "patternProperties" { try regex(members.key(at: turn)) }
                try check(inner)
            }
        }
        for name in ["allOf", "anyOf", "oneOf"] {
            let list = schema[name]
            if list.isUndefined { continue }
            guard list.isArray, list.count > 0 else { throw wrong(name, "array") }
            for turn in 0..<list.count { try check(list[turn]) }
        }
        for name in [
            "not", "if", "then", "else", "contains", "propertyNames", "additionalProperties",
            "additionalItems",
        ] {
            let inner = schema[name]
            if inner.isDefined { try check(inner) }
        }
        try checkItems(schema["items"])
        try checkScalars(schema)
    }

    private func checkItems(_ items: Value) throws(Failure) {
        if items.isUndefined { return }
        guard items.isArray else { return try check(items) }
        for turn in 0..<items.count { try check(items[turn]) }
    }

    private func checkScalars(_ schema: Value) throws(Failure) {
        for name in ["minimum", "maximum", "multipleOf"]
        where schema[name].isDefined && !schema[name].isNumber {
            throw wrong(name, "number")
        }
        for name in ["exclusiveMinimum", "exclusiveMaximum"]
        where schema[name].isDefined && !schema[name].isNumber && !schema[name].isBoolean {
            throw wrong(name, "number")
        }
        if schema["multipleOf"].isNumber, Value.compare(schema["multipleOf"], .int(0)) <= 0 {
            throw .invalid("multipleOf must be strictly greater than 0")
        }
        for name in ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"]
        where schema[name].isDefined && (schema[name].wholeNumber ?? -1) < 0 {
            throw wrong(name, "integer")
        }
        for name in ["required", "enum"] where schema[name].isDefined && !schema[name].isArray {
            throw wrong(name, "array")
        }
        if schema["uniqueItems"].isDefined, !schema["uniqueItems"].isBoolean {
            throw wrong("uniqueItems", "boolean")
        }
        if schema["pattern"].isDefined { try regex(schema["pattern"]) }
        let reference = schema["$ref"]
        if reference.isDefined {
            guard reference.isString else { throw wrong("$ref", "string") }
            try target(reference)
        }
    }

    private func check(types: Value) throws(Failure) {
        if types.isUndefined { return }
        guard types.isString || types.isArray else { throw wrong("type", "string/array") }
        for type in types.isArray ? types.arrayElements : [types] {
            let name = type.string ?? ""
            guard Self.types.contains(name) else {
                throw .invalid(
                    "has a primitive type that is NOT VALID -- given: /\(name)/ Expected valid values are:"
                        + "[array boolean integer number null object string]")
            }
        }
    }

    private func wrong(_ name: String, _ type: String) -> Failure {
        .invalid("\(name) must be of type \(type)")
    }

    @discardableResult
    func regex(_ pattern: Value) throws(Failure) -> Regex {
        do throws(RegexError) { return try context.services.regexes.regex(pattern) } catch {
            throw .invalid("pattern must be a valid regex")
        }
    }

    /// The part of the document that a local reference (`#/definitions/x`) names.
    @discardableResult
    func target(_ reference: Value) throws(Failure) -> Value {
        let bytes = Array(reference.utf8)
        guard bytes.first == 35 else {
            throw .invalid(
                "reference \(reference.string ?? "") leaves the schema, and nothing else is at hand")
        }
        var found = root
        for part in bytes.dropFirst().split(separator: 47, omittingEmptySubsequences: true) {
            var name: [UInt8] = []
            var rest = Array(part)
            do throws(URLText.Failure) { rest = try URLText.unescape(rest, plusIsSpace: false) } catch {
                throw .invalid("Object has no key '\(reference.string ?? "")'")
            }
            var index = 0
            while index < rest.count {
                if rest[index] == 126, index + 1 < rest.count {
                    name.append(rest[index + 1] == 49 ? 47 : 126)
                    index += 2
                } else {
                    name.append(rest[index])
                    index += 1
                }
            }
            if found.isArray, let place = Int(String(decoding: name, as: UTF8.self)) {
                found = found[place]
            } else {
                found = found[context.string(name)]
            }
        }
        guard found.isObject || found.isBoolean else {
            throw .invalid("Object has no key '\(reference.string ?? "")'")
        }
        return found
    }
}

extension Builtins {
    /// `json.verify_schema(schema)`: whether it is one, and why not.
    public static func jsonVerifySchema(_ context: Context, _ schema: Value) throws(RegoError) -> Value {
        guard schema.isString || schema.isObject else {
            return try context.refuse("json.verify_schema", [schema], ["string|object"])
        }
        do throws(JSONSchema.Failure) {
            let parsed = try JSONSchema(try schemaDocument(context, schema), context)
            return context.array([.boolean(parsed.root.isDefined), .null])
        } catch {
            switch error {
            case .stopped(let reason): throw reason
            case .invalid(let why): return context.array([.false, context.string("jsonschema: " + why)])
            }
        }
    }

    /// `json.match_schema(document, schema)`: whether it fits, and what does not.
    public static func jsonMatchSchema(
        _ context: Context, _ document: Value, _ schema: Value
    ) throws(RegoError) -> Value {
        let name: StaticString = "json.match_schema"
        guard document.isString || document.isObject, schema.isString || schema.isObject else {
            return try context.refuse(name, [document, schema], ["string|object", "string|object"])
        }
        do throws(JSONSchema.Failure) {
            let parsed = try JSONSchema(try schemaDocument(context, schema), context)
            var check = JSONSchemaCheck(parsed)
            try check.validate(try schemaDocument(context, document), parsed.root, [])
            return context.array([.boolean(check.errors.isEmpty), context.array(check.errors)])
        } catch {
            switch error {
            case .stopped(let reason): throw reason
            case .invalid(let why): return try context.builtinError(name, why)
            }
        }
    }

    /// A string is the JSON text of the document.
    private static func schemaDocument(
        _ context: Context, _ value: Value
    ) throws(JSONSchema.Failure) -> Value {
        guard value.isString else { return value }
        do throws(RegoError) { return try JSONReader.parse(Array(value.utf8), context) } catch {
            if error.code == .limit { throw .stopped(error) }
            throw .invalid("unable to parse JSON string: " + error.message)
        }
    }
}
