internal import CLinux
internal import Linux
internal import Runtime

/// The machine's `ps` with these options, and of its lines the container's, as clients know it from runc; without a `ps`
/// the numbers and commands.
func showProcesses(_ pids: [Int32], _ options: [String]) throws(CommandLineError) {
    for program in ["/bin/ps", "/usr/bin/ps"] where access(program, X_OK) == 0 {
        let words = [program] + (options.isEmpty ? ["-ef"] : options)
        return try show(pids, try output(of: program, words))
    }
    if let option = options.first {
        throw .failed("this machine has no ps that could be given \"\(option)\"")
    }
    try showCommands(pids)
}

/// The header, and the lines whose PID is one of these.
private func show(_ pids: [Int32], _ text: String) throws(CommandLineError) {
    let lines = text.split(separator: "\n")
    guard let header = lines.first,
        let column = header.split(separator: " ").firstIndex(of: "PID")
    else { throw .failed("couldn't find PID field in ps output") }
    printLine(String(header))
    for line in lines.dropFirst() {
        let fields = line.split(separator: " ")
        if column < fields.count, let pid = Int32(fields[column]), pids.contains(pid) {
            printLine(String(line))
        }
    }
}

/// What a program of this machine writes; one that fails is an error with its own words.
private func output(of program: String, _ words: [String]) throws(CommandLineError) -> String {
    do throws(Errno) {
        let pipe = try Pipe()
        guard let child = try clone([], into: nil) else { becomeProgram(program, words, pipe.writeEnd.raw) }
        return try text(from: pipe, child)
    } catch {
        throw .failed("\(program): \(error.goText)")
    }
}

private func text(from pipe: consuming Pipe, _ child: borrowing ClonedProcess) throws(Errno) -> String {
    let readEnd = pipe.readEnd
    // The end comes when nobody can write any more: the other end is the program's alone.
    let writeEnd = pipe.writeEnd
    _ = consume writeEnd
    let bytes = try readEnd.contents(limit: 1 << 24)
    var status: Int32 = 0
    try valueOrErrno(coffer_wait_pid(child.pid, &status, 0))
    if status != 0 { throw Errno(EIO) }
    return String(decoding: bytes, as: UTF8.self)
}

private func becomeProgram(_ program: String, _ words: [String], _ output: Int32) -> Never {
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    arguments.append(nil)
    if coffer_duplicate_to(output, 1) >= 0 { coffer_execute(program, &arguments) }
    coffer_exit_now(126)
    while true {}
}

/// A few columns of every process, from /proc.
private func showCommands(_ pids: [Int32]) throws(CommandLineError) {
    var rows = [["PID", "CMD"]]
    for pid in pids {
        do throws(Errno) {
            let words = try Descriptor.open("/proc/\(pid)/cmdline", O_RDONLY).contents(limit: 1 << 20)
            let text = String(decoding: words.map { $0 == 0 ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
            rows.append(["\(pid)", text])
        } catch {
            // It ended between the list and here.
            if error.code != ENOENT && error.code != ESRCH { throw .failed("/proc/\(pid)/cmdline: \(error)") }
        }
    }
    printTable(rows)
}
