/// One validation of a document against a schema.
struct JSONSchemaCheck {
    private let schema: JSONSchema
    private var context: Context { schema.context }
    /// What does not fit: objects of `desc`, `error`, `field` and `type`.
    private(set) var errors: [Value] = []

    init(_ schema: JSONSchema) { self.schema = schema }

    private mutating func report(_ type: String, _ description: String, _ path: [Value]) {
        var field = "(root)"
        for (turn, part) in path.enumerated() {
            let name = part.string ?? part.description
            field = turn == 0 ? name : field + "." + name
        }
        errors.append(
            context.object([
                (context.string("desc"), context.string(description)),
                (context.string("error"), context.string(field + ": " + description)),
                (context.string("field"), context.string(field)),
                (context.string("type"), context.string(type)),
            ]))
    }

    private func tick(_ amount: Int = 1) throws(JSONSchema.Failure) {
        do throws(RegoError) { try context.tick(amount) } catch { throw .stopped(error) }
    }

    /// Whether the value fits; what does not fit is forgotten.
    private func fits(_ value: Value, _ part: Value, _ path: [Value]) throws(JSONSchema.Failure) -> Bool {
        var inner = JSONSchemaCheck(schema)
        try inner.validate(value, part, path)
        return inner.errors.isEmpty
    }

    mutating func validate(_ value: Value, _ part: Value, _ path: [Value]) throws(JSONSchema.Failure) {
        do throws(RegoError) {
            try context.tick(path.count / 8 + 1)
            try context.enter()
        } catch { throw .stopped(error) }
        defer { context.leave() }
        if part.isFalse { return report("false", "False always fails validation", path) }
        guard part.isObject else { return }
        if part["$ref"].isDefined { return try validate(value, try schema.target(part["$ref"]), path) }
        if part["type"].isDefined, !hasType(value, part["type"], path) { return }
        try combinations(value, part, path)
        try constants(value, part, path)
        switch value.kind {
        case .number: try number(value, part, path)
        case .string: try string(value, part, path)
        case .array: try array(value, part, path)
        case .object: try object(value, part, path)
        case .undefined, .null, .boolean, .set: break
        }
    }

    // MARK: Any value

    private static func isInteger(_ value: Value) -> Bool {
        value.isNumber && (value.int != nil || Decimal(value).isWhole)
    }

    private static func typeName(_ value: Value) -> String {
        value.isNumber && isInteger(value) ? "integer" : value.kindName
    }

    private mutating func hasType(_ value: Value, _ types: Value, _ path: [Value]) -> Bool {
        let names = (types.isArray ? types.arrayElements : [types]).map { $0.string ?? "" }
        let given = Self.typeName(value)
        if names.contains(given) || (given == "integer" && names.contains("number")) { return true }
        var expected = names.count == 1 ? names[0] : "["
        if names.count != 1 {
            for (turn, name) in names.enumerated() { expected += (turn > 0 ? "," : "") + name }
            expected += "]"
        }
        report("invalid_type", "Invalid type. Expected: \(expected), given: \(given)", path)
        return false
    }

    private mutating func combinations(
        _ value: Value, _ part: Value, _ path: [Value]
    ) throws(JSONSchema.Failure) {
        if part["anyOf"].isArray {
            var holds = false
            for inner in part["anyOf"].arrayElements where !holds {
                holds = try fits(value, inner, path)
            }
            if !holds { report("number_any_of", "Must validate at least one schema (anyOf)", path) }
        }
        if part["oneOf"].isArray {
            var count = 0
            for inner in part["oneOf"].arrayElements where try fits(value, inner, path) { count += 1 }
            if count != 1 { report("number_one_of", "Must validate one and only one schema (oneOf)", path) }
        }
        if part["allOf"].isArray {
            let before = errors.count
            for inner in part["allOf"].arrayElements { try validate(value, inner, path) }
            if errors.count > before {
                report("number_all_of", "Must validate all the schemas (allOf)", path)
            }
        }
        if part["not"].isDefined, try fits(value, part["not"], path) {
            report("number_not", "Must not validate the schema (not)", path)
        }
        guard part["if"].isDefined else { return }
        let holds = try fits(value, part["if"], path)
        let branch = holds ? part["then"] : part["else"]
        guard branch.isDefined else { return }
        let before = errors.count
        try validate(value, branch, path)
        guard errors.count > before else { return }
        if holds {
            report("condition_then", "Must validate \"then\" as \"if\" was valid", path)
        } else {
            report("condition_else", "Must validate \"else\" as \"if\" was not valid", path)
        }
    }

    private mutating func constants(
        _ value: Value, _ part: Value, _ path: [Value]
    ) throws(JSONSchema.Failure) {
        let field = path.last.map { $0.string ?? $0.description } ?? "(root)"
        if part["const"].isDefined, part["const"] != value {
            report("const", "\(field) does not match: \(Self.json(part["const"]))", path)
        }
        let choices = part["enum"]
        guard choices.isArray else { return }
        try tick(choices.count)
        if choices.contains(value) { return }
        var allowed = ""
        for choice in choices.arrayElements { allowed += (allowed.isEmpty ? "" : ", ") + Self.json(choice) }
        report("enum", "\(field) must be one of the following: \(allowed)", path)
    }

    private static func json(_ value: Value) -> String { String(decoding: value.json, as: UTF8.self) }

    // MARK: Numbers and strings

    private mutating func number(_ value: Value, _ part: Value, _ path: [Value]) throws(JSONSchema.Failure) {
        let multiple = part["multipleOf"]
        if multiple.isNumber {
            do throws(RegoError) {
                let ratio = try Builtins.div(context, value, multiple)
                if !ratio.isNumber || !Self.isInteger(ratio) {
                    report("multiple_of", "Must be a multiple of \(Self.json(multiple))", path)
                }
            } catch { throw .stopped(error) }
        }
        limit(value, part["minimum"], part["exclusiveMinimum"], 1, "number_gt", "greater", path)
        limit(value, part["maximum"], part["exclusiveMaximum"], -1, "number_lt", "less", path)
    }

    /// A bound and its exclusive form: a flag in draft 4, a number of its own later.
    private mutating func limit(
        _ value: Value, _ bound: Value, _ exclusive: Value, _ sign: Int, _ type: String, _ word: String,
        _ path: [Value]
    ) {
        if bound.isNumber {
            let order = Value.compare(value, bound) * sign
            if exclusive.isTrue, order <= 0 {
                report(type, "Must be \(word) than \(Self.json(bound))", path)
            } else if order < 0 {
                report(type + "e", "Must be \(word) than or equal to \(Self.json(bound))", path)
            }
        }
        if exclusive.isNumber, Value.compare(value, exclusive) * sign <= 0 {
            report(type, "Must be \(word) than \(Self.json(exclusive))", path)
        }
    }

    private mutating func string(_ value: Value, _ part: Value, _ path: [Value]) throws(JSONSchema.Failure) {
        try tick(value.length / 16)
        let length = UTF8Text.count(value.utf8)
        if let least = part["minLength"].wholeNumber, length < least {
            report("string_gte", "String length must be greater than or equal to \(least)", path)
        }
        if let most = part["maxLength"].wholeNumber, length > most {
            report("string_lte", "String length must be less than or equal to \(most)", path)
        }
        if part["pattern"].isString, try !matches(value, part["pattern"]) {
            report("pattern", "Does not match pattern '\(part["pattern"].string ?? "")'", path)
        }
        if let format = part["format"].string, try !JSONSchemaFormat.holds(value, format, context) {
            report("format", "Does not match format '\(format)'", path)
        }
    }

    private func matches(_ value: Value, _ pattern: Value) throws(JSONSchema.Failure) -> Bool {
        var work = value.length / 16 + 1
        let result = try schema.regex(pattern).matches(value.utf8, work: &work)
        try tick(work)
        return result
    }

    // MARK: Arrays

    private mutating func array(_ value: Value, _ part: Value, _ path: [Value]) throws(JSONSchema.Failure) {
        if let least = part["minItems"].wholeNumber, value.count < least {
            report("array_min_items", "Array must have at least \(least) items", path)
        }
        if let most = part["maxItems"].wholeNumber, value.count > most {
            report("array_max_items", "Array must have at most \(most) items", path)
        }
        if part["uniqueItems"].isTrue { try unique(value, path) }
        let items = part["items"]
        let fixed = items.isArray ? items.count : 0
        for turn in 0..<value.count {
            let inner = items.isArray ? (turn < fixed ? items[turn] : part["additionalItems"]) : items
            if inner.isFalse, items.isArray, turn >= fixed {
                report("array_no_additional_items", "No additional items allowed on array", path)
                break
            }
            if inner.isDefined { try validate(value[turn], inner, path + [.int(turn)]) }
        }
        guard part["contains"].isDefined else { return }
        for turn in 0..<value.count
        where try fits(value[turn], part["contains"], path + [.int(turn)]) { return }
        report("contains", "At least one of the items must match", path)
    }

    private mutating func unique(_ value: Value, _ path: [Value]) throws(JSONSchema.Failure) {
        var places = ObjectBuilder()
        for turn in 0..<value.count {
            try tick()
            if let first = places.value(of: value[turn]).int {
                return report("unique", "array items[\(first),\(turn)] must be unique", path)
            }
            places.insert(value[turn], .int(turn), context)
        }
    }

    // MARK: Objects

    private mutating func object(_ value: Value, _ part: Value, _ path: [Value]) throws(JSONSchema.Failure) {
        if let least = part["minProperties"].wholeNumber, value.count < least {
            report("array_min_properties", "Must have at least \(least) properties", path)
        }
        if let most = part["maxProperties"].wholeNumber, value.count > most {
            report("array_max_properties", "Must have at most \(most) properties", path)
        }
        for name in part["required"].arrayElements where value[name].isUndefined {
            report("required", "\(name.string ?? "") is required", path)
        }
        for turn in 0..<value.scanCount {
            let key = value.key(at: turn)
            if part["propertyNames"].isDefined, try !fits(key, part["propertyNames"], path) {
                report(
                    "invalid_property_name", "Property name of \"\(key.string ?? "")\" does not match", path)
            }
            try member(key, value.value(at: turn), part, path)
        }
        let dependencies = part["dependencies"]
        for turn in 0..<dependencies.scanCount where value[dependencies.key(at: turn)].isDefined {
            let wanted = dependencies.value(at: turn)
            guard wanted.isArray else {
                try validate(value, wanted, path)
                continue
            }
            for name in wanted.arrayElements where value[name].isUndefined {
                report("missing_dependency", "Has a dependency on \(name.string ?? "")", path)
            }
        }
    }

    private mutating func member(
        _ key: Value, _ value: Value, _ part: Value, _ path: [Value]
    ) throws(JSONSchema.Failure) {
        var isKnown = false
        let own = part["properties"][key]
        if own.isDefined {
            isKnown = true
            try validate(value, own, path + [key])
        }
        let patterns = part["patternProperties"]
        for turn in 0..<patterns.scanCount where try matches(key, patterns.key(at: turn)) {
            isKnown = true
            try validate(value, patterns.value(at: turn), path + [key])
        }
        let others = part["additionalProperties"]
        if isKnown || others.isUndefined { return }
        if others.isFalse {
            report(
                "additional_property_not_allowed",
                "Additional property \(key.string ?? "") is not allowed", path)
        } else {
            try validate(value, others, path + [key])
        }
    }
}

/// The formats that a schema can ask of a string; those that are not known here hold for every string.
enum JSONSchemaFormat {
    static func holds(
        _ value: Value, _ format: String, _ context: Context
    ) throws(JSONSchema.Failure) -> Bool {
        let text = Array(value.utf8)
        switch format {
        case "date": return isTime(text, "2006-01-02")
        case "time":
            return isTime(text, "15:04:05") || isTime(text, "15:04:05Z07:00")
        case "date-time": return isTime(text, "RFC3339")
        case "ipv4": return NetworkAddress(text)?.isV4 == true
        case "ipv6": return NetworkAddress(text)?.isV4 == false
        case "uuid": return text.count == 36 && UniqueIdentifier(value.utf8) != nil
        case "regex":
            do throws(RegexError) {
                return try context.services.regexes.regex(value).names.count >= 0
            } catch { return false }
        case "email", "idn-email":
            guard let at = text.lastIndex(of: 64) else { return false }
            return at > 0 && at + 1 < text.count && !text.contains(32)
        case "hostname": return isHostname(text)
        case "uri", "iri": return parts(text).map { !$0.scheme.isEmpty } ?? false
        case "uri-reference", "iri-reference": return parts(text) != nil && !text.contains(92)
        case "json-pointer": return text.isEmpty || text[0] == 47
        default: return true
        }
    }

    private static func isTime(_ text: [UInt8], _ layout: StaticString) -> Bool {
        let bytes = UnsafeRawBufferPointer(start: layout.utf8Start, count: layout.utf8CodeUnitCount)
        do throws(TimeLayout.Failure) {
            return try TimeLayout(Array(bytes)).parse(text).nanoseconds != nil
        } catch { return false }
    }

    private static func parts(_ text: [UInt8]) -> URLParts? {
        do throws(URLText.Failure) { return try URLParts(text) } catch { return nil }
    }

    private static func isHostname(_ text: [UInt8]) -> Bool {
        guard !text.isEmpty, text.count <= 253 else { return false }
        return text.split(separator: 46, omittingEmptySubsequences: false).allSatisfy { label in
            !label.isEmpty && label.count <= 63 && label.first != 45 && label.last != 45
                && label.allSatisfy {
                    $0 == 45 || ($0 >= 48 && $0 <= 57) || ($0 | 0x20 >= 97 && $0 | 0x20 <= 122)
                }
        }
    }
}
