internal import ArgumentParser

/// `cofferctl manual`: the manual page, made from the same descriptions as `--help`.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: "Print the manual page (roff).",
        discussion: """
            Example:
              cofferctl manual > /usr/local/share/man/man1/cofferctl.1
            """)

    func run() {
        Terminal.output(ManualPage.text(root: Cofferctl.self))
    }
}
