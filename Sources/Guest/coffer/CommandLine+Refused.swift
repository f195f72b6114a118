internal import Runtime

extension OCICommandLine.Command {
    static let checkpoint = refused(
        "checkpoint", "write a running container to disk",
        [
            OptionForm("image-path", value: true, "directory for the images"),
            OptionForm("work-path", value: true, "directory for logs"),
            OptionForm("parent-path", value: true, "directory of earlier images"),
            OptionForm("leave-running", "let the container go on"),
            OptionForm("tcp-established", "with open connections"),
            OptionForm("ext-unix-sk", "with UNIX sockets of others"),
            OptionForm("shell-job", "with a terminal"),
            OptionForm("lazy-pages", "with pages on demand"),
            OptionForm("file-locks", "with file locks"),
            OptionForm("pre-dump", "memory only"),
            OptionForm("manage-cgroups-mode", value: true, "soft, full, strict or ignore"),
        ])

    static let restore = refused(
        "restore", "make a container from a checkpoint",
        [
            OptionForm("image-path", value: true, "directory of the images"),
            OptionForm("work-path", value: true, "directory for logs"),
            OptionForm("bundle", short: "b", value: true, "path of the bundle"),
            OptionForm("detach", short: "d", "do not wait for the program's end"),
            OptionForm("pid-file", value: true, "file for the first process's number"),
            OptionForm("console-socket", value: true, "UNIX socket that gets the terminal's master side"),
        ])

    /// Clients ask for help before they ask for the thing: the command is there, and says that it is not.
    private static func refused(_ name: String, _ summary: String, _ options: [OptionForm])
        -> OCICommandLine.Command
    {
        OCICommandLine.Command(
            name: name, usage: "<container-id>", summary: summary + "; not supported", options: options,
            stopsAfter: nil, operands: (1, 1),
            run: { _, _ throws(CommandLineError) in
                throw .failed("\(name): checkpoints through criu are not supported")
            })
    }

    static let completion = OCICommandLine.Command(
        name: "completion", usage: "", summary: "print the shell's completion of the commands (bash)",
        options: [],
        stopsAfter: nil, operands: (0, 1),
        run: { line, _ throws(CommandLineError) in
            let names = OCICommandLine.commands.map { $0.name }.joined(separator: " ")
            printLine("complete -W \"\(names)\" \(line.name)")
        })
}
