import Foundation
import Testing

/// The manual page says what the program's own help says.
@Suite(.enabled(if: Workbench.obstacle == nil, "needs root and a built coffer"))
struct ManualTests {
    /// Lines of the page by section and command: `""` is what comes before the first command.
    private static func sections() throws -> [String: [Substring]] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appendingPathComponent("docs/coffer.8"), encoding: .utf8)
        var sections: [String: [Substring]] = [:]
        var name = ""
        for line in text.split(separator: "\n") {
            if line.hasPrefix(".Ss ") { name = String(line.dropFirst(4)) }
            sections[name, default: []].append(line)
        }
        return sections
    }

    /// Options of a help text, as the page writes them: long name, short name, whether there is a value.
    private static func options(_ help: String) -> [String] {
        help.split(separator: "\n").filter { $0.hasPrefix("   --") }.map { line in
            let words = line.split(separator: " ")
            var item = ".It Fl Fl " + words[0].drop { $0 == "-" || $0 == "," }.filter { $0 != "," }
            var rest = words.dropFirst()
            if words[0].hasSuffix(","), let short = rest.popFirst() { item += " , Fl \(short.dropFirst())" }
            return rest.first == "value" ? item + " Ar value" : item
        }
    }

    @Test func everyCommandAndOptionIsThere() throws {
        let bench = try Workbench()
        let sections = try Self.sections()
        let help = try bench.coffer("--help").output
        let commands = help.split(separator: "\n").drop { $0 != "COMMANDS:" }.dropFirst()
            .prefix { $0.hasPrefix("   ") }.compactMap { $0.split(separator: " ").first.map(String.init) }
        #expect(commands.count > 10)
        #expect(Set(commands) == Set(sections.keys.filter { !$0.isEmpty }))
        for (name, words) in [("", ["--help"])] + commands.map({ ($0, [$0, "--help"]) }) {
            let written = (sections[name] ?? []).filter { $0.hasPrefix(".It Fl Fl ") }.map(String.init)
            #expect(written == Self.options(try bench.coffer(words).output), "\(name)")
        }
    }
}
