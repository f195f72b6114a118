extension OCICommandLine.Command {
    static let completion = OCICommandLine.Command(
        name: "completion", usage: "", summary: "print the shell's completion of the commands (bash)",
        options: [],
        stopsAfter: nil, operands: (0, 1),
        run: { line, _ throws(CommandLineError) in
            let names = OCICommandLine.commands.map { $0.name }.joined(separator: " ")
            printLine("complete -W \"\(names)\" \(line.name)")
        })
}
