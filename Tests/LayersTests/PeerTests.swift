import Foundation
import Layers
import Testing

/// The tools of others must agree with what is written here.
@Suite("Peers")
struct PeerTests {
    /// An image with everything that a layer can have.
    private static let everything = TarBuilder.archive { tar in
        tar.directory("./")
        tar.file("small", "hello\n")
        tar.file("big", (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 5) })
        tar.hardLink("linked", to: "big")
        tar.symbolicLink("symbolic", to: "small")
        tar.device("null", "3", 1, 3)
        tar.raw(TarBuilder.header("pipe", type: "6"))
        tar.file(".wh.gone")
        tar.file("opaque/.wh..wh..opq")
        tar.pax([("SCHILY.xattr.user.note", "value")])
        tar.file("noted", "x")
        for number in 0..<500 { tar.file("many/file-\(number)", "\(number)") }
    }

    @Test("veritysetup computes and verifies the same root hash", .enabled(if: Workplace.has("veritysetup")))
    func verity() throws {
        let place = try Workplace()
        let layer = try place.build([Self.everything]).layers[0]
        let file = "\(place.path)/out/\(layer.fileName)"
        let verify = try Workplace.run(
            ["veritysetup", "verify", "--hash-offset=\(layer.dataSize)", file, file, layer.rootHash])
        #expect(verify.status == 0, "\(String(decoding: verify.output, as: UTF8.self))")
        // Made by the peer from the same file system: superblock and tree, byte for byte.
        let bytes = try place.read("out/" + layer.fileName)
        try place.write(Array(bytes[..<Int(layer.dataSize)]), "peer")
        let format = try Workplace.run([
            "veritysetup", "format", "--hash-offset=\(layer.dataSize)",
            "--data-blocks=\(layer.dataSize / 4096)",
            "--salt=" + String(repeating: "00", count: 32), "--uuid=00000000-0000-0000-0000-000000000000",
            "--hash=sha256", place.path + "/peer", place.path + "/peer",
        ])
        #expect(format.status == 0, "\(String(decoding: format.output, as: UTF8.self))")
        let peer = try place.read("peer")
        #expect(String(decoding: format.output, as: UTF8.self).contains(layer.rootHash))
        #expect(peer[Int(layer.dataSize)...].elementsEqual(bytes[Int(layer.dataSize)...]))
    }

    @Test(
        "fsck.erofs finds no fault and extracts the same contents", .enabled(if: Workplace.has("fsck.erofs")))
    func fsck() throws {
        let place = try Workplace()
        let layer = try place.build([Self.everything]).layers[0]
        let result = try Workplace.run([
            "fsck.erofs", "--extract=\(place.path)/extracted", "\(place.path)/out/\(layer.fileName)",
        ])
        #expect(result.status == 0, "\(String(decoding: result.output, as: UTF8.self))")
        let reader = try place.reader(layer)
        for name in ["small", "big", "linked", "many/file-499"] {
            #expect(try place.read("extracted/" + name) == reader.files["/" + name]?.content, "\(name)")
        }
    }

    @Test("An altered byte is found")
    func altered() throws {
        let place = try Workplace()
        let layer = try place.build([Self.everything]).layers[0]
        let path = "\(place.path)/out/\(layer.fileName)"
        #expect(try LayerFile.rootHash(of: path) == layer.rootHash)
        var bytes = try place.read("out/" + layer.fileName)
        bytes[Int(layer.dataSize) - 1] ^= 0x80
        try place.write(bytes, "out/" + layer.fileName)
        #expect(try LayerFile.rootHash(of: path) != layer.rootHash)
    }

    @Test("The same image gives the same bytes, today and on every machine")
    func reproducible() throws {
        let first = try Workplace()
        let second = try Workplace()
        let one = try first.build([Self.everything]).layers[0]
        let two = try second.build([Self.everything]).layers[0]
        #expect(try first.read("out/" + one.fileName) == second.read("out/" + two.fileName))
        let tiny = try first.build([TarBuilder.archive { $0.file("hello", "hello\n") }], into: "tiny").layers[
            0]
        // Changes only with the format of layers, which changes every policy: think twice.
        #expect(tiny.rootHash == "b3728e66b309b5e09685bed71d548fa2f5578c7dacd7bcbde8851b959efd8a1e")
    }

    /// Mounting needs root and a kernel with EROFS: elsewhere the virtual machines' tests do it.
    private static let canMount: Bool = {
        let filesystems = (try? String(contentsOfFile: "/proc/filesystems", encoding: .utf8)) ?? ""
        return geteuid() == 0 && filesystems.contains("erofs") && filesystems.contains("overlay")
            && FileManager.default.fileExists(atPath: "/dev/loop-control")
    }()

    @Test("The kernel mounts layers as an overlay and whiteouts hide", .enabled(if: canMount))
    func kernel() throws {
        let place = try Workplace()
        let upper = TarBuilder.archive { tar in
            tar.directory("./")
            tar.file("many/.wh.file-1")
            tar.file("opaque/.wh..wh..opq")
            tar.file("opaque/mine", "m")
        }
        let lower = TarBuilder.archive { tar in
            tar.directory("./")
            tar.file("many/file-1", "1")
            tar.file("many/file-2", "2")
            tar.file("opaque/theirs", "t")
        }
        let image = try place.build([lower, upper])
        // In a mount namespace of its own, so that nothing is left behind.
        let script = """
            set -e; cd "$1"; mkdir a b m
            mount -t erofs -o loop,ro "$2" a; mount -t erofs -o loop,ro "$3" b
            mount -t overlay -o lowerdir=b:a none m
            ls m/many m/opaque; cat m/many/file-2
            """
        let result = try Workplace.run(
            ["unshare", "--mount", "sh", "-c", script, "sh", place.path]
                + image.layers.map { "\(place.path)/out/\($0.fileName)" })
        #expect(
            String(decoding: result.output, as: UTF8.self) == "m/many:\nfile-2\n\nm/opaque:\nmine\n2",
            "status \(result.status)")
    }
}
