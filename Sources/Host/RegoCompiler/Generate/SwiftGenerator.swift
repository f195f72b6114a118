/// The back end that writes Swift: one function per rule, one file per package, constants as one text.
public struct SwiftGenerator {
    let plan: Plan
    private let sourceLines: [String: [Substring]]
    private(set) var functionNames: [String] = []
    /// Facts about the policy that `coffer/plugin` answers, as JSON members.
    private let information: [(name: String, json: String)]
    private let baseData: Int?
    private let strict: Bool
    /// By name; the place in this list is an entry point's number.
    private let entrypoints: [(name: String, function: Int)]
    /// The constant that holds the entry points' numbers by name.
    private let entrypointTable: Int

    /// - Parameters:
    ///   - sources: texts by file name, quoted in comments.
    ///   - information: JSON members of the answer to `coffer/plugin`, besides the entry points.
    ///   - baseData: documents compiled in, as JSON text of an object; a request's own documents win.
    ///   - strict: built-in functions that fail are errors instead of undefined.
    public init(
        _ compiled: CompiledPlan, sources: [String: String], information: [(name: String, json: String)] = [],
        baseData: String? = nil, strict: Bool = false
    ) throws(CompilationError) {
        var plan = compiled.plan
        if let baseData {
            var parser = try Parser(baseData, file: "data.json", version: .v1)
            self.baseData = plan.constants.index(of: try parser.term())
        } else {
            self.baseData = nil
        }
        entrypoints = plan.entrypoints.sorted { $0.key < $1.key }.map { (name: $0.key, function: $0.value) }
        let numbers = entrypoints.enumerated().map { number, entrypoint in
            (key: Term(.string(entrypoint.name), .generated), value: Term(.number("\(number)"), .generated))
        }
        entrypointTable = plan.constants.index(of: Term(.object(numbers), .generated))
        for function in plan.functions { try Self.checkBuiltins(function.body, function.position) }
        self.plan = plan
        self.strict = strict
        self.information = information
        sourceLines = sources.mapValues { $0.split(separator: "\n", omittingEmptySubsequences: false) }
        var names = SwiftNames(reserved: [
            "evaluate", "makeEvaluator", "makeResponder", "compiledPolicy", "select", "makeObject",
            "assignRule",
            "assignFunction",
            "q",
        ])
        for function in plan.functions {
            var wanted = function.path.hasPrefix("data.") ? String(function.path.dropFirst(5)) : function.path
            if function.kind == .query { wanted = "entry_" + wanted }
            if function.kind == .package { wanted = "package_" + wanted }
            functionNames.append(names.unique(wanted))
        }
    }

    /// Refuses functions that only the evaluator on a host can offer.
    private static func checkBuiltins(
        _ statements: [Statement], _ position: Position
    ) throws(CompilationError) {
        var place = position
        for statement in statements {
            switch statement {
            case .comment(let found): place = found
            case .builtin(let name, _, _):
                if let reason = KnownBuiltins.reasonNotGenerated(name) {
                    throw CompilationError(.compile, "\(name) is not available: \(reason)", at: place)
                }
            default: break
            }
            for body in statement.bodies { try checkBuiltins(body, place) }
        }
    }

    /// The sources of the plugin's module by file name; the same input gives the same bytes.
    public func files() -> [String: String] {
        var byPackage: [String: String] = [:]
        for function in plan.functions {
            var writer = FunctionWriter(function, self)
            byPackage[fileName(function), default: header] += "\n" + writer.write()
        }
        byPackage["Constants.swift"] = constantsFile
        byPackage["Evaluate.swift"] = evaluateFile
        return byPackage
    }

    private var header: String {
        """
        // Generated from Rego by the policy compiler. Do not edit: change the policy and compile again.
        internal import RegoRuntime

        """
    }

    private func fileName(_ function: PlanFunction) -> String {
        if function.kind == .query { return "Entrypoints.swift" }
        let parts = function.path.split(separator: ".").dropFirst()
        let package = parts.first.map(String.init) ?? "data"
        return package.prefix(1).uppercased() + package.dropFirst() + "Rules.swift"
    }

    func sourceLine(_ position: Position) -> String {
        guard let lines = sourceLines[position.file], position.line <= lines.count, position.line > 0 else {
            return ""
        }
        let text = lines[position.line - 1].drop { $0 == " " || $0 == "\t" }
        return text.count > 120 ? text.prefix(117) + "..." : String(text)
    }

    /// `array.concat` is `arrayConcat`.
    static func builtinName(_ name: String) -> String {
        let parts = name.split(whereSeparator: { $0 == "." || $0 == "_" })
        return (parts.first.map(String.init) ?? "")
            + parts.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    static func literal(_ text: String) -> String {
        var result = ""
        text.writeJSON(into: &result)
        // JSON's \uXXXX is \u{XXXX} in Swift; control characters are all that is written so.
        while let range = result.firstRange(of: "\\u00") {
            let digits = result[range.upperBound...].prefix(2)
            result.replaceSubrange(range.lowerBound..<digits.endIndex, with: "\\u{\(digits)}")
        }
        return result
    }

    // MARK: Constants

    /// How a constant is written where it is used.
    func constant(_ index: Int) -> String {
        let term = plan.constants.terms[index]
        switch term.kind {
        case .null: return ".null"
        case .boolean(let value): return value ? ".true" : ".false"
        case .number(let text):
            if text.allSatisfy({ $0.isNumber || $0 == "-" }), text.count < 18, text != "-0" {
                return ".int(\(text))"
            }
        case .string(""): return ".emptyString"
        case .array(let terms) where terms.isEmpty: return ".emptyArray"
        case .set(let terms) where terms.isEmpty: return ".emptySet"
        case .object(let members) where members.isEmpty: return ".emptyObject"
        default: break
        }
        let text = term.groundText
        guard text.count <= 40, !text.contains("*/"), !text.contains("/*") else {
            return "q.constant(\(index))"
        }
        return "q.constant(\(index) /* \(text) */)"
    }

    private var constantsFile: String {
        let lines = ConstantsText.write(plan.constants.terms)
        var fence = "#"
        while lines.contains("\"\"\"" + fence) || lines.contains("\\" + fence) { fence += "#" }
        return header + """

            /// Every constant of the policy, in the order of their numbers; before them what they share (`@0`...).
            let constantsText: StaticString = \(fence)\"\"\"
            \(lines)
            \"\"\"\(fence)

            """
    }

    // MARK: The plugin's entry

    private var evaluateFile: String {
        let cases = entrypoints.enumerated().map { number, entrypoint in
            "    case \(number) /* \(entrypoint.name) */: return try \(functionNames[entrypoint.function])(q)"
        }
        let names = entrypoints.map { Self.json($0.name) }.joined(separator: ",")
        let members = information.map { "\(Self.json($0.name)):\($0.json)" } + ["\"entrypoints\":[\(names)]"]
        let facts = "{\(members.joined(separator: ","))}"
        return header.replacing("internal import", with: "public import") + """

            /// The policy as a whole; what it tells about itself is the answer to `coffer/plugin`.
            private let compiledPolicy = CompiledPolicy(
                constants: constantsText, functions: \(plan.functions.count), slots: \(plan.slotCount),
                information: ##"\(facts)"##,
                baseData: \(baseData.map(String.init) ?? "nil"), entrypoints: \(entrypointTable)
            ) { (q, entrypoint) throws(RegoError) -> Value in try select(q, entrypoint) }

            /// Asks the policy again and again: keeps its arena, compiled patterns and loaded documents.
            public func makeEvaluator() -> PolicyEvaluator { PolicyEvaluator(compiledPolicy\(strict ? ", strict: true" : "")) }

            /// Answers requests like `evaluate(request:)`, through one evaluator.
            public func makeResponder() -> ([UInt8]) -> [UInt8] {
                let evaluator = makeEvaluator()
                return { request in evaluator.answer(request) }
            }

            /// Answers one request with nothing kept: `{"query":"policy/...","input":...,"data":...}` gives
            /// `{"result":...}`, `{}` when undefined, or `{"error":{"code":...,"message":...}}`.
            public func evaluate(request: [UInt8]) -> [UInt8] { compiledPolicy.answer(request) }

            private func select(_ q: Query, _ entrypoint: Int) throws(RegoError) -> Value {
                switch entrypoint {
            \(cases.joined(separator: "\n"))
                default: return .undefined
                }
            }

            """
    }

    static func json(_ text: String) -> String {
        var result = ""
        text.writeJSON(into: &result)
        return result
    }
}
