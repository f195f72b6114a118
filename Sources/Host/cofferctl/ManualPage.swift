internal import ArgumentParser

/// Writes a manual page (man(7) macros) from the commands' own help texts.
enum ManualPage {
    static func text(root: any ParsableCommand.Type) -> String {
        let name = root._commandName
        var lines = [
            ".TH \(name.uppercased()) 1 \"\" \"\(name) \(CofferctlVersion.text)\" \"Coffer\"",
            ".SH NAME", "\(name) \\- \(escape(root.configuration.abstract))",
            ".SH DESCRIPTION",
        ]
        lines += verbatim(root.helpMessage(columns: 78))
        lines.append(".SH COMMANDS")
        for command in root.configuration.subcommands {
            lines += section(command, path: [name], root: root)
        }
        return lines.joined(separator: "\n")
    }

    private static func section(
        _ command: any ParsableCommand.Type, path: [String], root: any ParsableCommand.Type
    ) -> [String] {
        let path = path + [command._commandName]
        var lines = [".SS \(escape(path.joined(separator: " ")))"]
        lines += verbatim(root.helpMessage(for: command, columns: 78))
        for child in command.configuration.subcommands {
            lines += section(child, path: path, root: root)
        }
        return lines
    }

    /// Help texts are laid out already: no filling, no macro interpretation.
    private static func verbatim(_ text: String) -> [String] {
        [".nf"] + text.split(separator: "\n", omittingEmptySubsequences: false).map { escape(String($0)) } + [
            ".fi"
        ]
    }

    /// A backslash starts an escape, a leading dot or quote a macro.
    private static func escape(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "\\": escaped += "\\e"
            case "-": escaped += "\\-"
            default: escaped.append(character)
            }
        }
        return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
    }
}
