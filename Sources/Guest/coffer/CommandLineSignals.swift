/// Signal names in the order of their numbers, from 1. signal(7), x86-64.
private let names = [
    "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
    "TERM",
    "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
    "WINCH", "IO",
    "PWR", "SYS",
]

/// A signal by number, name, or name with `SIG`, in any case; nil for anything else.
func signalNumber(_ text: String) -> Int32? {
    if let number = Int32(text) { return (0...64).contains(number) ? number : nil }
    var name = String(decoding: text.utf8.map { $0 >= 97 && $0 <= 122 ? $0 - 32 : $0 }, as: UTF8.self)
    if name.hasPrefix("SIG") { name = String(name.dropFirst(3)) }
    if name == "IOT" { return 6 }
    if name == "POLL" { return 29 }
    if let index = names.firstIndex(of: name) { return Int32(index + 1) }
    return realTime(name)
}

/// `RTMIN`, `RTMIN+N`, `RTMAX`, `RTMAX-N`.
private func realTime(_ name: String) -> Int32? {
    for (base, number, sign) in [("RTMIN", Int32(34), Int32(1)), ("RTMAX", 64, -1)] where name.hasPrefix(base)
    {
        let rest = name.dropFirst(base.utf8.count)
        if rest.isEmpty { return number }
        guard let offset = Int32(rest), offset * sign >= 0, offset.magnitude <= 30 else { return nil }
        return number + offset
    }
    return nil
}
