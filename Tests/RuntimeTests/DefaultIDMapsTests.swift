import Foundation
import OCI
import Testing

@testable import Runtime

/// Id maps for a specification without any: what crun makes of the same files.
struct DefaultIDMapsTests {
    private func text(_ maps: [OCI.IDMapping]) -> [String] {
        maps.map { "\($0.containerID) \($0.hostID) \($0.size)" }
    }

    @Test func theProcessIsTheCaller() {
        #expect(text(DefaultIDMaps.maps(inside: 0, outside: 0, nil)) == ["0 0 1"])
        #expect(text(DefaultIDMaps.maps(inside: 7, outside: 1000, nil)) == ["0 1000 1"])
        let range = (first: UInt32(100_000), count: UInt32(65_536))
        #expect(text(DefaultIDMaps.maps(inside: 0, outside: 1000, range)) == ["0 1000 1", "1 100000 65536"])
        #expect(
            text(DefaultIDMaps.maps(inside: 10, outside: 1000, range))
                == ["0 100000 10", "10 1000 1", "11 100010 65526"])
        // A user beyond the range has all of it below.
        #expect(
            text(DefaultIDMaps.maps(inside: 70_000, outside: 0, range)) == ["0 100000 65536", "70000 0 1"])
        #expect(
            text(DefaultIDMaps.maps(inside: .max - 1, outside: 0, (first: 5, count: 1)))
                == ["0 5 1", "4294967294 0 1"])
    }

    @Test func rangesAreFoundByNameOrNumber() {
        let file = Array(
            "# none\nother:1:2\nann:100000:65536\nann:1:1\n1001:5:6\nbad:x:1\nnone:1:0\nwide:4294967295:2\n"
                .utf8)
        func range(_ names: String...) -> [UInt32]? {
            DefaultIDMaps.range(of: names, in: file).map { [$0.first, $0.count] }
        }
        #expect(range("1000", "ann") == [100_000, 65_536])
        #expect(range("1001") == [5, 6])
        #expect(range("1002", "nobody") == nil)
        // What is no range is none, and what comes after it is not looked for.
        for name in ["bad", "none", "wide"] { #expect(range(name) == nil) }
    }

    @Test func onlyNewNamespacesWithoutMapsAreCompleted() throws {
        var spec = OCI.Spec(ociVersion: "1.3.0")
        var linux = OCI.Linux()
        linux.namespaces = [OCI.Namespace(type: "mount")]
        spec.linux = linux
        #expect(try !DefaultIDMaps.complete(&spec))
        var joined = OCI.Namespace(type: "user")
        joined.path = "/proc/self/ns/user"
        spec.linux?.namespaces.append(joined)
        #expect(try !DefaultIDMaps.complete(&spec))
        #expect(spec.linux?.uidMappings == [])
        spec.linux?.namespaces[1].path = ""
        let own = [OCI.IDMapping(containerID: 0, hostID: 5, size: 1)]
        spec.linux?.uidMappings = own
        #expect(try DefaultIDMaps.complete(&spec))
        #expect(spec.linux?.uidMappings == own)
        #expect(spec.linux?.gidMappings.isEmpty == false)
        #expect(try !DefaultIDMaps.complete(&spec))
    }
}

/// The same by the command line.
@Suite(whereContainersWork, .serialized) struct DefaultIDMapsOfContainersTests {
    @Test func aNamespaceWithoutMapsHasSome() throws {
        let bench = try Workbench()
        try bench.spec("id", "cat", "/proc/self/uid_map") {
            $0.linux?.namespaces.append(OCI.Namespace(type: "user"))
        }
        let outcome = try bench.run()
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect(outcome.value("uid") == "0")
        let map = outcome.output.split(separator: "\n").last { $0.hasPrefix(" ") }
        #expect(map?.split(separator: " ").prefix(2) == ["0", "0"], "\(outcome.output)")
    }
}
