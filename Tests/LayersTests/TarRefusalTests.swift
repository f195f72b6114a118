import Layers
import Testing

/// One malformed archive and what must be said about it.
struct TarRefusal: Sendable, CustomTestStringConvertible {
    let what: String
    let archive: [UInt8]
    let error: TarError

    var testDescription: String { what }

    init(_ what: String, _ error: TarError, _ fill: (inout TarBuilder) -> Void) {
        self.what = what
        self.error = error
        archive = TarBuilder.archive(fill)
    }

    init(_ what: String, _ error: TarError, bytes: [UInt8]) {
        self.what = what
        self.error = error
        archive = bytes
    }

    static let all: [TarRefusal] = [
        TarRefusal("absolute path", .escapes(path: "/etc/x")) { $0.file("/etc/x") },
        TarRefusal("climbing path", .escapes(path: "a/../../x")) { $0.file("a/../../x") },
        TarRefusal("climbing hard link", .escapes(path: "../x")) { $0.hardLink("a", to: "../x") },
        TarRefusal("absolute hard link", .escapes(path: "/x")) { $0.hardLink("a", to: "/x") },
        TarRefusal("climbing path in a pax header", .escapes(path: "../x")) {
            $0.pax([("path", "../x")])
            $0.file("a")
        },
        TarRefusal("empty name", .badName(path: "")) { $0.file("") },
        TarRefusal("zero byte in a pax path", .badName(path: ByteName([0x61, 0, 0x62]))) {
            $0.pax([("path", [0x61, 0, 0x62])])
            $0.file("a")
        },
        TarRefusal("part over 255 bytes", .badName(path: ByteName(String(repeating: "n", count: 256)))) {
            $0.longName(String(repeating: "n", count: 256))
            $0.file("a")
        },
        TarRefusal("symbolic link to nothing", .badName(path: "")) { $0.symbolicLink("a", to: "") },
        TarRefusal("sparse file", .entryType(UInt8(ascii: "S"), path: "a")) {
            $0.raw(TarBuilder.header("a", type: "S"))
        },
        TarRefusal("volume label", .entryType(UInt8(ascii: "V"), path: "a")) {
            $0.raw(TarBuilder.header("a", type: "V"))
        },
        TarRefusal("pax sparse file", .keyword("GNU.sparse.major", path: "a")) {
            $0.pax([("GNU.sparse.major", "1")])
            $0.file("a")
        },
        TarRefusal("unknown POSIX keyword", .keyword("realtime.priority", path: "a")) {
            $0.pax([("realtime.priority", "1")])
            $0.file("a")
        },
        TarRefusal("content in a directory", .limit("content in an entry that has none", path: "a")) {
            $0.raw(TarBuilder.header("a", type: "5", size: 512))
            $0.content([UInt8](repeating: 1, count: 512))
        },
        TarRefusal("record length past the header", .extendedHeader("a record's length is wrong", at: 0)) {
            $0.raw(TarBuilder.header("x", type: "x", size: 10))
            $0.content(Array("99 path=a\n".utf8))
        },
        TarRefusal(
            "record without equals", .extendedHeader("a record is not keyword=value and a new line", at: 0)
        ) {
            $0.raw(TarBuilder.header("x", type: "x", size: 9))
            $0.content(Array("9 pathxa\n".utf8))
        },
        TarRefusal("negative uid", .extendedHeader("uid is not a number in range", at: 0)) {
            $0.pax([("uid", "-1")])
            $0.file("a")
        },
        TarRefusal("time that is none", .extendedHeader("mtime is not a time", at: 0)) {
            $0.pax([("mtime", "1.x")])
            $0.file("a")
        },
        TarRefusal(
            "attribute without a name",
            .extendedHeader("an extended attribute's name is empty or too long", at: 0)
        ) {
            $0.pax([("SCHILY.xattr.", "x")])
            $0.file("a")
        },
        TarRefusal("wrong checksum", .checksum(at: 0)) {
            var block = TarBuilder.header("a")
            block[0] = 0x62
            $0.raw(block)
        },
        TarRefusal("unknown magic", .magic(at: 0)) {
            $0.raw(TarBuilder.header("a", magic: "ustax\u{0}00"))
        },
        TarRefusal("letters in a number", .number(field: "size", at: 0)) {
            var block = TarBuilder.header("a")
            TarBuilder.put("0000000000z", 124, 11, &block)
            $0.raw(TarBuilder.seal(block))
        },
        TarRefusal("negative size", .number(field: "size", at: 0)) {
            var block = TarBuilder.header("a")
            block.replaceSubrange(124..<136, with: [UInt8](repeating: 0xFF, count: 12))
            $0.raw(TarBuilder.seal(block))
        },
        TarRefusal("base-256 overflow", .number(field: "size", at: 0)) {
            var block = TarBuilder.header("a")
            block.replaceSubrange(124..<136, with: [0x80] + [UInt8](repeating: 0x7F, count: 11))
            $0.raw(TarBuilder.seal(block))
        },
        TarRefusal("empty file", .truncated(at: 0), bytes: []),
        TarRefusal("no end", .truncated(at: 512), bytes: TarBuilder.header("a")),
        TarRefusal("cut header", .truncated(at: 100), bytes: Array(TarBuilder.header("a").prefix(100))),
        TarRefusal(
            "cut content", .truncated(at: 522),
            bytes: TarBuilder.header("a", size: 600) + [UInt8](repeating: 1, count: 10)),
        TarRefusal(
            "one zero block", .unterminated(at: 512), bytes: [UInt8](repeating: 0, count: 512)),
        TarRefusal(
            "something after the end", .unterminated(at: 1024),
            bytes: [UInt8](repeating: 0, count: 1024) + TarBuilder.header("a")),
        TarRefusal(
            "long name before the end", .truncated(at: 2048),
            bytes: {
                var tar = TarBuilder()
                tar.longName("a")
                return tar.archive
            }()),
    ]
}

@Suite("The tar reader refuses what is malformed or unsafe")
struct TarRefusalTests {
    @Test("Refusal", arguments: TarRefusal.all)
    func refusal(_ refusal: TarRefusal) throws {
        #expect(throws: refusal.error) { try readAll(refusal.archive) }
    }

    @Test("Limits hold")
    func limits() throws {
        let archive = TarBuilder.archive { tar in
            tar.file("a", "12345")
            tar.file("b", "12345")
        }
        var limits = TarLimits()
        limits.entries = 1
        #expect(throws: TarError.limit("more than 1 entries", path: ByteName([]))) {
            try readAll(archive, limits: limits)
        }
        limits = TarLimits()
        limits.fileBytes = 9
        #expect(throws: TarError.limit("more than 9 bytes of files", path: "b")) {
            try readAll(archive, limits: limits)
        }
        limits = TarLimits()
        limits.headerBytes = 10
        #expect(throws: TarError.extendedHeader("over 10 bytes", at: 0)) {
            try readAll(TarBuilder.archive { $0.longName("a name of more than ten bytes") }, limits: limits)
        }
    }

    @Test("Messages do not carry a name's control characters to the terminal")
    func escaping() {
        #expect("\(TarError.escapes(path: "a\u{1B}[2J\\"))" == "a\\u{1b}[2J\\\\: path leaves the layer")
    }
}
