import Layers
import Testing

@Suite("Directories that a layer does not describe are those of the layers below")
struct LowerLayersTests {
    private let base = TarBuilder.archive { tar in
        tar.directory("./", mode: 0o750)
        tar.directory("tmp", mode: 0o1777)
        tar.directory("usr/bin")
        tar.symbolicLink("bin", to: "usr/bin")
        tar.symbolicLink("abs", to: "/tmp/../tmp")
        tar.symbolicLink("loop", to: "loop")
        tar.directory("home/me", mode: 0o700, user: 1000, group: 1000)
    }

    private func second(_ fill: (inout TarBuilder) -> Void) throws -> ErofsReader {
        let place = try Workplace()
        return try place.reader(try place.build([base, TarBuilder.archive(fill)]).layers[1])
    }

    @Test("Owner and mode are copied")
    func metadata() throws {
        let reader = try second { tar in
            tar.file("tmp/x")
            tar.file("home/me/.profile")
            tar.file("new/file")
        }
        #expect(reader.files["/"]?.mode == 0o750)
        #expect(reader.files["/tmp"]?.mode == 0o1777)
        #expect(reader.files["/home/me"]?.mode == 0o700 && reader.files["/home/me"]?.user == 1000)
        #expect(reader.files["/new"]?.mode == 0o755)
    }

    @Test("Symbolic links below are followed, inside the root")
    func links() throws {
        let reader = try second { tar in
            tar.file("bin/tool", "t")
            tar.file("abs/x")
        }
        #expect(reader.files["/bin"] == nil)
        #expect(reader.files["/usr/bin/tool"]?.content == Array("t".utf8))
        #expect(reader.files["/tmp/x"] != nil && reader.files["/tmp"]?.mode == 0o1777)
    }

    @Test("A link that leads nowhere is refused")
    func loop() throws {
        #expect(throws: LayersError.self) { try second { $0.file("loop/x") } }
    }

    @Test("A directory that was deleted in between is a new one")
    func deleted() throws {
        let place = try Workplace()
        let image = try place.build([
            base, TarBuilder.archive { $0.file(".wh.tmp") }, TarBuilder.archive { $0.file("tmp/x") },
        ])
        #expect(try place.reader(image.layers[2]).files["/tmp"]?.mode == 0o755)
    }

    @Test("One archive over two bases: shared only where it comes out the same")
    func sharing() throws {
        let place = try Workplace()
        let other = TarBuilder.archive { tar in
            tar.directory("./", mode: 0o750)
            tar.directory("tmp", mode: 0o755)
        }
        let upper = TarBuilder.archive { $0.file("tmp/x") }
        let described = TarBuilder.archive { tar in
            tar.directory("./")
            tar.directory("opt")
            tar.file("opt/y")
        }
        var shared: [String] = []
        let builder = try LayerBuilder(directory: place.path + "/out") { event in
            if case .shared(let layer, _) = event { shared.append(layer.diffID) }
        }
        for (number, layers) in [[base, upper, described], [other, upper, described]].enumerated() {
            try place.write(TestImage.tar(TestImage(layers: layers).dockerFiles(["i\(number):1"])), "i.tar")
            try builder.add(place.path + "/i.tar")
        }
        #expect(shared == [TestImage.digest(described)])
        let images = builder.index.images
        #expect(images[0].layers[1].rootHash != images[1].layers[1].rootHash)
        #expect(images[0].layers[2] == images[1].layers[2])
    }
}
