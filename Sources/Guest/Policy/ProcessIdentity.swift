internal import JSON
internal import OCI

/// A user or group by number and by the name that the container's own files give it, empty when they give none.
package struct NamedID: Equatable {
    /// uid or gid inside the container.
    package var id: UInt32
    /// From /etc/passwd or /etc/group of the container's own root; empty when the number is not in there.
    package var name: String

    package init(id: UInt32, name: String) {
        self.id = id
        self.name = name
    }

    var json: JSON { ["id": .string(id.description), "name": .string(name)] }
}

/// Who a process will be, with the names that policies may ask for.
package struct ProcessIdentity: Equatable {
    /// The user, with the name that goes with the number, however the host named it.
    package var user: NamedID
    /// The group first, then the supplementary groups.
    package var groups: [NamedID]

    package init(user: NamedID, groups: [NamedID]) {
        self.user = user
        self.groups = groups
    }
}

extension OCI.Process {
    /// The file mode creation mask as policies write it: four octal digits, "0022" when the process has none.
    var umaskText: String {
        let digits = String(user.umask ?? 0o022, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }
}

extension OCI.Capabilities {
    /// The sets in the order in which policies list them.
    var policyJSON: JSON {
        [
            "bounding": JSON(bounding), "effective": JSON(effective), "inheritable": JSON(inheritable),
            "permitted": JSON(permitted), "ambient": JSON(ambient),
        ]
    }

    /// What is left of the sets when the policy keeps only `kept`.
    func keeping(_ kept: JSONObject) throws(EvaluationError) -> OCI.Capabilities {
        var result = OCI.Capabilities()
        result.bounding = try Self.keep(bounding, kept, "bounding")
        result.effective = try Self.keep(effective, kept, "effective")
        result.inheritable = try Self.keep(inheritable, kept, "inheritable")
        result.permitted = try Self.keep(permitted, kept, "permitted")
        result.ambient = try Self.keep(ambient, kept, "ambient")
        return result
    }

    private static func keep(
        _ requested: [String], _ kept: JSONObject, _ set: String
    ) throws(EvaluationError) -> [String] {
        guard let names = texts(kept[set]) else {
            throw .policy("caps_list.\(set) is not an array of strings")
        }
        return requested.filter { name in names.contains { $0.utf8.elementsEqual(name.utf8) } }
    }
}

/// The elements of an array of strings; nil for anything else.
func texts(_ json: JSON?) -> [String]? {
    guard let elements = json?.arrayValue else { return nil }
    var texts: [String] = []
    for element in elements {
        guard case .string(let text) = element else { return nil }
        texts.append(text)
    }
    return texts
}

/// The variables that the policy keeps, in the order in which they were asked for, duplicates included.
///
/// Compared byte for byte: to Swift two texts are equal when they look the same.
func keptEnvironment(_ requested: [String], _ result: JSONObject) throws(EvaluationError) -> [String] {
    guard let list = result["env_list"], !list.isNull else { return requested }
    guard let kept = texts(list) else { throw .policy("env_list is not an array of strings") }
    return requested.filter { variable in kept.contains { $0.utf8.elementsEqual(variable.utf8) } }
}

/// The capabilities that the policy keeps.
func keptCapabilities(
    _ requested: OCI.Capabilities, _ result: JSONObject
) throws(EvaluationError) -> OCI.Capabilities {
    guard let list = result["caps_list"], !list.isNull else { return requested }
    guard let kept = list.objectValue else { throw .policy("caps_list is not an object") }
    return try requested.keeping(kept)
}
