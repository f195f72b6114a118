import Layers
import Testing

@Suite("A layer's file system is what its archive says")
struct LayerContentTests {
    private func layer(_ fill: (inout TarBuilder) -> Void) throws -> ErofsReader {
        let place = try Workplace()
        return try place.reader(try place.build([TarBuilder.archive(fill)]).layers[0])
    }

    @Test("Files of every size, with owners, modes and times")
    func files() throws {
        let sizes = [0, 1, 2047, 2048, 2049, 4095, 4096, 4097, 100_000]
        let reader = try layer { tar in
            for size in sizes {
                tar.file(
                    "f\(size)", (0..<size).map { UInt8(truncatingIfNeeded: $0 / 7) }, mode: 0o4711,
                    user: 70_000, group: 3)
            }
        }
        for size in sizes {
            let file = try #require(reader.files["/f\(size)"])
            #expect(
                file.content == (0..<size).map { UInt8(truncatingIfNeeded: $0 / 7) },
                "content of \(size) bytes")
            #expect(file.mode == 0o4711 && file.user == 70_000 && file.group == 3)
            #expect(file.seconds == 1_700_000_000 && file.links == 1)
        }
    }

    @Test("Links, devices and pipes")
    func kinds() throws {
        let target = String(repeating: "long/", count: 19) + "end"
        let reader = try layer { tar in
            tar.file("a", "shared")
            tar.hardLink("z/b", to: "a")
            tar.symbolicLink("link", to: target)
            tar.device("tty", "3", 5, 0)
            tar.device("disk", "4", 259, 300)
            tar.raw(TarBuilder.header("pipe", type: "6"))
        }
        #expect(reader.files["/a"]?.links == 2)
        #expect(reader.files["/a"]?.node == reader.files["/z/b"]?.node)
        #expect(reader.files["/link"]?.content == Array(target.utf8))
        #expect(reader.files["/tty"]?.device == 0x500)
        // Minor 300 is 0x12C: the low byte at the bottom, the rest from bit 20 on.
        #expect(reader.files["/disk"]?.device == 0x0011_032C)
        #expect(reader.files["/pipe"]?.type == "p")
        #expect(reader.files["/"]?.links == 3)
    }

    @Test("Directories of many entries are whole and in order")
    func largeDirectory() throws {
        let names = (0..<3000).map { "\($0 % 7)-name-of-an-entry-\($0)" }
        let reader = try layer { tar in
            for name in names { tar.file("dir/" + name) }
            tar.file("dir/!before the dot")
        }
        #expect(reader.files.keys.filter { $0.hasPrefix("/dir/") }.count == 3001)
        #expect((reader.files["/dir"]?.content.count ?? 0) > 20 * 4096)
    }

    @Test("Extended attributes, also those too large to share a block with anything")
    func attributes() throws {
        let large = [UInt8](repeating: 0x61, count: 30_000)
        let reader = try layer { tar in
            tar.pax([("SCHILY.xattr.security.capability", [1, 0, 0, 2]), ("SCHILY.xattr.user.note", large)])
            tar.file("f", "small content")
            tar.pax([("SCHILY.xattr.system.posix_acl_access", [2, 0, 0, 0])])
            tar.directory("d")
            tar.file("d/g", "x")
        }
        #expect(reader.files["/f"]?.attributes == ["security.capability": [1, 0, 0, 2], "user.note": large])
        #expect(reader.files["/f"]?.content == Array("small content".utf8))
        #expect(reader.files["/d"]?.attributes == ["system.posix_acl_access": [2, 0, 0, 0]])
    }

    @Test("Later members win; directories keep what is in them")
    func replacing() throws {
        let reader = try layer { tar in
            tar.file("a", "old")
            tar.file("a", "new")
            tar.directory("d", mode: 0o700)
            tar.file("d/x")
            tar.directory("d", mode: 0o711)
            tar.file("e/y")
            tar.symbolicLink("e", to: "d")
        }
        #expect(reader.files["/a"]?.content == Array("new".utf8))
        #expect(reader.files["/d"]?.mode == 0o711)
        #expect(reader.files["/d/x"] != nil)
        #expect(reader.files["/e"]?.type == "l" && reader.files["/e/y"] == nil)
    }

    @Test("Whiteouts become what overlayfs reads")
    func whiteouts() throws {
        let opaque = ["trusted.overlay.opaque": [UInt8(ascii: "y")]]
        let reader = try layer { tar in
            tar.file("gone/.wh.file")
            tar.file("opaque/.wh..wh..opq")
            tar.file("opaque/new")
            // Deleted and made again, in either order.
            tar.file(".wh.first")
            tar.directory("first")
            tar.directory("second")
            tar.file(".wh.second")
            tar.file("plain", "x")
            tar.file(".wh.plain")
        }
        let whiteout = try #require(reader.files["/gone/file"])
        #expect(whiteout.type == "c" && whiteout.device == 0)
        #expect(reader.files["/opaque"]?.attributes == opaque)
        #expect(reader.files["/opaque/new"]?.type == "-")
        #expect(reader.files["/first"]?.attributes == opaque)
        #expect(reader.files["/second"]?.attributes == opaque)
        #expect(reader.files["/plain"]?.content == Array("x".utf8))
        #expect(reader.files.keys.allSatisfy { !$0.contains(".wh.") })
    }

    @Test("Names are bytes: two spellings of one letter are two files")
    func names() throws {
        let reader = try layer { tar in
            tar.file("e\u{301}", "composed of two")
            tar.file("\u{E9}", "one")
        }
        #expect(reader.files["/e\u{301}"] != nil)
        // The dictionary of the test compares by canonical equivalence, so count directory entries instead.
        #expect(reader.files["/"]?.content.count == 56)
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        let what: String
        let error: TarError
        let fill: @Sendable (inout TarBuilder) -> Void
        var testDescription: String { what }
    }

    @Test(
        "What an image must not bring",
        arguments: [
            Refusal(what: "device 0:0", error: .reserved(path: "a", "the character device 0:0")) {
                $0.device("a", "3", 0, 0)
            },
            Refusal(
                what: "overlayfs's attribute",
                error: .reserved(path: "a", "the extended attribute trusted.overlay.redirect")
            ) {
                $0.pax([("SCHILY.xattr.trusted.overlay.redirect", "/x")])
                $0.directory("a")
            },
            Refusal(what: "file below a file", error: .parent(path: "a/b")) {
                $0.file("a")
                $0.file("a/b")
            },
            Refusal(what: "file below a link", error: .parent(path: "a/b")) {
                $0.symbolicLink("a", to: "etc")
                $0.file("a/b")
            },
            Refusal(what: "hard link to nothing", error: .hardLink(path: "a", target: "b")) {
                $0.hardLink("a", to: "b")
            },
            Refusal(what: "hard link to a directory", error: .hardLink(path: "a", target: "b")) {
                $0.directory("b")
                $0.hardLink("a", to: "b")
            },
            Refusal(what: "hard link to a whiteout", error: .hardLink(path: "a", target: "b")) {
                $0.file(".wh.b")
                $0.hardLink("a", to: "b")
            },
            Refusal(what: "whiteout of nothing", error: .whiteout(path: ".wh.")) { $0.file(".wh.") },
            Refusal(what: "whiteout of ..", error: .whiteout(path: "a/.wh...")) { $0.file("a/.wh...") },
            Refusal(what: "unknown whiteout", error: .whiteout(path: ".wh..wh.plnk")) {
                $0.file(".wh..wh.plnk")
            },
            Refusal(what: "whiteout that is a directory", error: .whiteout(path: ".wh.a")) {
                $0.directory(".wh.a")
            },
            Refusal(what: "root that is a file", error: .badName(path: "/")) { $0.file(".", "x") },
            Refusal(what: "device number too large", error: .limit("device number too large", path: "a")) {
                $0.device("a", "3", 4096, 0)
            },
        ])
    func refusal(_ refusal: Refusal) throws {
        let place = try Workplace()
        let error = #expect(throws: LayersError.self) { try place.build([TarBuilder.archive(refusal.fill)]) }
        guard case .archive(_, let reason)? = error else {
            Issue.record("expected a refusal of the archive, found \(String(describing: error))")
            return
        }
        #expect(reason == refusal.error)
    }
}
