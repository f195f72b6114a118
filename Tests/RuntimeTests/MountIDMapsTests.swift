import OCI
import Testing

@testable import Runtime

/// The id maps in a mount's word, as crun(1) has them.
struct MountIDMapsTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let word: String
        let uids: [OCI.IDMapping]
        let gids: [OCI.IDMapping]
        var isRecursive = false
        var testDescription: String { word }
    }

    private static func map(_ first: UInt32, _ shown: UInt32, _ count: UInt32) -> OCI.IDMapping {
        OCI.IDMapping(containerID: first, hostID: shown, size: count)
    }

    /// The user namespace of the manual's example, and a further range.
    private static let container = [map(0, 0, 1), map(1, 2, 1000), map(5000, 9000, 10)]

    private static func read(_ word: String, in container: [OCI.IDMapping]) throws(RuntimeError)
        -> MountIDMaps?
    {
        try MountIDMaps(word: word, field: "mounts[0]", container: (uids: container, gids: container))
    }

    static let rows: [Row] = [
        // The manual's examples.
        Row(
            word: "idmap=uids=0-1-10#10-11-10;gids=0-100-10", uids: [map(0, 1, 10), map(10, 11, 10)],
            gids: [map(0, 100, 10)]),
        Row(word: "idmap=uids=@1-3-10;gids=0-0-1", uids: [map(1, 4, 10)], gids: [map(0, 0, 1)]),
        // Either order; the word for the whole tree.
        Row(
            word: "ridmap=gids=0-1-2;uids=3-4-5", uids: [map(3, 4, 5)], gids: [map(0, 1, 2)],
            isRecursive: true),
        // The sign is each range's own.
        Row(
            word: "idmap=uids=0-7-1#@1-0-1;gids=@0-5009-1", uids: [map(0, 7, 1), map(1, 0, 1)],
            gids: [map(0, 9009, 1)]),
        // A whole range of the namespace's, and the greatest of all.
        Row(
            word: "idmap=uids=@0-1-1000;gids=0-0-4294967295", uids: [map(0, 2, 1000)], gids: [map(0, 0, .max)]
        ),
    ]

    @Test(arguments: rows) func reads(row: Row) throws {
        let maps = try #require(try Self.read(row.word, in: Self.container))
        #expect(maps.uids == row.uids)
        #expect(maps.gids == row.gids)
        #expect(maps.isRecursive == row.isRecursive)
    }

    @Test(arguments: ["idmap", "ridmap", "idmap=", "ridmap=", "ro", "idmapped=uids=0-1-2;gids=0-1-2"])
    func passesOverOtherWords(word: String) throws {
        #expect(try Self.read(word, in: Self.container) == nil)
    }

    static let refused: [(word: String, text: String)] = [
        ("idmap=uids=0-1-2", "expected both uids= and gids="),
        ("idmap=gids=0-1-2", "expected both uids= and gids="),
        ("idmap=uids=0-1-2;gids=0-1-2;uids=5-6-7", "each once, found \"uids=5-6-7\""),
        ("idmap=uids=0-1-2;gids=0-1-2;", "each once, found \"\""),
        ("idmap=pids=0-1-2", "found \"pids=0-1-2\""),
        ("idmap=uids", "found \"uids\""),
        ("idmap=uids=;gids=0-1-2", "three numbers, found \"\""),
        ("idmap=uids=0-1;gids=0-1-2", "three numbers, found \"0-1\""),
        ("idmap=uids=0-1-2-3;gids=0-1-2", "found \"0-1-2-3\""),
        ("idmap=uids=0-1-2#;gids=0-1-2", "three numbers, found \"\""),
        ("idmap=uids=0-1-2##3-4-5;gids=0-1-2", "three numbers, found \"\""),
        ("idmap=uids=+0-1-2;gids=0-1-2", "found \"+0-1-2\""),
        ("idmap=uids= 0-1-2;gids=0-1-2", "found \" 0-1-2\""),
        ("idmap=uids=0x1-1-2;gids=0-1-2", "found \"0x1-1-2\""),
        ("idmap=uids=0--1-2;gids=0-1-2", "found \"0--1-2\""),
        ("idmap=uids=@@0-1-2;gids=0-1-2", "found \"@@0-1-2\""),
        // Nothing is mapped, or an id that is none.
        ("idmap=uids=0-1-0;gids=0-1-2", "found \"0-1-0\""),
        ("idmap=uids=4294967295-1-1;gids=0-1-2", "found \"4294967295-1-1\""),
        ("idmap=uids=0-4294967290-6;gids=0-1-2", "found \"0-4294967290-6\""),
        ("idmap=uids=0-1-4294967296;gids=0-1-2", "found \"0-1-4294967296\""),
        // Beyond a range of the namespace's, into the next one, or in none.
        ("idmap=uids=@0-1-1001;gids=0-1-2", "\"@0-1-1001\" is not within one range"),
        ("idmap=uids=@0-0-2;gids=0-1-2", "\"@0-0-2\" is not within one range"),
        ("idmap=uids=@0-4999-1;gids=0-1-2", "\"@0-4999-1\" is not within one range"),
    ]

    @Test(arguments: refused) func refuses(row: (word: String, text: String)) {
        do throws(RuntimeError) {
            _ = try Self.read(row.word, in: Self.container)
            Issue.record("accepted; expected: \(row.text)")
        } catch .refused(let text) {
            #expect(
                text.hasPrefix("mounts[0].options: \"\(row.word)\": ") && text.contains(row.text), "\(text)")
        } catch {
            Issue.record("failed otherwise: \(error)")
        }
    }

    /// Without maps there is nothing that a range could be relative to.
    @Test func refusesRelativeRangesWithoutAUserNamespace() {
        #expect(throws: RuntimeError.self) { try Self.read("idmap=uids=@0-0-1;gids=0-0-1", in: []) }
    }

    /// What lies in no range, or not wholly in one, or beyond the last id, is nobody's.
    @Test(
        arguments: [
            (0, 1, 100), (9, 1, 109), (10, 1, nil), (5, 5, 105), (5, 6, nil), (20, 1, 4_294_967_295),
            (21, 1, nil), (50, 1, nil),
        ] as [(UInt32, UInt32, UInt32?)])
    func findsTheMachinesId(id: UInt32, count: UInt32, found: UInt32?) {
        let maps = [
            OCI.IDMapping(containerID: 0, hostID: 100, size: 10),
            OCI.IDMapping(containerID: 20, hostID: .max, size: 5),
        ]
        #expect(maps.hostID(of: id, count: count) == found)
    }
}
