import Foundation
import OCI
import Testing

/// Symbolic links at both ends of a bind mount.
@Suite(whereContainersWork, .serialized) struct MountLinkTests {
    /// A bundle whose root has a link /link to /real, and which has beside its root a link to /else and a file.
    private func bench() throws -> Workbench {
        let bench = try Workbench()
        try bench.write("source", Array("source\n".utf8))
        try bench.write("root/real", Array("real\n".utf8))
        try bench.write("root/else", Array("else\n".utf8))
        #expect(symlink("/else", bench.directory + "/source-link") == 0)
        #expect(symlink("/real", bench.directory + "/root/link") == 0)
        return bench
    }

    private func run(
        _ bench: Workbench, _ destination: String, _ options: [String], source: String, _ probe: String...,
        inside: Bool = false
    ) throws -> Workbench.Outcome {
        try bench.spec { spec in
            spec.process?.args += probe
            let path = bench.directory + "/" + source
            spec.mounts.append(bench.mount(destination, "bind", ["bind"] + options, source: path))
            guard inside else { return }
            let map = OCI.IDMapping(containerID: 0, hostID: 0, size: 65536)
            spec.linux?.uidMappings = [map]
            spec.linux?.gidMappings = [map]
            spec.linux?.namespaces.append(OCI.Namespace(type: "user"))
        }
        return try bench.run()
    }

    @Test(arguments: [false, true]) func mountsALinkOnALink(inside: Bool) throws {
        let bench = try bench()
        let options = ["src-nofollow", "dest-nofollow"]
        let outcome = try run(
            bench, "/link", options, source: "source-link", "cat", "/link", "cat", "/real", inside: inside)
        #expect(outcome.output == "else\nreal\n", "\(outcome.error)")
    }

    /// What is mounted on a link takes its place; where the link leads nothing changes.
    @Test(arguments: [false, true]) func mountsAFileOnALink(inside: Bool) throws {
        let bench = try bench()
        let outcome = try run(
            bench, "/link", ["dest-nofollow"], source: "source", "cat", "/link", "cat", "/real",
            inside: inside)
        #expect(outcome.output == "source\nreal\n", "\(outcome.error)")
    }

    @Test func withoutAWordBothLinksAreFollowed() throws {
        let bench = try bench()
        unlink(bench.directory + "/source-link")
        #expect(symlink("source", bench.directory + "/source-link") == 0)
        let outcome = try run(bench, "/link", [], source: "source-link", "cat", "/real", "stat", "/link")
        #expect(outcome.output.hasPrefix("source\nstat 120777 "), "\(outcome.output)\(outcome.error)")
    }

    /// The source is in the root itself, where an earlier mount could have put it.
    @Test func keepsALinkOfTheRoot() throws {
        let bench = try bench()
        #expect(symlink("/else", bench.directory + "/root/other") == 0)
        let options = ["src-nofollow", "dest-nofollow"]
        let outcome = try run(bench, "/link", options, source: "root/other", "cat", "/link", "cat", "/real")
        #expect(outcome.output == "else\nreal\n", "\(outcome.error)")
    }

    /// Nothing is made for it, inside or outside, and what is in /proc is not covered.
    @Test(arguments: ["/missing", "/link/below", "/proc/self", "/proc/self/exe", "/proc/mounts"])
    func refusesToMountOnWhatIsNoPlace(destination: String) throws {
        let bench = try bench()
        let outcome = try run(bench, destination, ["dest-nofollow"], source: "source", "id")
        #expect(outcome.status == 1)
        #expect(outcome.error.contains(destination), "\(outcome.error)")
        #expect(!FileManager.default.fileExists(atPath: bench.directory + "/root/missing"))
    }

    @Test(arguments: [false, true]) func copiesALink(inside: Bool) throws {
        let bench = try bench()
        let outcome = try run(
            bench, "/new/directory/copy", ["copy-symlink"], source: "source-link", "cat",
            "/new/directory/copy", inside: inside)
        #expect(outcome.output == "else\n", "\(outcome.error)")
        let copy = bench.directory + "/root/new/directory/copy"
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: copy) == "/else")
        // As if the container was made a second time.
        let again = try run(
            bench, "/new/directory/copy", ["copy-symlink"], source: "source-link", "cat",
            "/new/directory/copy")
        #expect(again.output == "else\n", "\(again.error)")
    }

    @Test func whatIsNoLinkIsMounted() throws {
        let bench = try bench()
        let outcome = try run(
            bench, "/real", ["ro", "copy-symlink"], source: "source", "cat", "/real", "write", "/real")
        #expect(outcome.output.hasPrefix("source\nwrite "), "\(outcome.error)")
        #expect(!outcome.output.contains("write ok"))
    }

    /// Another link, a file, a directory and the root itself stay what they are.
    @Test(arguments: ["/link", "/real", "/bin", "/", "/bin/.."]) func doesNotReplace(destination: String)
        throws
    {
        let bench = try bench()
        let outcome = try run(bench, destination, ["copy-symlink"], source: "source-link", "id")
        #expect(outcome.status == 1)
        #expect(outcome.error.contains("make the symbolic link \(destination)"), "\(outcome.error)")
        #expect(
            try FileManager.default.destinationOfSymbolicLink(atPath: bench.directory + "/root/link")
                == "/real")
    }

    /// A link of the image's leads the way, as always inside of the root.
    @Test func aCopyStaysInside() throws {
        let bench = try bench()
        #expect(symlink(bench.directory, bench.directory + "/root/out") == 0)
        let outcome = try run(bench, "/out/copy", ["copy-symlink"], source: "source-link", "id")
        #expect(!FileManager.default.fileExists(atPath: bench.directory + "/copy"))
        #expect(
            (try? FileManager.default.destinationOfSymbolicLink(atPath: bench.directory + "/copy")) == nil,
            "\(outcome.error)")
        let inside = bench.directory + "/root" + bench.directory + "/copy"
        let made = try? FileManager.default.destinationOfSymbolicLink(atPath: inside)
        #expect(outcome.status == 0 ? made == "/else" : made == nil, "\(outcome.error)")
    }
}
