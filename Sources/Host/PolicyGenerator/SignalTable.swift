/// Signals by name. signal(7), numbers of x86.
enum SignalTable {
    private static let names = [
        "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE",
        "ALRM",
        "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM",
        "PROF",
        "WINCH", "IO", "PWR", "SYS",
    ]

    /// `TERM`, `SIGTERM`, `15`, `RTMIN+3`; nil when it is none of these.
    static func number(_ text: String) -> Int? {
        if let number = Int(text) { return (1...64).contains(number) ? number : nil }
        var name = text.uppercased()
        if name.hasPrefix("SIG") { name = String(name.dropFirst(3)) }
        if let index = names.firstIndex(of: name) { return index + 1 }
        if name == "RTMIN" { return 34 }
        if name.hasPrefix("RTMIN+"), let more = Int(name.dropFirst(6)), (0...30).contains(more) {
            return 34 + more
        }
        return nil
    }

    /// For comments in policies.
    static func name(_ number: Int) -> String {
        names.indices.contains(number - 1) ? "SIG" + names[number - 1] : "signal \(number)"
    }
}
