internal import Yams

/// YAML documents as JSON text: numbers keep their digits, the last of equal keys counts.
package enum YAMLText {
    /// The JSON of the first document; `null` for an empty text.
    package static func json(_ text: String) throws -> String {
        guard let node = try Yams.compose(yaml: text) else { return "null" }
        return json(node)
    }

    static func json(_ node: Node) -> String {
        switch node {
        case .mapping(let mapping):
            var members: [String: String] = [:]
            for (key, value) in mapping { members[key.string ?? ""] = json(value) }
            let texts = members.sorted { $0.key < $1.key }.map { quoted($0.key) + ":" + $0.value }
            return "{" + texts.joined(separator: ",") + "}"
        case .sequence(let sequence):
            return "[" + sequence.map { json($0) }.joined(separator: ",") + "]"
        case .scalar(let scalar): return json(scalar, node)
        case .alias: return "null"
        }
    }

    private static func json(_ scalar: Node.Scalar, _ node: Node) -> String {
        switch node.tag {
        case Tag(.null): return "null"
        case Tag(.bool): return node.bool == true ? "true" : "false"
        case Tag(.int), Tag(.float):
            let digits = scalar.string
            let isPlain = digits.allSatisfy { "0123456789+-.eE".contains($0) } && !digits.hasPrefix("+")
            if isPlain, digits.first != ".", digits.last != ".", !isOctal(digits) { return digits }
            return node.int.map(String.init) ?? node.float.map { String($0) } ?? quoted(digits)
        default: return quoted(scalar.string)
        }
    }

    private static func isOctal(_ digits: String) -> Bool {
        let plain = digits.drop { $0 == "-" }
        return plain.count > 1 && plain.first == "0" && plain.dropFirst().first != "."
    }

    static func quoted(_ text: String) -> String {
        var out = ""
        text.writeJSON(into: &out)
        return out
    }
}
