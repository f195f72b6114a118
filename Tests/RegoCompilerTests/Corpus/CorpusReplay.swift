import Foundation
import RegoRuntime

@testable import RegoCompiler

/// Replays one recorded scenario through the compiler and the evaluator, and says where it differs.
final class CorpusReplay {
    private let scenario: Value
    private let framework: [RegoCompiler.Source]
    private var fragments: [(id: String, source: RegoCompiler.Source)] = []
    private var evaluator: Evaluator?
    private var store = MetadataMemory()
    private var slots: [String: MetadataMemory] = [:]
    private var data: [String: String] = [:]
    private let table: EnforcementTable
    private(set) var differences: [String] = []
    private(set) var comparisons = 0

    init(_ scenario: Value, framework: [RegoCompiler.Source]) {
        self.scenario = scenario
        self.framework = framework
        let points = scenario["enforcement_points"]
        table =
            points.isObject
            ? EnforcementTable(points, version: scenario["api_version"].string ?? "") : .standard
        store.entries["operatingsystem"] = .map(["ostype": "\"linux\""])
        let initial = scenario["data"]
        for turn in 0..<initial.scanCount {
            data[initial.key(at: turn).string ?? ""] = Self.text(initial.value(at: turn))
        }
    }

    static func text(_ value: Value) -> String { String(decoding: value.json, as: UTF8.self) }

    func run() {
        let events = scenario["events"]
        for turn in 0..<events.count {
            let event = events[turn]
            play(event, turn)
            if !differences.isEmpty { return }
        }
        check(Self.text(scenario["final_metadata"]) == store.json, "final metadata")
    }

    private func check(_ holds: Bool, _ message: @autoclosure () -> String) {
        comparisons += 1
        if !holds { differences.append(message()) }
    }

    private func play(_ event: Value, _ turn: Int) {
        switch event["op"].string {
        case "add_module": addModule(event)
        case "remove_module":
            fragments.removeAll { $0.id == event["id"].string }
            evaluator = nil
        case "update_data": data[event["key"].string ?? ""] = Self.text(event["value"])
        case "save": slots[Self.text(event["slot"])] = store
        case "restore":
            store = slots[Self.text(event["slot"])] ?? store
            check(store.hash == event["md"].string, "event \(turn): metadata after restore")
        case "raw_query", "query": single(event, turn)
        case "enforce": enforce(event, turn)
        default: differences.append("event \(turn): unknown \(event["op"].description)")
        }
    }

    private func addModule(_ event: Value) {
        let id = event["id"].string ?? ""
        var text = event["text"].string ?? ""
        let parameters = event["parameters"]
        if parameters.isDefined {
            text += """

                __fragment_parameters := \(Self.text(parameters))

                default __fragment_parameters_metadata := {}

                __fragment_parameters_metadata := parameters_api

                """
            let declares = text.split(separator: "\n").contains { $0.hasPrefix("parameters_api") }
            if !declares { text = text.replacingOccurrences(of: ":= parameters_api", with: ":= {}") }
            text += """

                parameter(name) := __fragment_parameters[name]

                parameter(name) := __fragment_parameters_metadata[name]["default"] if {
                    not name in object.keys(__fragment_parameters)
                }

                """
        }
        fragments.removeAll { $0.id == id }
        fragments.append((id, .init(file: "\(id)#\(fragments.count).rego", text: text)))
        evaluator = nil
    }

    // MARK: Evaluation

    private func evaluate(_ rule: String, _ input: String) -> Result<Value, Failure> {
        do {
            let engine = try makeEvaluator()
            engine.reset()
            let request = try JSONReader.parse(Array(input.utf8), engine.context)
            let members = data.map { "\(MetadataMemory.quoted($0.key)):\($0.value)" }.joined(separator: ",")
            let documents = try JSONReader.parse(
                Array("{\(members)\(members.isEmpty ? "" : ",")\"metadata\":\(store.json)}".utf8),
                engine.context)
            let path = rule.split(separator: ".").dropFirst().joined(separator: "/")
            return .success(try engine.evaluate(entrypoint: path, input: request, data: documents))
        } catch {
            return .failure(Failure(text: "\(error)"))
        }
    }

    struct Failure: Error { var text: String }

    private func makeEvaluator() throws -> Evaluator {
        if let evaluator { return evaluator }
        let policy = RegoCompiler.Source(file: "policy.rego", text: scenario["policy"].string ?? "")
        let modules = try RegoCompiler.compile(framework + [policy] + fragments.map(\.source))
        let plan = try CompiledPlan(modules, entrypoints: Self.entrypoints(scenario, table))
        let made = try Evaluator(plan)
        evaluator = made
        return made
    }

    /// Everything that the scenario asks.
    private static func entrypoints(_ scenario: Value, _ table: EnforcementTable) -> [String] {
        var rules: Set<String> = [
            "policy/reason", "framework/rw_mount_device", "framework/rw_unmount_device",
        ]
        for name in ["api_version", "api_svn"] { rules.insert("policy/\(name)") }
        let events = scenario["events"]
        for turn in 0..<events.count {
            if let point = events[turn]["point"].string { rules.insert("policy/\(point)") }
            if let rule = events[turn]["rule"].string {
                rules.insert(rule.split(separator: ".").dropFirst().joined(separator: "/"))
            }
        }
        return rules.sorted()
    }

    private func single(_ event: Value, _ turn: Int) {
        let rule = event["rule"].string ?? ""
        // The table of points is the agent's here, not Rego.
        if rule.hasPrefix("data.framework.enforcement_point_info") { return }
        switch evaluate(rule, Self.text(event["input"])) {
        case .failure(let failure):
            check(event["error"].isDefined, "event \(turn): \(rule) failed: \(failure.text)")
        case .success(let value):
            let expected = event["result"].isDefined ? Self.text(event["result"]) : "undefined"
            let got = value.isDefined ? Self.text(value) : "undefined"
            check(got == expected, "event \(turn): \(rule) is \(got), expected \(expected)")
            if event["op"].string == "query", value.isDefined { _ = apply(value) }
        }
        check(store.hash == event["md"].string, "event \(turn): metadata after \(rule)")
    }

    private func apply(_ result: Value) -> String? {
        let operations = result["metadata"]
        guard operations.isDefined else { return nil }
        guard operations.isArray else { return "error loading metadata array" }
        do throws(MetadataMemory.Failure) { try store.apply(all: operations) } catch { return error.message }
        return nil
    }
}

extension CorpusReplay {
    private enum Decision {
        case allow(String)
        case deny([String]?)
        case error(kind: String, text: String)
    }

    private func enforce(_ event: Value, _ turn: Int) {
        let point = event["point"].string ?? ""
        let decision = decide(point, event["input"])
        let expected = event["decision"].string ?? ""
        let place = "event \(turn): \(point)"
        switch decision {
        case .allow(let result):
            check(
                expected == "allow",
                "\(place) is allowed, expected \(expected) \(Self.text(event["reason_errors"]))")
            if expected == "allow" {
                let wanted = Self.text(event["result"])
                check(result == wanted, "\(place) gives \(result), expected \(wanted)")
            }
        case .deny(let reasons):
            check(expected == "deny", "\(place) is denied (\(reasons ?? [])), expected \(expected)")
            if expected == "deny" {
                let wanted = Self.text(event["reason_errors"])
                let got = reasons.map { "[" + $0.joined(separator: ",") + "]" } ?? "null"
                check(got == wanted, "\(place) reasons \(got), expected \(wanted)")
            }
        case .error(let kind, let text):
            check(
                expected == "error" && kind == event["error_kind"].string,
                "\(place) is an error \(kind) (\(text)), expected \(expected) \(event["error_kind"].description)"
            )
        }
        check(store.hash == event["md"].string, "\(place): metadata")
    }

    private func decide(_ point: String, _ input: Value) -> Decision {
        let request = Self.text(input)
        var members: [String: String] = [:]
        switch evaluate("data.policy.\(point)", request) {
        case .failure(let failure): return .error(kind: "eval", text: failure.text)
        case .success(let value):
            if value.isDefined {
                guard value.isObject else { return .error(kind: "not_object", text: "") }
                if let message = apply(value) { return .error(kind: "metadata", text: message) }
                members = Self.members(value)
            }
        }
        return complete(point, request, members)
    }

    private static func members(_ value: Value) -> [String: String] {
        var result: [String: String] = [:]
        for turn in 0..<value.scanCount {
            if let key = value.key(at: turn).string, key != "metadata" {
                result[key] = text(value.value(at: turn))
            }
        }
        return result
    }

    private func complete(_ point: String, _ request: String, _ given: [String: String]) -> Decision {
        guard let version = declaredVersion() else { return .error(kind: "no_api_version", text: "") }
        guard let entry = table.points[point] else { return .error(kind: "unknown_point", text: point) }
        if !isAtLeast(table.version, entry.introduced) { return .error(kind: "invalid_point", text: point) }
        var members = given
        let available = isAtLeast(version, entry.introduced)
        if members.isEmpty {
            if available { return .error(kind: "missing_rule", text: point) }
            if entry.usesFramework {
                guard case .success(let value) = evaluate("data.framework.\(point)", request), value.isObject
                else {
                    return .error(kind: "eval", text: point)
                }
                if let message = apply(value) { return .error(kind: "metadata", text: message) }
                members = Self.members(value)
            }
        }
        for item in entry.defaults where members[item.key] == nil { members[item.key] = item.json }
        guard let allowed = members["allowed"], allowed == "true" || allowed == "false" else {
            return .error(kind: "no_allowed", text: "")
        }
        if allowed == "false" { return .deny(reasons(point, request)) }
        let sorted = members.sorted { $0.key < $1.key }
        return .allow(
            "{" + sorted.map { "\(MetadataMemory.quoted($0.key)):\($0.value)" }.joined(separator: ",") + "}")
    }

    private func declaredVersion() -> String? {
        for name in ["api_version", "api_svn"] {
            if case .success(let value) = evaluate("data.policy.\(name)", "{}"), let text = value.string {
                return text
            }
        }
        return nil
    }

    private func reasons(_ point: String, _ request: String) -> [String]? {
        let named =
            String(request.dropLast()) + (request == "{}" ? "" : ",")
            + "\"rule\":\(MetadataMemory.quoted(point))}"
        guard case .success(let value) = evaluate("data.policy.reason", named), value["errors"].isDefined
        else { return nil }
        let errors = value["errors"]
        return (0..<errors.scanCount).map { Self.text(errors.value(at: $0)) }
    }
}
