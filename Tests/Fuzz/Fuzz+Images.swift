import Layers

/// Walks an archive and reads every entry's content.
func fuzzTar(_ bytes: [UInt8]) {
    let reader = TarReader(MemorySource(bytes))
    while let entry = try? reader.next() {
        precondition(
            entry.path.allSatisfy { !$0.bytes.contains(UInt8(ascii: "/")) && $0.bytes != Array("..".utf8) },
            "a path that leaves the layer was accepted")
        guard (try? reader.content(atMost: 1 << 20)) != nil else { return }
    }
}
