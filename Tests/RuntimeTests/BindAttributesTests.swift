import Linux
import OCI
import Testing

@testable import Runtime

/// What the words of a bind mount mean for what its source has.
struct BindAttributesTests {
    struct Row: Sendable, CustomStringConvertible {
        let words: [String]
        let source: MountAttributes
        /// What is switched on and off; nil for a refusal.
        let set: MountAttributes?
        let clear: MountAttributes
        var description: String { words.joined(separator: ",") }

        init(_ words: String, _ source: MountAttributes, set: MountAttributes?, clear: MountAttributes = []) {
            self.words = words.split(separator: ",").map { String($0) }
            (self.source, self.set, self.clear) = (source, set, clear)
        }
    }

    private static let access: MountAttributes = [.accessTimeChoice, .noDirectoryAccessTime]
    private static let others: MountAttributes = [.noSetuid, .noDevices, .noExecute, .noSymbolicLinks]

    private func change(_ row: Row, isLocked: Bool) throws -> AttributeChange? {
        var mount = OCI.Mount(destination: "/mnt")
        mount.type = "bind"
        mount.source = "/source"
        mount.options = ["bind"] + row.words
        let plan = try MountPlan(mount, index: 0, bundle: "/bundle", root: "/bundle/root")
        return plan.attributes.binding(row.source, isLocked: isLocked)
    }

    static let free: [Row] = [
        // No word, no change.
        Row("", [.readOnly, .noExecute], set: []),
        Row("rprivate", [.readOnly], set: []),
        // One word, and whatever no word says goes.
        Row("ro", [.noSetuid], set: .readOnly, clear: others),
        Row("dev", [.readOnly, .noExecute], set: [], clear: others.union(.readOnly)),
        Row(
            "nosuid,nodev", [.readOnly], set: [.noSetuid, .noDevices],
            clear: [.readOnly, .noExecute, .noSymbolicLinks]),
        // Access times stay unless a word chooses them: to take a choice back is not to choose.
        Row("atime", .noAccessTime, set: [], clear: others.union(.readOnly)),
        Row("norelatime", .noAccessTime, set: [], clear: others.union(.readOnly)),
        Row("noatime,atime", [], set: [], clear: others.union(.readOnly)),
        Row("relatime", .noAccessTime, set: [], clear: others.union(.readOnly).union(access)),
        Row(
            "noatime", [], set: .noAccessTime,
            clear: others.union(.readOnly).union(access).subtracting(.noAccessTime)),
        Row(
            "nodiratime", .noAccessTime, set: .noDirectoryAccessTime,
            clear: others.union(.readOnly).union(.accessTimeChoice)),
    ]

    @Test(arguments: free) func withoutAUserNamespace(row: Row) throws {
        let found = try #require(try change(row, isLocked: false))
        #expect(found.set == row.set)
        #expect(found.clear == row.clear)
    }

    static let locked: [Row] = [
        Row("", .readOnly, set: []),
        // What the source has stays, and what may be taken away goes.
        Row(
            "ro", [.noSetuid, .noSymbolicLinks], set: .readOnly,
            clear: [.noDevices, .noExecute, .noSymbolicLinks]),
        Row("dev", .readOnly, set: [], clear: others),
        Row(
            "noatime", .noAccessTime, set: .noAccessTime,
            clear: others.union(.readOnly).union(access).subtracting(.noAccessTime)),
        Row("norelatime", .noAccessTime, set: [], clear: others.union(.readOnly)),
        // A word against what is locked.
        Row("rw", .readOnly, set: nil),
        Row("rw,nosuid", .readOnly, set: nil),
        Row("suid", .noSetuid, set: nil),
        Row("dev", .noDevices, set: nil),
        Row("exec", .noExecute, set: nil),
        Row("relatime", .noAccessTime, set: nil),
        Row("strictatime", [], set: nil),
        Row("noatime", [], set: nil),
        Row("nodiratime", [], set: nil),
        Row("relatime", .strictAccessTime, set: nil),
    ]

    @Test(arguments: locked) func inAUserNamespace(row: Row) throws {
        let found = try change(row, isLocked: true)
        #expect(found?.set == row.set)
        if let found { #expect(found.clear == row.clear) }
    }
}
