/// One name and value of an object.
public struct JSONMember: Equatable, Sendable {
    /// The member's name.
    public var key: String
    /// The member's value.
    public var value: JSON

    /// A member of that name and value.
    public init(key: String, value: JSON) {
        self.key = key
        self.value = value
    }
}

/// The members of an object in the order in which they were written. Look-up walks them: the objects of these
/// protocols have a few dozen members at most.
public struct JSONObject: Equatable, Sendable {
    /// All members, in order.
    public private(set) var members: [JSONMember]

    /// An object without members.
    public init() { members = [] }

    /// An object of these members; names are not checked for repetition.
    public init(members: [JSONMember]) { self.members = members }

    /// The first member of that name. Setting replaces it in place, appends it, or with nil removes it.
    public subscript(key: String) -> JSON? {
        get {
            for member in members where member.key == key { return member.value }
            return nil
        }
        set {
            let place = members.firstIndex { $0.key == key }
            switch (place, newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(JSONMember(key: key, value: value))
            case (nil, nil): break
            }
        }
    }

    /// The member of that name without regard to ASCII case, an exact match first: how Go decodes fields.
    public func value(caseInsensitive key: String) -> JSON? {
        if let exact = self[key] { return exact }
        for member in members where equalIgnoringASCIICase(member.key, key) { return member.value }
        return nil
    }

    /// Objects are equal if they have the same names and values; the order of members does not matter.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        guard left.members.count == right.members.count else { return false }
        return left.members.allSatisfy { right[$0.key] == $0.value }
    }
}

private func equalIgnoringASCIICase(_ left: String, _ right: String) -> Bool {
    left.utf8.count == right.utf8.count
        && zip(left.utf8, right.utf8).allSatisfy { asciiLowercased($0) == asciiLowercased($1) }
}

private func asciiLowercased(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
}
