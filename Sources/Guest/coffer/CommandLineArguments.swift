internal import CLinux

/// What the kernel gave this program. (Embedded Swift has no `CommandLine`.)
enum ProgramArguments {
    /// All arguments, the program's name first.
    static func all() -> [String] {
        var arguments: [String] = []
        for index in 0..<Int(coffer_argument_count()) {
            guard let argument = coffer_argument(index) else { break }
            arguments.append(String(cString: argument))
        }
        return arguments
    }
}
