import Foundation
import Yams

@testable import RegoCompiler

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
        if let found = node["data"] { data = YAMLText.json(found) }
        if data == "null" { data = "{}" }
        input = node["input"].map { YAMLText.json($0) }
        inputTerm = node["input_term"]?.string
        wanted = node["want_result"]?.sequence.map { $0.map { YAMLText.json($0) } }
        errorCode = node["want_error_code"]?.string
        error = node["want_error"]?.string
        isStrict = node["strict_error"]?.bool ?? false
        sortsBindings = node["sort_bindings"]?.bool ?? false
        usesExperiments = node["experimental_keywords"]?.bool ?? false
    }
}
