/// The fields of a user's line: name, password, number, group, comment, home and shell; nil when no line is the user's.
/// passwd(5).
func userFields(of user: UInt32, in passwd: [UInt8]) -> [String]? {
    for line in passwd.split(separator: UInt8(ascii: "\n")) {
        let fields = line.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard fields.count >= 6, UInt32(String(decoding: fields[2], as: UTF8.self)) == user else { continue }
        return fields.map { String(decoding: $0, as: UTF8.self) }
    }
    return nil
}
