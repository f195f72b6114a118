internal import OCI
internal import Policy

/// A container's own /etc/passwd and /etc/group, for turning names into numbers and back. passwd(5), group(5).
struct AccountFiles {
    /// nil when the file does not exist.
    let passwd: [[String]]?
    let group: [[String]]?

    init(passwd: [UInt8]?, group: [UInt8]?) {
        self.passwd = passwd.map(Self.lines)
        self.group = group.map(Self.lines)
    }

    private static func lines(_ bytes: [UInt8]) -> [[String]] {
        bytes.split(separator: UInt8(ascii: "\n")).map { line in
            line.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
        }
    }

    /// Who the process will be: by name when it has one, else by number.
    ///
    /// A name is "USER" or "USER:GROUP", each a name or a number. A name has to stand exactly once in its file; a
    /// number need not stand there at all, and then has no name.
    func identity(of user: OCI.User) throws(SandboxError) -> (identity: ProcessIdentity, user: OCI.User) {
        var resolved = user
        if !user.username.isEmpty {
            let parts = user.username.utf8.split(
                separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false
            ).map { String(decoding: Array($0), as: UTF8.self) }
            let account = try account(parts[0])
            resolved.uid = account.uid
            resolved.gid = account.gid
            if parts.count == 2 { resolved.gid = try groupID(parts[1]) }
        }
        resolved.username = ""
        var groups = [NamedID(id: resolved.gid, name: try name(ofGroup: resolved.gid))]
        for gid in resolved.additionalGids { groups.append(NamedID(id: gid, name: try name(ofGroup: gid))) }
        let userName = try name(ofUser: resolved.uid)
        return (
            ProcessIdentity(user: NamedID(id: resolved.uid, name: userName), groups: groups), resolved
        )
    }

    /// Uid and primary gid of a name or number.
    private func account(_ text: String) throws(SandboxError) -> (uid: UInt32, gid: UInt32) {
        let number = Self.number(text)
        let rows = (passwd ?? []).filter { row in
            row.count >= 4 && (same(row[0], text) || (number != nil && Self.number(row[2]) == number))
        }
        if rows.count > 1 { throw .invalid("user \"\(text)\" stands \(rows.count) times in /etc/passwd") }
        if let row = rows.first {
            guard let uid = Self.number(row[2]), let gid = Self.number(row[3]) else {
                throw .invalid("user \"\(text)\" has no numbers in /etc/passwd")
            }
            return (uid, gid)
        }
        guard let number else { throw .invalid("user \"\(text)\" does not stand in /etc/passwd") }
        return (number, 0)
    }

    private func groupID(_ text: String) throws(SandboxError) -> UInt32 {
        if let number = Self.number(text) { return number }
        let rows = (group ?? []).filter { $0.count >= 3 && same($0[0], text) }
        guard rows.count == 1, let gid = Self.number(rows[0][2]) else {
            throw .invalid("group \"\(text)\" stands \(rows.count) times in /etc/group, expected once")
        }
        return gid
    }

    private func name(ofUser id: UInt32) throws(SandboxError) -> String {
        try name(of: id, in: passwd, file: "/etc/passwd")
    }

    private func name(ofGroup id: UInt32) throws(SandboxError) -> String {
        try name(of: id, in: group, file: "/etc/group")
    }

    private func name(of id: UInt32, in rows: [[String]]?, file: String) throws(SandboxError) -> String {
        let found = (rows ?? []).filter { $0.count >= 3 && Self.number($0[2]) == id }
        if found.count > 1 { throw .invalid("id \(id) stands \(found.count) times in \(file)") }
        return found.first?[0] ?? ""
    }

    /// A plain decimal number of 32 bits.
    private static func number(_ text: String) -> UInt32? {
        let digits = text.utf8
        if digits.isEmpty || digits.count > 10 { return nil }
        var value: UInt64 = 0
        for digit in digits {
            guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
            value = value * 10 + UInt64(digit - UInt8(ascii: "0"))
        }
        return UInt32(exactly: value)
    }
}
