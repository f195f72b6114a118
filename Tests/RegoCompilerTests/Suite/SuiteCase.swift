import Foundation
import Yams

/// One case of the language's conformance suite.
struct SuiteCase {
    /// Family, file and position: notes are not unique.
    var id: String
    var family: String
    var note = ""
    var query = ""
    var modules: [String] = []
    /// JSON texts.
    var data = "{}"
    var input: String?
    /// A Rego term.
    var inputTerm: String?
    /// JSON texts of the bindings that are wanted.
    var wanted: [String]?
    var errorCode: String?
    var error: String?
    var isStrict = false
    var sortsBindings = false
    var usesExperiments = false

    /// All cases of one family's folder.
    static func cases(of family: URL) throws -> [SuiteCase] {
        let files = try FileManager.default.contentsOfDirectory(at: family, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "yaml" || $0.pathExtension == "yml" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
        var result: [SuiteCase] = []
        for file in files {
            let text = try String(contentsOf: file, encoding: .utf8)
            guard let list = try Yams.compose(yaml: text)?["cases"]?.sequence else { continue }
            for (position, node) in list.enumerated() {
                let name = "\(family.lastPathComponent)/\(file.lastPathComponent)#\(position)"
                result.append(SuiteCase(node, id: name, family: family.lastPathComponent))
            }
        }
        return result
    }

    private init(_ node: Node, id: String, family: String) {
        self.id = id
        self.family = family
        note = node["note"]?.string ?? ""
        query = node["query"]?.string ?? ""
        modules = node["modules"]?.sequence?.compactMap(\.string) ?? []
        if let found = node["data"] { data = found.json }
        if data == "null" { data = "{}" }
        input = node["input"]?.json
        inputTerm = node["input_term"]?.string
        wanted = node["want_result"]?.sequence.map { $0.map(\.json) }
        errorCode = node["want_error_code"]?.string
        error = node["want_error"]?.string
        isStrict = node["strict_error"]?.bool ?? false
        sortsBindings = node["sort_bindings"]?.bool ?? false
        usesExperiments = node["experimental_keywords"]?.bool ?? false
    }
}

extension Node {
    /// The node as JSON text; numbers keep their digits.
    var json: String {
        switch self {
        case .mapping(let mapping):
            objectJSON(mapping)
        case .sequence(let sequence): "[" + sequence.map(\.json).joined(separator: ",") + "]"
        case .scalar(let scalar): scalarJSON(scalar)
        case .alias: "null"
        }
    }

    /// Members in order; the last of one name counts.
    private func objectJSON(_ mapping: Node.Mapping) -> String {
        var members: [String: String] = [:]
        for (key, value) in mapping { members[key.string ?? ""] = value.json }
        let texts = members.sorted { $0.key < $1.key }.map { Self.quoted($0.key) + ":" + $0.value }
        return "{" + texts.joined(separator: ",") + "}"
    }

    private func scalarJSON(_ scalar: Node.Scalar) -> String {
        switch tag {
        case Tag(.null): return "null"
        case Tag(.bool): return bool == true ? "true" : "false"
        case Tag(.int), Tag(.float):
            let digits = scalar.string
            let isPlain = digits.allSatisfy { "0123456789+-.eE".contains($0) } && !digits.hasPrefix("+")
            if isPlain, digits.first != ".", digits.last != "." { return digits }
            return int.map(String.init) ?? float.map { String($0) } ?? Self.quoted(digits)
        default: return Self.quoted(scalar.string)
        }
    }

    static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}
