internal import JSON

/// The users and groups of an image, from its etc/passwd and etc/group: what turns `redis:redis` into numbers.
package struct Accounts: Equatable, Sendable {
    /// A line of passwd.
    package struct User: Equatable, Sendable {
        /// The login name, never empty.
        package var name: String
        /// uid.
        package var user: UInt32
        /// gid of the primary group.
        package var group: UInt32
        /// The home directory; may be empty.
        package var home: String
    }
    /// A line of group.
    package struct Group: Equatable, Sendable {
        /// The group's name, never empty.
        package var name: String
        /// gid.
        package var group: UInt32
        /// Login names of those who have it besides their primary one.
        package var members: [String]
    }

    /// In the file's order; the first that fits a name or a number counts.
    package var users: [User] = []
    /// In the file's order.
    package var groups: [Group] = []

    package init() {}

    /// Reads the two files; lines that are not accounts are passed over, as the C library does. passwd(5), group(5).
    package init(passwd: [UInt8], group: [UInt8]) {
        for fields in Self.lines(passwd) where fields.count >= 6 {
            guard let user = UInt32(fields[2]), let group = UInt32(fields[3]), !fields[0].isEmpty else {
                continue
            }
            users.append(User(name: fields[0], user: user, group: group, home: fields[5]))
        }
        for fields in Self.lines(group) where fields.count >= 4 {
            guard let number = UInt32(fields[2]), !fields[0].isEmpty else { continue }
            let members = fields[3].split(separator: ",").map(String.init)
            groups.append(Group(name: fields[0], group: number, members: members))
        }
    }

    private static func lines(_ bytes: [UInt8]) -> [[String]] {
        bytes.split(separator: 0x0A).filter { $0.first != 0x23 }.map { line in
            line.split(separator: 0x3A, omittingEmptySubsequences: false).map {
                String(decoding: $0, as: UTF8.self)
            }
        }
    }
}

extension Accounts {
    /// Compact form for images.json.
    var json: JSON {
        [
            "users": .array(
                users.map {
                    [
                        "name": .string($0.name), "uid": JSON(Int($0.user)), "gid": JSON(Int($0.group)),
                        "home": .string($0.home),
                    ]
                }),
            "groups": .array(
                groups.map {
                    ["name": .string($0.name), "gid": JSON(Int($0.group)), "members": JSON($0.members)]
                }),
        ]
    }

    init?(_ json: JSON?) {
        guard let users = json?["users"]?.arrayValue, let groups = json?["groups"]?.arrayValue else {
            return nil
        }
        for user in users {
            guard let name = user["name"]?.stringValue,
                let number = user["uid"]?.uintValue.flatMap(UInt32.init(exactly:)),
                let group = user["gid"]?.uintValue.flatMap(UInt32.init(exactly:)),
                let home = user["home"]?.stringValue
            else { return nil }
            self.users.append(User(name: name, user: number, group: group, home: home))
        }
        for group in groups {
            guard let name = group["name"]?.stringValue,
                let number = group["gid"]?.uintValue.flatMap(UInt32.init(exactly:)),
                let members = group["members"]?.arrayValue
            else { return nil }
            self.groups.append(Group(name: name, group: number, members: members.compactMap(\.stringValue)))
        }
    }
}
