import JSON
import OCI
import Testing

@Suite struct ImageTests {
    @Test func readsAConfiguration() throws {
        let text = #"""
            {"architecture":"amd64","os":"linux","config":{"User":"redis","ExposedPorts":{"6379/tcp":{}},
             "Env":["PATH=/bin"],"Entrypoint":["/e"],"Cmd":["c"],"WorkingDir":"/data","StopSignal":"SIGTERM"},
             "rootfs":{"type":"layers","diff_ids":["sha256:00"]},"history":[{"created_by":"x","empty_layer":true}]}
            """#
        let image = try OCI.ImageConfiguration(json: JSON.parse(Array(text.utf8)))
        #expect(image.config.user == "redis")
        #expect(image.config.exposedPorts.keys.sorted() == ["6379/tcp"])
        #expect(image.config.entrypoint + image.config.cmd == ["/e", "c"])
        #expect(image.rootfs.diffIDs == ["sha256:00"])
        #expect(image.history.first?.emptyLayer == true)
        #expect(try OCI.ImageConfiguration(json: image.json) == image)
    }

    @Test func readsAManifestAndAnIndex() throws {
        let manifest =
            #"{"schemaVersion":2,"config":{"digest":"sha256:1","size":3},"layers":[{"digest":"sha256:2","size":4}]}"#
        let read = try OCI.Manifest(json: JSON.parse(Array(manifest.utf8)))
        #expect(read.layers.map(\.digest) == ["sha256:2"])
        let index =
            #"{"schemaVersion":2,"manifests":[{"digest":"sha256:9","size":1,"platform":{"architecture":"amd64","os":"linux"}}]}"#
        #expect(
            try OCI.ImageIndex(json: JSON.parse(Array(index.utf8))).manifests.first?.platform?.os == "linux")
    }

    @Test func refusesAManifestWithoutConfiguration() throws {
        let json = try JSON.parse(Array(#"{"schemaVersion":2,"layers":[]}"#.utf8))
        let error = #expect(throws: OCI.DecodeError.self) { try OCI.Manifest(json: json) }
        #expect(error?.description == "config: expected an object, found nothing")
    }
}
