import Foundation
import JSON
import Layers
import Testing

@Suite("Images are read in every form, and checked to the last byte")
struct ImageFormatTests {
    private static let layers = [
        TarBuilder.archive { tar in
            tar.directory("./")
            tar.file(
                "etc/passwd", "root:x:0:0::/root:/bin/sh\nredis:x:100:101::/data:/bin/false\n# no\nbroken\n")
            tar.file("etc/group", "root:x:0:\nredis:x:101:\nextra:x:500:redis,other\n")
        },
        TarBuilder.archive { tar in
            tar.directory("./")
            tar.file("app", [UInt8](repeating: 0x42, count: 50_000))
        },
    ]

    private func build(_ path: String, _ place: Workplace, named: String? = nil) throws -> ImageIndex {
        let builder = try LayerBuilder(directory: place.path + "/out")
        try builder.add(place.path + "/" + path, named: named)
        try builder.finish()
        return try ImageIndex.read(directory: place.path + "/out")
    }

    @Test("Layouts with every packing give the same layers as a docker-save archive")
    func forms() throws {
        let place = try Workplace()
        try place.write(
            TestImage.tar(TestImage(layers: Self.layers).dockerFiles(["app:1", "app:latest"])), "app.tar")
        let expected = try build("app.tar", place).image(named: "app").layers
        for packing in [TestImage.Packing.none, .gzip, .zstd] {
            let files = try TestImage(layers: Self.layers, packing: packing).layout(tag: "v1")
            try place.write(files, below: "dir-\(packing.rawValue)")
            try place.write(TestImage.tar(files), "tar-\(packing.rawValue).tar")
            for name in ["dir-\(packing.rawValue)", "tar-\(packing.rawValue).tar"] {
                let index = try build(name, place)
                let image = try index.image(named: name.replacingOccurrences(of: ".tar", with: "") + ":v1")
                #expect(image.layers == expected, "\(name)")
            }
        }
    }

    @Test("The accounts of the topmost files are kept")
    func accounts() throws {
        let place = try Workplace()
        let accounts = try place.build(Self.layers).accounts
        #expect(accounts.users.map(\.name) == ["root", "redis"])
        #expect(
            "\(accounts.users[1])".contains("redis") && accounts.users[1].user == 100
                && accounts.users[1].group == 101
                && accounts.users[1].home == "/data")
        #expect(accounts.groups[2].group == 500 && accounts.groups[2].members == ["redis", "other"])
        let removed = try place.build(Self.layers + [TarBuilder.archive { $0.file("etc/.wh.passwd") }])
        #expect(removed.accounts.users.isEmpty && !removed.accounts.groups.isEmpty)
        let replaced = try place.build(
            Self.layers + [TarBuilder.archive { $0.file("etc/passwd", "a:x:1:2::/:\n") }])
        #expect(replaced.accounts.users.map(\.name) == ["a"])
    }

    @Test("An image can be given a name")
    func naming() throws {
        let place = try Workplace()
        try place.write(TestImage.tar(TestImage(layers: Self.layers).dockerFiles([])), "app.tar")
        #expect(throws: LayersError.self) { try build("app.tar", place) }
        let index = try build("app.tar", place, named: "registry.example:5000/team/app:2")
        #expect(try index.image(named: "registry.example:5000/team/app:2").layers.count == 2)
        #expect(throws: LayersError.self) { try index.image(named: "app") }
    }

    @Test(
        "What docker save writes today: a layout and a manifest.json in one, named by containerd's annotation"
    )
    func dockerLayout() throws {
        let place = try Workplace()
        var files = try TestImage(layers: Self.layers, packing: .none).layout(tag: "1")
        files["manifest.json"] = Array("[]".utf8)
        let index = String(decoding: files["index.json"] ?? [], as: UTF8.self)
        files["index.json"] = Array(
            index.replacingOccurrences(
                of: "\"annotations\":{",
                with: "\"annotations\":{\"io.containerd.image.name\":\"docker.io/me/app:1\","
            ).utf8)
        try place.write(TestImage.tar(files), "saved.tar")
        #expect(try build("saved.tar", place).image(named: "me/app:1").layers.count == 2)
    }

    @Test("Legacy archives with links between layers")
    func dockerLinks() throws {
        let place = try Workplace()
        var files = TestImage(layers: [Self.layers[0], Self.layers[0]]).dockerFiles(["app:1"])
        files["1/layer.tar"] = nil
        let archive = TarBuilder.archive { tar in
            for (name, bytes) in files { tar.file(name, bytes) }
            tar.symbolicLink("1/layer.tar", to: "../0/layer.tar")
        }
        try place.write(archive, "app.tar")
        let image = try build("app.tar", place).image(named: "app:1")
        #expect(image.layers[0] == image.layers[1])
    }

    struct Damage: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// Part of the message that must come.
        let message: String
        let change: @Sendable (inout [String: [UInt8]]) -> Void

        init(
            _ what: String, _ message: String, _ change: @escaping @Sendable (inout [String: [UInt8]]) -> Void
        ) {
            testDescription = what
            self.message = message
            self.change = change
        }
    }

    private static func largest(_ files: [String: [UInt8]]) -> String {
        files.max { $0.value.count < $1.value.count }?.key ?? ""
    }

    @Test(
        "Damaged layouts",
        arguments: [
            Damage("a changed byte in a layer", "does not match its digest") { files in
                let name = largest(files)
                files[name]?[20_000] ^= 1
            },
            Damage("a layer cut short", "ends early") { files in
                let name = largest(files)
                files[name]?.removeLast(2000)
            },
            Damage("bytes after a layer", "expected two zero blocks") { $0[largest($0)]? += [1, 2, 3] },
            Damage("zeros after a layer", "does not match its digest") { $0[largest($0)]? += [0, 0, 0] },
            Damage("a layer that is missing", "no blobs/sha256/") { $0[largest($0)] = nil },
            Damage("an index that is not JSON", "index.json: JSON at byte 1") {
                $0["index.json"] = Array("{x".utf8)
            },
            Damage("an index of the wrong kind", "index.json") { $0["index.json"] = Array("[]".utf8) },
            Damage("neither layout nor archive", "expected an OCI image layout") { $0["oci-layout"] = nil },
        ])
    func damagedLayout(_ damage: Damage) throws {
        let place = try Workplace()
        var files = try TestImage(layers: Self.layers, packing: .none).layout(tag: "v1")
        damage.change(&files)
        try place.write(files, below: "image")
        let error = #expect(throws: LayersError.self) { try build("image", place) }
        #expect(error.map { "\($0)" }?.contains(damage.message) == true, "\(error.map { "\($0)" } ?? "")")
        let left = try FileManager.default.contentsOfDirectory(atPath: place.path + "/out")
        #expect(left.allSatisfy { $0.hasSuffix(".layer") }, "nothing half-done: \(left)")
    }

    @Test("Damaged packed layers", arguments: [TestImage.Packing.gzip, .zstd])
    func damagedPacking(_ packing: TestImage.Packing) throws {
        let place = try Workplace()
        var files = try TestImage(layers: Self.layers, packing: packing).layout(tag: "v1")
        let name = try #require(
            files.first { $0.value.starts(with: packing == .gzip ? [0x1F, 0x8B] : [0x28, 0xB5]) }?.key)
        files[name]?.removeLast(10)
        try place.write(files, below: "image")
        #expect(throws: LayersError.self) { try build("image", place) }
    }

    @Test("An image for another machine is refused")
    func platform() throws {
        let place = try Workplace()
        let image = TestImage(layers: Self.layers, architecture: "arm64")
        try place.write(TestImage.tar(image.dockerFiles(["app:1"])), "app.tar")
        let error = #expect(throws: LayersError.self) { try build("app.tar", place) }
        #expect(error.map { "\($0)" }?.contains("found linux/arm64") == true)
    }

    @Test("Unknown references say what there is")
    func unknown() throws {
        let place = try Workplace()
        try place.write(TestImage.tar(TestImage(layers: Self.layers).dockerFiles(["app:1"])), "app.tar")
        let index = try build("app.tar", place)
        let error = #expect(throws: LayersError.self) { try index.image(named: "nginx") }
        #expect(
            error.map { "\($0)" }
                == "no image docker.io/library/nginx:latest among the built ones (docker.io/library/app:1); "
                + "add it with: cofferctl layers build")
    }

    @Test("Building again replaces the name and keeps the others")
    func rebuilding() throws {
        let place = try Workplace()
        try place.write(TestImage.tar(TestImage(layers: Self.layers).dockerFiles(["app:1"])), "app.tar")
        _ = try build("app.tar", place)
        try place.write(
            TestImage.tar(TestImage(layers: [Self.layers[0]]).dockerFiles(["app:1", "b:1"])), "app.tar")
        let index = try build("app.tar", place)
        #expect(index.images.count == 1)
        #expect(try index.image(named: "app:1").layers.count == 1)
    }
}

@Suite("Image references")
struct ImageReferenceTests {
    @Test(
        "Full forms",
        arguments: [
            ("nginx", "docker.io/library/nginx:latest"),
            ("nginx:1.25", "docker.io/library/nginx:1.25"),
            ("team/app", "docker.io/team/app:latest"),
            ("docker.io/nginx", "docker.io/library/nginx:latest"),
            ("localhost/app:1", "localhost/app:1"),
            ("localhost:5000/a/b:x", "localhost:5000/a/b:x"),
            ("quay.io/org/app", "quay.io/org/app:latest"),
        ])
    func full(text: String, expected: String) throws {
        #expect("\(try ImageReference(text))" == expected)
    }

    @Test("Refused", arguments: ["", ":1", "a:", "A/b", "a//b", "a b", "a@sha256:12", "a/../b/", "a:b/c d"])
    func refused(text: String) {
        #expect(throws: LayersError.self) { try ImageReference(text) }
    }
}
