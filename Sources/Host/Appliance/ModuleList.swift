internal import Foundation

/// When the guest loads a module; the words of `rootfs/modules`.
public enum ModuleStage: String, Sendable {
    /// Before the host is dialled.
    case early
    /// After.
    case late
}

/// One line of `rootfs/modules`.
public struct ModuleEntry: Sendable, Equatable {
    /// What the module is needed for at the earliest.
    public let stage: ModuleStage
    /// Path below the kernel's module directory, without `.ko`, for instance `fs/erofs/erofs`.
    public let path: String

    /// The file's last part, for instance `erofs`.
    public var name: String { path.split(separator: "/").last.map(String.init) ?? path }
}

/// The kernel modules of the appliance, in loading order.
public struct ModuleList: Sendable, Equatable {
    /// In the list's order; each name once.
    public let entries: [ModuleEntry]

    /// Reads the list: `#` starts a comment, every other line is a stage and a path.
    public init(parsing text: String) throws(ApplianceError) {
        var entries: [ModuleEntry] = []
        var names: Set<String> = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let content = line.prefix { $0 != "#" }
            let words = content.split(whereSeparator: \.isWhitespace).map(String.init)
            if words.isEmpty { continue }
            guard words.count == 2, let stage = ModuleStage(rawValue: words[0]), Self.isPlain(words[1]) else {
                throw .moduleListLine(number: index + 1, text: String(line))
            }
            let entry = ModuleEntry(stage: stage, path: words[1])
            guard names.insert(Self.normalized(entry.name)).inserted else {
                throw .moduleListDuplicate(entry.name)
            }
            entries.append(entry)
        }
        self.entries = entries
    }

    /// The table that the guest reads: a stage and a name per line.
    public var loadingOrder: String {
        entries.map { "\($0.stage.rawValue) \($0.name)\n" }.joined()
    }

    /// Refuses an order in which a module comes before one that it depends on, or without it.
    ///
    /// - Parameter contents: each module's bytes by path.
    /// - Parameter isBuiltIn: whether the kernel holds a module of this name itself.
    public func checkOrder(
        contents: [String: [UInt8]], isBuiltIn: (String) -> Bool
    ) throws(ApplianceError) {
        var loaded: Set<String> = []
        for entry in entries {
            for dependency in Self.dependencies(of: contents[entry.path] ?? []) {
                let known = loaded.contains(Self.normalized(dependency)) || isBuiltIn(dependency)
                guard known else { throw .moduleOrder(module: entry.name, needs: dependency) }
            }
            loaded.insert(Self.normalized(entry.name))
        }
    }

    /// What a module says it needs: the `depends=` entry of its `.modinfo` section.
    public static func dependencies(of module: [UInt8]) -> [String] {
        let key = Array("\0depends=".utf8)
        guard let start = module.firstRange(of: key) else { return [] }
        let value = module[start.upperBound...].prefix { $0 != 0 }
        return String(decoding: value, as: UTF8.self).split(separator: ",").map(String.init)
    }

    /// The kernel treats `-` and `_` in module names as the same.
    public static func normalized(_ name: String) -> String { name.replacingOccurrences(of: "-", with: "_") }

    private static func isPlain(_ path: String) -> Bool {
        path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part != ".." && part != "."
                && part.utf8.allSatisfy { byte in
                    byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
                        || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
                        || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
                }
        }
    }
}
