/// Writes constants so that what occurs twice stands there once: tables made of a policy's containers share them.
struct ConstantsText {
    /// Composite terms of at least this many bytes are shared.
    private static let smallest = 32

    /// One distinct composite term.
    private struct Node {
        /// Its text with its parts written as numbers of nodes.
        var parts: [Part]
        var size: Int
        /// How many distinct places refer to it.
        var uses = 0
        /// Its number among the shared terms, once it is written.
        var number: Int?
    }

    private enum Part: Hashable {
        case text(String)
        case node(Int)
    }

    private var nodes: [Node] = []
    private var numbers: [[Part]: Int] = [:]
    private var shared: [String] = []

    /// The text of all constants; equal terms give equal texts.
    static func write(_ terms: [Term]) -> String {
        var text = ConstantsText()
        let roots = terms.map { text.part($0) }
        for root in roots { text.use(root) }
        let lines = roots.map { text.written($0) }.joined(separator: ",\n")
        let before = text.shared.isEmpty ? "" : "@[\(text.shared.joined(separator: ",\n"))]\n"
        return "\(before)[\(lines)]"
    }

    private mutating func use(_ part: Part) {
        if case .node(let index) = part { nodes[index].uses += 1 }
    }

    /// Finds or makes the node of a term; its parts are counted when it is made.
    private mutating func part(_ term: Term) -> Part {
        var parts: [Part] = []
        switch term.kind {
        case .array(let terms) where !terms.isEmpty:
            append(terms, "[", "]", to: &parts)
        case .set(let terms) where !terms.isEmpty:
            append(terms.sorted { $0.groundText < $1.groundText }, "{", "}", to: &parts)
        case .object(let members) where !members.isEmpty:
            // Of equal keys the last counts; the order of members means nothing.
            let last = Dictionary(
                members.map { ($0.key.groundText, $0) }, uniquingKeysWith: { _, new in new })
            for (index, entry) in last.sorted(by: { $0.key < $1.key }).enumerated() {
                parts.append(.text(index == 0 ? "{" : ","))
                parts.append(part(entry.value.key))
                parts.append(.text(":"))
                parts.append(part(entry.value.value))
            }
            parts.append(.text("}"))
        default: return .text(term.groundText)
        }
        if let found = numbers[parts] { return .node(found) }
        for part in parts { use(part) }
        numbers[parts] = nodes.count
        nodes.append(Node(parts: parts, size: parts.reduce(0) { $0 + size($1) }))
        return .node(nodes.count - 1)
    }

    private mutating func append(_ terms: [Term], _ open: String, _ close: String, to parts: inout [Part]) {
        for (index, term) in terms.enumerated() {
            parts.append(.text(index == 0 ? open : ","))
            parts.append(part(term))
        }
        parts.append(.text(close))
    }

    private func size(_ part: Part) -> Int {
        switch part {
        case .text(let text): text.utf8.count
        case .node(let index): nodes[index].size
        }
    }

    /// The text of a part; a shared one is written down before the first that refers to it.
    private mutating func written(_ part: Part) -> String {
        switch part {
        case .text(let text): return text
        case .node(let index):
            if let number = nodes[index].number { return "@\(number)" }
            let text = nodes[index].parts.map { written($0) }.joined()
            guard nodes[index].uses > 1, nodes[index].size >= Self.smallest else { return text }
            nodes[index].number = shared.count
            shared.append(text)
            return "@\(shared.count - 1)"
        }
    }
}
