internal import RegoRuntime

/// A set of modules that were parsed, resolved and checked, ready to be planned.
public struct CompiledModules {
    let tree: RuleNode
    /// Texts by file name, for rendering errors.
    public let sources: [String: String]
    let modules: [Module]

    /// Every rule without operands as an entry point (`policy/allow`), but for those of tests.
    public var documents: [String] {
        func visit(_ node: RuleNode, _ path: [String]) -> [String] {
            node.sortedChildren.flatMap { name, child in
                let isDocument = !child.rules.isEmpty && child.kind != .function && !name.hasPrefix("test_")
                let here = isDocument ? [(path + [name]).joined(separator: "/")] : []
                return here + visit(child, path + [name])
            }
        }
        return visit(tree, [])
    }
    /// What strict mode refuses besides: variables, arguments and imports that nobody uses.
    public let strictFindings: [Diagnostic]
}

/// From source texts to checked modules.
public enum RegoCompiler {
    /// One source file.
    public struct Source: Sendable {
        /// Name for positions in messages and generated comments.
        public var file: String
        /// The module as its author wrote it.
        public var text: String

        /// A source with its name.
        public init(file: String, text: String) {
            self.file = file
            self.text = text
        }
    }

    /// Parses and checks the modules together.
    ///
    /// - Parameter allowsExperiments: modules may import keywords that are not part of the language yet.
    /// - Throws: everything that is wrong, as far as one pass can tell.
    public static func compile(
        _ sources: [Source], version: RegoVersion = .v1, allowsExperiments: Bool = false
    ) throws(CompilationError) -> CompiledModules {
        var modules: [Module] = []
        var diagnostics: [Diagnostic] = []
        for source in sources {
            do throws(CompilationError) {
                modules.append(
                    try Parser.module(
                        source.text, file: source.file, version: version,
                        allowsExperiments: allowsExperiments))
            } catch {
                diagnostics += error.diagnostics
            }
        }
        guard diagnostics.isEmpty else { throw CompilationError(diagnostics) }
        let names = modules.map { NameChecks($0) }
        diagnostics = names.flatMap(\.errors)
        guard diagnostics.isEmpty else { throw CompilationError(diagnostics) }
        try Metadata.resolve(&modules)
        let tree = try Checker.check(&modules)
        var texts: [String: String] = [:]
        for source in sources { texts[source.file] = source.text }
        return CompiledModules(
            tree: tree, sources: texts, modules: modules, strictFindings: names.flatMap(\.strict))
    }
}

/// Modules lowered to the intermediate form, for either back end.
public struct CompiledPlan {
    let plan: Plan

    /// Plans the modules: the documents named (`policy/allow`) become answerable.
    ///
    /// - Parameter folds: rules that depend on nothing outside of the modules are evaluated now.
    public init(
        _ modules: CompiledModules, entrypoints: [String], folds: Bool = true
    ) throws(CompilationError) {
        let planner = Planner(tree: modules.tree)
        for entrypoint in entrypoints {
            planner.entrypoint(["data"] + entrypoint.split(separator: "/").map(String.init))
        }
        guard planner.diagnostics.isEmpty else { throw CompilationError(planner.diagnostics) }
        plan = folds ? PlanFolding.fold(planner.plan) : planner.plan
    }

    init(_ plan: Plan) { self.plan = plan }

    /// Plans one query over the modules.
    init(_ modules: CompiledModules, query: [Expression]) throws(CompilationError) {
        let (ordered, names) = try Checker.check(query: query, modules)
        let planner = Planner(tree: modules.tree)
        _ = planner.query(ordered, variables: names)
        guard planner.diagnostics.isEmpty else { throw CompilationError(planner.diagnostics) }
        plan = planner.plan
    }
}
