/// Environment variables in order, each name once: a later value takes the earlier one's place.
struct EnvironmentList {
    private(set) var ordered: [(name: String, value: String)] = []

    /// Entries without an equals sign are names without a value, which no process gets to see.
    init(_ entries: [String]) {
        for entry in entries {
            guard let equals = entry.firstIndex(of: "=") else { continue }
            set(String(entry[..<equals]), String(entry[entry.index(after: equals)...]))
        }
    }

    mutating func set(_ name: String, _ value: String) {
        if let index = ordered.firstIndex(where: { $0.name == name }) {
            ordered[index].value = value
        } else {
            ordered.append((name, value))
        }
    }

    mutating func setUnlessPresent(_ name: String, _ value: String) {
        if !ordered.contains(where: { $0.name == name }) { ordered.append((name, value)) }
    }

    var values: [String: String] {
        Dictionary(ordered.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
    }

    var list: [String] { ordered.map { "\($0.name)=\($0.value)" } }
}

/// `$(NAME)` in commands, arguments and values, as Kubernetes expands it: unknown names stay as they are, `$$` is one
/// dollar sign.
enum VariableExpansion {
    static func expand(_ text: String, _ values: [String: String]) -> String {
        var result = ""
        var rest = Substring(text)
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[rest.index(after: dollar)...]
            if rest.first == "$" {
                result += "$"
                rest = rest.dropFirst()
            } else if rest.first == "(", let end = rest.firstIndex(of: ")") {
                let name = String(rest[rest.index(after: rest.startIndex)..<end])
                result += values[name] ?? "$(\(name))"
                rest = rest[rest.index(after: end)...]
            } else {
                result += "$"
            }
        }
        return result + rest
    }
}
