internal import OCI

extension OCICommandLine {
    static let version = "0.1.0"

    /// What crun prints of the things that it was built with, as far as they are here.
    private static let parts = "+SYSTEMD +SELINUX +APPARMOR +CAP +SECCOMP +EBPF"

    func printVersion() {
        // containerd looks for "runc version " when it was given the name runc, clients of crun for its parts.
        let parts = name == "crun" ? "\n" + Self.parts : ""
        printLine(
            "\(name) version \(Self.version)\ncommit: coffer-\(Self.version)\nspec: \(OCI.version)\(parts)")
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
            name == "crun"
            ? "Usage: crun [OPTION...] \(command.name) \(command.operandNames)\n\n\(command.summary)\n"
            : "NAME:\n   \(name) \(command.name) - \(command.summary)\n\nUSAGE:\n   \(name) \(command.name) [command options] \(command.usage)\n"
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

extension OCICommandLine.Command {
    /// The operands as crun's help names them.
    fileprivate var operandNames: String {
        for (words, names) in [
            ("<container-id> <command>", "CONTAINER cmd"), ("<container-id>", "CONTAINER"),
        ]
        where usage.hasPrefix(words) {
            return names + usage.dropFirst(words.utf8.count)
        }
        return usage
    }
}

/// The text with spaces up to a column; one at least.
func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.utf8.count))
}
