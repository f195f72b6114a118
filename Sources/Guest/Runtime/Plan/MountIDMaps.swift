package import OCI

/// The id maps that a mount's word brings along: `idmap=uids=FIRST-SHOWN-COUNT;gids=FIRST-SHOWN-COUNT`, with several ranges
/// joined by `#`. Ids from FIRST on, as they are on the file system, are shown as those from SHOWN on; with `@` before a
/// range SHOWN is one of the container's user namespace, and without it one of the machine's. crun(1), "idmap mount options".
package struct MountIDMaps: Equatable {
    /// Never empty.
    package private(set) var uids: [OCI.IDMapping] = []
    /// As `uids`, for group ids.
    package private(set) var gids: [OCI.IDMapping] = []
    /// Whether the word is `ridmap`.
    package let isRecursive: Bool

    /// Reads a word; nil for one that is about something else, or brings no maps.
    ///
    /// - Parameters:
    ///   - field: where the word is, for errors.
    ///   - container: the maps of the container's user namespace, which `@` is about.
    package init?(
        word: String, field: String, container: (uids: [OCI.IDMapping], gids: [OCI.IDMapping])
    ) throws(RuntimeError) {
        let prefix = word.hasPrefix("ridmap=") ? "ridmap=" : "idmap="
        if !word.hasPrefix(prefix) || word == prefix { return nil }
        isRecursive = prefix == "ridmap="
        for list in word.dropFirst(prefix.count).split(separator: ";", omittingEmptySubsequences: false) {
            if list.hasPrefix("uids="), uids.isEmpty {
                uids = try Self.ranges(list, of: word, field, container.uids)
            } else if list.hasPrefix("gids="), gids.isEmpty {
                gids = try Self.ranges(list, of: word, field, container.gids)
            } else {
                throw .refused(
                    "\(field).options: \"\(word)\": expected uids= and gids=, each once, found \"\(list)\"")
            }
        }
        if uids.isEmpty || gids.isEmpty {
            throw .refused("\(field).options: \"\(word)\": expected both uids= and gids=")
        }
    }

    private static func ranges(
        _ list: Substring, of word: String, _ field: String, _ container: [OCI.IDMapping]
    ) throws(RuntimeError) -> [OCI.IDMapping] {
        var ranges: [OCI.IDMapping] = []
        for text in list.dropFirst("uids=".count).split(separator: "#", omittingEmptySubsequences: false) {
            let isRelative = text.utf8.first == UInt8(ascii: "@")
            guard var range = OCI.IDMapping(triple: isRelative ? text.dropFirst() : text) else {
                throw .refused(
                    "\(field).options: \"\(word)\": expected FIRST-SHOWN-COUNT, three numbers, found \"\(text)\""
                )
            }
            if isRelative {
                guard let shown = container.hostID(of: range.hostID, count: range.size) else {
                    throw .refused(
                        "\(field).options: \"\(word)\": \"\(text)\" is not within one range of the container's user namespace maps"
                    )
                }
                range.hostID = shown
            }
            ranges.append(range)
        }
        return ranges
    }
}

extension OCI.IDMapping {
    /// From three decimal numbers joined by dashes; nil for anything else, and for a range that is empty or goes beyond the
    /// last id. user_namespaces(7).
    fileprivate init?(triple: Substring) {
        var numbers: [UInt32] = []
        for part in triple.split(separator: "-", omittingEmptySubsequences: false) {
            // The conversion takes a sign, too.
            guard let number = UInt32(part), part.utf8.first != UInt8(ascii: "+") else { return nil }
            numbers.append(number)
        }
        guard numbers.count == 3, numbers[2] > 0 else { return nil }
        for first in numbers[..<2] where UInt64(first) + UInt64(numbers[2]) > UInt64(UInt32.max) {
            return nil
        }
        self.init(containerID: numbers[0], hostID: numbers[1], size: numbers[2])
    }
}
