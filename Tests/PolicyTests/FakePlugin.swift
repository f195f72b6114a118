import JSON

@testable import Policy

/// A plugin made of a table from queries to answers, which remembers what it was asked.
final class FakePlugin {
    var answers: [String: (JSON) -> String] = [:]
    var requests: [JSON] = []

    init(apiVersion: String = "0.12.0") {
        answer("policy/api_version", "{\"result\":\"\(apiVersion)\"}")
    }

    func answer(_ query: String, _ response: String) { answers[query] = { _ in response } }

    func allow(_ point: EnforcementPoint, _ more: String = "") {
        answer("policy/" + point.rawValue, "{\"result\":{\"allowed\":true\(more)}}")
    }

    func deny(_ point: EnforcementPoint, _ more: String = "") {
        answer("policy/" + point.rawValue, "{\"result\":{\"allowed\":false\(more)}}")
    }

    var plugin: PolicyPlugin {
        PolicyPlugin(linked: { request in
            guard let json = try? JSON.parse(request), let query = json["query"]?.stringValue else {
                return Array("broken request".utf8)
            }
            self.requests.append(json)
            return Array((self.answers[query]?(json) ?? "{}").utf8)
        })
    }

    /// An engine with this plugin in force.
    func engine() throws -> PolicyEngine {
        let engine = PolicyEngine()
        try engine.putInForce(plugin)
        return engine
    }

    func input(ofLast query: String) -> JSON? {
        requests.last { $0["query"]?.stringValue == query }?["input"]
    }
}

/// The decision object inside a denial's text.
func decision(in text: String) throws -> JSON {
    let start = text.range(of: "policyDecision< ")
    let end = text.range(of: " >policyDecision")
    guard let start, let end, let bytes = Base64.decode(String(text[start.upperBound..<end.lowerBound]))
    else {
        return .null
    }
    return try JSON.parse(bytes)
}

extension String {
    fileprivate func range(of part: String) -> Range<String.Index>? {
        var index = startIndex
        while index < endIndex {
            if self[index...].hasPrefix(part) { return index..<self.index(index, offsetBy: part.count) }
            index = self.index(after: index)
        }
        return nil
    }
}

func deniedText(_ error: PolicyError?) -> String {
    if case .denied(let text)? = error { return text }
    return "not denied: \(error?.description ?? "no error")"
}
