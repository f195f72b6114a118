/// Writes a module in the one form that everybody's modules have, comments and the author's line breaks kept.
package struct Formatter {
    private let module: Module
    let source: FormatSource
    let keywords: Set<String>
    var indent = 0
    /// The next comment that was not written yet.
    var nextComment = 0

    /// The module's text, formatted.
    ///
    /// - Throws: what is wrong with the text, when it cannot be parsed.
    package static func format(
        _ text: String, file: String, version: RegoVersion = .v1, allowsExperiments: Bool = false
    ) throws(CompilationError) -> String {
        let module = try Parser.module(
            text, file: file, version: version, allowsExperiments: allowsExperiments)
        var formatter = Formatter(module, try FormatSource(text, file: file, comments: module.comments))
        return formatter.text()
    }

    private init(_ module: Module, _ source: FormatSource) {
        self.module = module
        self.source = source
        keywords = module.keywords
    }

    // MARK: Words

    /// Whether the text can stand behind a dot.
    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, first < 0x30 || first > 0x39 else { return false }
        return text.utf8.allSatisfy {
            $0 == 0x5f || ($0 >= 0x30 && $0 <= 0x39) || ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7a)
        }
    }

    var margin: String { String(repeating: "\t", count: indent) }
    var newline: String { "\n" + margin }

    // MARK: Comments

    /// Comments on lines of their own before that place, a line each; empty lines before them are kept.
    mutating func comments(before offset: Int, isFirst: Bool = false) -> String {
        var text = ""
        var first = isFirst
        while nextComment < source.comments.count, source.comments[nextComment].position.offset < offset {
            let comment = source.comments[nextComment]
            if !first, source.isBlank(before: comment.position.line) { text += "\n" }
            first = false
            text += margin + Self.text(comment) + "\n"
            nextComment += 1
        }
        return text
    }

    /// The comment that ends a line of code which begins at or behind `start`, if what follows begins later.
    mutating func trailing(from start: Int, before end: Int) -> String {
        guard nextComment < source.comments.count else { return "" }
        let comment = source.comments[nextComment]
        guard comment.position.offset > start, comment.position.offset < end, source.isTrailing(comment)
        else { return "" }
        nextComment += 1
        return " " + Self.text(comment)
    }

    private static func text(_ comment: Lexer.Comment) -> String {
        var text = "#" + comment.text
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }

    // MARK: The module

    private struct Item {
        var position: Position
        var isRule = false
        var write: (inout Formatter) -> String
    }

    private mutating func text() -> String {
        var items = [
            Item(position: module.packagePosition) { [path = module.package] _ in
                "package " + Self.package(path)
            }
        ]
        let imports = module.imports.map { found in
            Item(position: found.position) { _ in found.text }
        }
        let rules = module.rules.map { rule in
            Item(position: rule.position, isRule: true) { $0.rule(rule) }
        }
        items += (imports + rules).sorted { $0.position.offset < $1.position.offset }
        var out = ""
        var previous = ""
        for (index, item) in items.enumerated() {
            let end = index + 1 < items.count ? items[index + 1].position.offset : Int.max
            let leading = comments(before: item.position.offset, isFirst: true)
            let body = item.write(&self)
            let isBlank = source.isBlank(before: item.position.line)
            if index > 0 {
                let isApart =
                    index == 1 || item.isRule != items[index - 1].isRule || previous.contains("\n")
                    || body.contains("\n") || !leading.isEmpty || isBlank
                if isApart { out += "\n" }
            }
            out += leading
            if !leading.isEmpty, isBlank { out += "\n" }
            out += body + trailing(from: item.position.offset, before: end) + "\n"
            previous = body
        }
        out += comments(before: Int.max)
        return out
    }

    private static func package(_ path: [String]) -> String {
        var text = ""
        for (index, name) in path.dropFirst().enumerated() {
            if index == 0 {
                text += name
            } else {
                text += isName(name) ? "." + name : "[\(YAMLText.quoted(name))]"
            }
        }
        return text.isEmpty ? "data" : text
    }
}

extension Module {
    /// Keywords that are in force at the end of the module.
    fileprivate var keywords: Set<String> {
        var words: Set<String> = isVersion1 ? Parser.futureKeywords : []
        for found in imports {
            let names =
                found.path.flatMap(\.pathNames)
                + found.path.compactMap { part -> String? in
                    if case .string(let name) = part.kind { return name }
                    return nil
                }
            guard names.first == "future" else { continue }
            if names.count == 2 { words.formUnion(Parser.futureKeywords) }
            if names.count == 3 {
                words.insert(names[2])
                if names[2] == "every" { words.insert("in") }
            }
        }
        return words
    }
}
