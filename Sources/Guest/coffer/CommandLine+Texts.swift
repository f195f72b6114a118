internal import OCI

extension OCICommandLine {
    static let version = "0.1.0"

    func printVersion() {
        // containerd looks for "runc version " when it was given the name runc.
        printLine("\(name) version \(Self.version)\ncommit: coffer-\(Self.version)\nspec: \(OCI.version)")
    }

    func printHelp() {
        var text =
            "NAME:\n   \(name) - Open Container Initiative runtime: runs containers from bundles\n\nUSAGE:\n   \(name) [global options] command [command options] [arguments...]\n\nCOMMANDS:\n"
        for command in Self.commands { text += "   " + padded(command.name, 12) + command.summary + "\n" }
        text += "\nGLOBAL OPTIONS:\n" + list(Self.globalOptions)
        text += "\nEXAMPLE:\n   \(name) spec && sudo \(name) run demo\n"
        writeText(text, to: 1)
    }

    func printHelp(_ command: Command) {
        var text =
            "NAME:\n   \(name) \(command.name) - \(command.summary)\n\nUSAGE:\n   \(name) \(command.name) [command options] \(command.usage)\n"
        if !command.options.isEmpty { text += "\nOPTIONS:\n" + list(command.options) }
        writeText(text, to: 1)
    }

    private func list(_ options: [OptionForm]) -> String {
        var text = ""
        for option in options {
            let names = "--\(option.name)" + (option.short.isEmpty ? "" : ", -\(option.short)")
            text += "   " + padded(names + (option.takesValue ? " value" : ""), 32) + option.help + "\n"
        }
        return text
    }
}

/// The text with spaces up to a column; one at least.
func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.utf8.count))
}
