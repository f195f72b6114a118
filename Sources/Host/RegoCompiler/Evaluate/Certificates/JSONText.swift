internal import RegoRuntime

/// Pieces of JSON text.
enum JSONText {
    static func object(_ members: [(String, String)]) -> String {
        "{" + members.map { YAMLText.quoted($0.0) + ":" + $0.1 }.joined(separator: ",") + "}"
    }

    static func array(_ elements: [String]) -> String { "[" + elements.joined(separator: ",") + "]" }

    /// `null` for an empty list, as Go writes it.
    static func list(_ elements: [String]) -> String { elements.isEmpty ? "null" : array(elements) }

    static func texts(_ elements: [String]) -> String { list(elements.map { YAMLText.quoted($0) }) }

    /// Bytes in Base64; `null` for none.
    static func bytes(_ bytes: some Collection<UInt8>, url: Bool = false) -> String {
        if bytes.isEmpty { return "null" }
        let text = Array(bytes).withUnsafeBytes { Base64.encode($0, url: url, padded: !url) }
        return "\"" + String(decoding: text, as: UTF8.self) + "\""
    }
}
