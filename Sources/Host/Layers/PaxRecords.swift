/// The records of extended headers that matter to a layer. pax(5), "pax Interchange Format".
struct PaxRecords {
    var path: ByteName?
    var linkPath: ByteName?
    var size: UInt64?
    var user: UInt32?
    var group: UInt32?
    var time: (seconds: Int64, nanoseconds: UInt32)?
    var attributes: [ByteName: [UInt8]] = [:]
    /// A keyword that changes the file and is not supported; reported with the file's name.
    var unsupported: ByteName?

    /// Reads "LENGTH KEYWORD=VALUE\n" records and lets later ones win.
    mutating func read(_ bytes: [UInt8], at offset: UInt64) throws(TarError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let blank = rest.firstIndex(of: 0x20), let length = decimal(rest[..<blank]),
                length <= rest.count, length > blank - rest.startIndex + 1
            else { throw .extendedHeader("a record's length is wrong", at: offset) }
            let record = rest[(blank + 1)..<(rest.startIndex + length)]
            guard record.last == 0x0A, let equals = record.firstIndex(of: 0x3D), equals > record.startIndex
            else {
                throw .extendedHeader("a record is not keyword=value and a new line", at: offset)
            }
            try set(ByteName(record[..<equals]), Array(record[(equals + 1)...].dropLast()), at: offset)
            rest = rest.dropFirst(length)
        }
    }

    private mutating func set(_ keyword: ByteName, _ value: [UInt8], at offset: UInt64) throws(TarError) {
        switch keyword {
        case "path": path = value.isEmpty ? nil : ByteName(value)
        case "linkpath": linkPath = value.isEmpty ? nil : ByteName(value)
        case "size": size = try number(value, keyword, at: offset)
        case "uid": user = try identifier(value, keyword, at: offset)
        case "gid": group = try identifier(value, keyword, at: offset)
        case "mtime": time = try Self.time(value, at: offset)
        case "atime", "ctime", "uname", "gname", "comment", "charset", "hdrcharset": break
        default: try setVendor(keyword, value, at: offset)
        }
    }

    /// Vendors' keywords are in capitals and may be unknown; those that change content or access may not.
    private mutating func setVendor(_ keyword: ByteName, _ value: [UInt8], at offset: UInt64) throws(TarError)
    {
        let attribute = "SCHILY.xattr."
        if keyword.hasPrefix(attribute) {
            let name = keyword.dropFirst(attribute.utf8.count)
            guard !name.bytes.isEmpty, name.bytes.count <= 255, !name.bytes.contains(0) else {
                throw .extendedHeader("an extended attribute's name is empty or too long", at: offset)
            }
            attributes[name] = value
        } else if Self.changesFiles.contains(where: { keyword.hasPrefix($0) }) {
            unsupported = keyword
        } else if keyword.bytes.first.map({ (0x61...0x7A).contains($0) }) ?? true {
            unsupported = keyword
        }
    }

    private static let changesFiles = ["GNU.sparse.", "SCHILY.acl.", "SCHILY.realsize", "SUN.holesdata"]

    private func number(_ value: [UInt8], _ keyword: ByteName, at offset: UInt64) throws(TarError) -> UInt64?
    {
        if value.isEmpty { return nil }
        guard let number = UInt64(String(decoding: value, as: UTF8.self)), number <= UInt64(Int64.max) else {
            throw .extendedHeader("\(keyword) is not a number in range", at: offset)
        }
        return number
    }

    private func identifier(_ value: [UInt8], _ keyword: ByteName, at offset: UInt64) throws(TarError)
        -> UInt32?
    {
        guard let number = try number(value, keyword, at: offset) else { return nil }
        guard let identifier = UInt32(exactly: number) else {
            throw .extendedHeader("\(keyword) is not a number in range", at: offset)
        }
        return identifier
    }

    private func decimal(_ digits: ArraySlice<UInt8>) -> Int? {
        guard !digits.isEmpty, digits.count <= 9, digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// Seconds with an optional fraction and sign; finer than nanoseconds is cut off.
    static func time(_ value: [UInt8], at offset: UInt64) throws(TarError) -> (Int64, UInt32)? {
        if value.isEmpty { return nil }
        let parts = value.split(separator: 0x2E, maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = parts.count > 1 ? Array(parts[1].prefix(9)) : []
        guard let first = parts.first, let seconds = Int64(String(decoding: first, as: UTF8.self)),
            parts.count < 2 || parts[1].allSatisfy({ (0x30...0x39).contains($0) }),
            seconds > Int64.min
        else { throw .extendedHeader("mtime is not a time", at: offset) }
        var nanoseconds: UInt32 = 0
        for place in 0..<9 {
            nanoseconds = nanoseconds * 10 + (place < fraction.count ? UInt32(fraction[place] - 0x30) : 0)
        }
        // -0.5 is half a second before 1970: minus one second and half a second.
        if first.first == 0x2D && nanoseconds > 0 { return (seconds - 1, 1_000_000_000 - nanoseconds) }
        return (seconds, nanoseconds)
    }
}
