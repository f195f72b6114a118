import RegoRuntime

@testable import RegoCompiler

/// Takes one case through parser, checker, planner and evaluator.
struct SuiteRunner {
    enum Outcome {
        case passed
        case failed(String)
        /// Not run, and why.
        case notRun(String)
    }

    /// An error of the evaluation, with its place.
    private struct Failure: Error {
        var error: RegoError
        var position: Position
    }

    let version: RegoVersion

    /// Why a case is not run at all; `nil` when it is.
    static func exclusion(of example: SuiteCase) -> String? {
        if example.modules.contains(where: { $0.contains("test.sleep(") }) {
            return "a function that only OPA's own test driver has"
        }
        return nil
    }

    func run(_ example: SuiteCase) -> Outcome {
        if let reason = Self.exclusion(of: example) { return .notRun(reason) }
        do {
            let solutions = try solve(example)
            return try judge(solutions, example)
        } catch let error as CompilationError {
            for diagnostic in error.diagnostics {
                let parts = diagnostic.message.split(separator: " is not available: ")
                if parts.count == 2 { return .notRun(String(parts[1])) }
            }
            return judge(code: error.diagnostics.first?.code.rawValue ?? "", "\(error)", example)
        } catch let failure as Failure {
            let place = "\(failure.position.file):\(failure.position.line): "
            return judge(code: failure.error.codeText, place + failure.error.description, example)
        } catch {
            return .failed("\(error)")
        }
    }

    /// The bindings of the query's solutions, as JSON texts.
    private func solve(_ example: SuiteCase) throws -> [String] {
        let sources = example.modules.enumerated().map {
            RegoCompiler.Source(file: "test-\($0.offset).rego", text: $0.element)
        }
        let modules = try RegoCompiler.compile(
            sources, version: version, allowsExperiments: example.usesExperiments)
        let query = try Parser.query(example.query, version: version)
        let plan = try CompiledPlan(modules, query: query)
        let limits = Limits(work: 20_000_000)
        let evaluator = try Evaluator(plan, limits: limits, strict: example.isStrict)
        let context = evaluator.context
        let data = try JSONReader.parse(Array(example.data.utf8), context)
        var input = Value.undefined
        if let term = example.inputTerm {
            input = try Self.term(term, version)
        } else if let text = example.input {
            input = try JSONReader.parse(Array(text.utf8), context)
        }
        let answer: Value
        do {
            answer = try evaluator.evaluate(query: 0, input: input, data: data)
        } catch {
            throw Failure(error: error, position: evaluator.position)
        }
        return (0..<answer.count).map { String(decoding: answer[$0].json, as: UTF8.self) }
    }

    /// A ground term; it lives as long as the process.
    private static func term(_ text: String, _ version: RegoVersion) throws -> Value {
        let query = try Parser.query(text, version: version)
        guard case .term(let term)? = query.first?.kind, term.isGround else {
            throw RegoError(.input, "input_term is no ground term")
        }
        return try Array("[\(term.groundText)]".utf8).withUnsafeBytes { try Constants($0)[0] }
    }

    // MARK: Judging

    private func judge(_ solutions: [String], _ example: SuiteCase) throws -> Outcome {
        if example.error != nil || example.errorCode != nil {
            return .failed("no error, but \(solutions.prefix(2))")
        }
        let context = Context.create()
        defer { context.destroy() }
        let got = try Self.normalised(solutions, example, context)
        let wanted = try Self.normalised(example.wanted ?? [], example, context)
        if got == wanted { return .passed }
        return .failed("got \(got.description), wanted \(wanted.description)")
    }

    /// The set of the bindings, with arrays in order where the case says so.
    private static func normalised(
        _ bindings: [String], _ example: SuiteCase, _ context: Context
    ) throws -> Value {
        var set = SetBuilder()
        for text in bindings {
            let value = try JSONReader.parse(Array(text.utf8), context)
            var sorted = ObjectBuilder()
            for turn in 0..<value.scanCount {
                let member = value.value(at: turn)
                let ordered =
                    example.sortsBindings && member.isArray ? try Builtins.sort(context, member) : member
                sorted.insert(value.key(at: turn), ordered, context)
            }
            set.insert(sorted.finish(context), context)
        }
        return set.finish(context)
    }

    private func judge(code: String, _ message: String, _ example: SuiteCase) -> Outcome {
        guard example.error != nil || example.errorCode != nil else { return .failed(message) }
        if let wanted = example.errorCode, wanted != code {
            return .failed("code \(code), wanted \(wanted): \(message)")
        }
        if let wanted = example.error, !message.contains(wanted) {
            return .failed("message \(message), wanted \(wanted)")
        }
        return .passed
    }
}
