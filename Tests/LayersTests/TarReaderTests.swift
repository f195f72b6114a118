import Layers
import Testing

@Suite("The tar reader reads what tools write")
struct TarReaderTests {
    @Test("Every kind of member, with its metadata")
    func kinds() throws {
        let members = try readAll(
            TarBuilder.archive { tar in
                tar.directory("./", mode: 0o700, user: 5, group: 6)
                tar.file("./a", "hello", mode: 0o4755, user: 1000, group: 1001)
                tar.hardLink("b", to: "./a")
                tar.symbolicLink("dir/c", to: "../a")
                tar.device("null", "3", 1, 3)
                tar.device("sda", "4", 8, 0)
                tar.raw(TarBuilder.header("pipe", type: "6"))
                tar.raw(TarBuilder.header("old/", type: "\0"))
            })
        #expect(
            members.map(\.entry.name.description) == ["/", "a", "b", "dir/c", "null", "sda", "pipe", "old"])
        #expect(
            members.map(\.entry.kind) == [
                .directory, .file(size: 5), .hardLink(target: ["a"]), .symbolicLink(target: "../a"),
                .characterDevice(major: 1, minor: 3), .blockDevice(major: 8, minor: 0), .fifo, .directory,
            ])
        #expect(
            members[0].entry.metadata == FileMetadata(mode: 0o700, user: 5, group: 6, seconds: 1_700_000_000))
        #expect(
            members[1].entry.metadata
                == FileMetadata(mode: 0o4755, user: 1000, group: 1001, seconds: 1_700_000_000))
        #expect(members[1].content == Array("hello".utf8))
    }

    @Test("Long names: ustar prefix, GNU and pax")
    func longNames() throws {
        let part = String(repeating: "d", count: 60)
        let long = "\(part)/\(part)/\(part)/file"
        let members = try readAll(
            TarBuilder.archive { tar in
                var block = TarBuilder.header("\(part)/file", size: 0)
                TarBuilder.put("\(part)/\(part)", 345, 155, &block)
                tar.raw(TarBuilder.seal(block))
                tar.longName(long)
                tar.file("cut")
                tar.pax([("path", long), ("linkpath", long)])
                tar.symbolicLink("cut", to: "cut")
                tar.longName(long, type: "K")
                tar.hardLink("x", to: "cut")
            })
        #expect(members.map { $0.entry.name.description } == [long, long, long, "x"])
        #expect(members[2].entry.kind == .symbolicLink(target: ByteName(long)))
        let parts = long.split(separator: "/").map { ByteName(String($0)) }
        #expect(members[3].entry.kind == .hardLink(target: parts))
    }

    @Test("Extended records win over the header")
    func pax() throws {
        let members = try readAll(
            TarBuilder.archive { tar in
                tar.pax([("comment", "made by a tool")], type: "g")
                tar.pax([
                    ("uid", "4000000000"), ("gid", "7"), ("mtime", "1700000000.25"), ("size", "3"),
                    ("SCHILY.xattr.security.capability", "a\nb"), ("VENDOR.unknown", "1"),
                    ("uname", "somebody"),
                ])
                tar.raw(TarBuilder.header("f", size: 0))
                tar.content(Array("abc".utf8))
                tar.file("g")
            })
        #expect(
            members[0].entry.metadata
                == FileMetadata(
                    mode: 0o644, user: 4_000_000_000, group: 7, seconds: 1_700_000_000,
                    nanoseconds: 250_000_000))
        #expect(members[0].content == Array("abc".utf8))
        #expect(members[0].entry.attributes == ["security.capability": Array("a\nb".utf8)])
        #expect(members[1].entry.attributes.isEmpty)
        #expect(members[1].entry.metadata.user == 0)
    }

    @Test(
        "Times",
        arguments: [
            ("0", 0, 0), ("-1", -1, 0), ("-0.5", -1, 500_000_000), ("1.0000000019", 1, 1), ("5.", 5, 0),
        ] as [(String, Int64, UInt32)])
    func times(text: String, seconds: Int64, nanoseconds: UInt32) throws {
        let members = try readAll(
            TarBuilder.archive { tar in
                tar.pax([("mtime", text)])
                tar.file("f")
            })
        #expect(members[0].entry.metadata.seconds == seconds)
        #expect(members[0].entry.metadata.nanoseconds == nanoseconds)
    }

    @Test("Numbers in base 256")
    func base256() throws {
        var block = TarBuilder.header("f", size: 3)
        // 3 bytes, said in twelve.
        block.replaceSubrange(124..<136, with: [0x80] + [UInt8](repeating: 0, count: 10) + [3])
        let members = try readAll(
            TarBuilder.archive { tar in
                tar.raw(TarBuilder.seal(block))
                tar.content(Array("abc".utf8))
            })
        #expect(members[0].content == Array("abc".utf8))
    }

    @Test("Content that nobody reads is passed over")
    func skipping() throws {
        let bytes = TarBuilder.archive { tar in
            tar.file("big", [UInt8](repeating: 7, count: 700_000))
            tar.file("small", "x")
        }
        let reader = TarReader(MemorySource(bytes))
        #expect(try reader.next()?.name == "big")
        #expect(try reader.next()?.name == "small")
        #expect(try reader.content(atMost: 10) == [UInt8(ascii: "x")])
        #expect(try reader.next() == nil)
    }
}
