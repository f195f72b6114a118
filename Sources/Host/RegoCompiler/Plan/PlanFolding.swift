internal import RegoRuntime

/// Evaluates rules that depend on nothing but the policy itself, once, while compiling: their values become
/// constants, which are sorted and hashed when a plugin starts.
struct PlanFolding {
    /// A value larger than this stays a computation.
    private static let largest = 8 << 20

    private var plan: Plan

    /// The plan with the values of constant rules in place of their bodies.
    static func fold(_ plan: Plan) -> Plan {
        var folding = PlanFolding(plan: plan)
        folding.evaluate()
        return folding.plan
    }

    private mutating func evaluate() {
        let candidates = plan.functions.filter {
            $0.kind == .rule && $0.parameters.isEmpty && !Self.isConstant($0)
        }
        if candidates.isEmpty { return }
        var values: [(PlanFunction, Term)] = []
        do throws(RegoError) {
            // Strict: a rule with a failing built-in keeps its failure for when it is asked.
            let evaluator = try Evaluator(CompiledPlan(plan), limits: Limits(work: 20_000_000), strict: true)
            evaluator.isSealed = true
            for function in candidates {
                if let term = Self.value(function, evaluator) { values.append((function, term)) }
            }
        } catch {
            // Constants that cannot be read are reported by whoever runs the plan.
            return
        }
        for (function, term) in values { replace(function, term) }
    }

    private static func isConstant(_ function: PlanFunction) -> Bool {
        function.body.allSatisfy {
            switch $0 {
            case .comment, .assign(_, .constant), .reset: true
            default: false
            }
        }
    }

    private static func value(_ function: PlanFunction, _ evaluator: Evaluator) -> Term? {
        do {
            let value = try evaluator.evaluate(function: function.index)
            if value.isUndefined { return nil }
            let text = value.description
            guard text.utf8.count <= largest else { return nil }
            var parser = try Parser(text, file: "", version: .v1)
            let term = try parser.term()
            return term.isGround ? term : nil
        } catch {
            // It reads documents, or has a conflict or a limit that belongs to the query that asks for it.
            return nil
        }
    }

    private mutating func replace(_ function: PlanFunction, _ term: Term) {
        let made = PlanFunction(
            index: function.index, kind: function.kind, path: function.path, position: function.position)
        made.localNames = ["result"]
        made.body = [.comment(function.position), .assign(0, .constant(plan.constants.index(of: term)))]
        plan.functions[function.index] = made
    }
}
