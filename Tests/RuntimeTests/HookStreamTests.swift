import Foundation
import OCI
import Testing

@testable import Runtime

/// Where hooks write, as annotations say.
@Suite(whereContainersWork, .serialized) struct HookStreamTests {
    private static let output = "run.oci.hooks.stdout"
    private static let error = "run.oci.hooks.stderr"

    private func hook(_ word: String) -> OCI.Hook {
        let hook = Workbench.hook("echo \(word); echo \(word)-error >&2")
        return hook
    }

    private func hooks() -> OCI.Hooks {
        var hooks = OCI.Hooks()
        hooks.prestart = [hook("prestart")]
        hooks.createRuntime = [hook("createRuntime")]
        hooks.createContainer = [hook("createContainer")]
        hooks.poststart = [hook("poststart")]
        hooks.poststop = [hook("poststop")]
        return hooks
    }

    private static let words = "prestart\ncreateRuntime\ncreateContainer\npoststart\npoststop\n"

    @Test func areTheFilesThatAnnotationsName() throws {
        let bench = try Workbench()
        let (output, error) = (bench.directory + "/hooks.out", bench.directory + "/hooks.err")
        try bench.write("hooks.out", Array("before\n".utf8))
        try bench.spec("id") { spec in
            spec.hooks = hooks()
            spec.annotations = [Self.output: output, Self.error: error]
        }
        let outcome = try bench.run()
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect(try String(contentsOfFile: output, encoding: .utf8) == "before\n" + Self.words)
        let errors = try String(contentsOfFile: error, encoding: .utf8)
        #expect(errors == Self.words.replacingOccurrences(of: "\n", with: "-error\n"))
        let mode = try FileManager.default.attributesOfItem(atPath: error)[.posixPermissions]
        #expect(mode as? Int == 0o600)
    }

    /// Each command opens them for itself; the program does not get them.
    @Test func areOpenedByEveryCommand() throws {
        let bench = try Workbench()
        let output = bench.directory + "/hooks.out"
        try bench.spec("descriptors", "sleep") { spec in
            var all = hooks()
            var inside = OCI.Hook(path: "/bin/probe")
            inside.args = ["probe", "error", "startContainer"]
            all.startContainer = [inside]
            spec.hooks = all
            spec.annotations = [Self.output: output, Self.error: output]
        }
        let id = try bench.create()
        #expect(try bench.coffer("start", id).status == 0)
        #expect(try bench.coffer("delete", "--force", id).status == 0)
        let lines = try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n")
        let expected = Self.words.split(separator: "\n").flatMap { word in
            (word == "poststart" ? ["startContainer"] : []) + ["\(word)", "\(word)-error"]
        }
        // The program starts while the hooks after its start run.
        #expect(lines.map { String($0) }.sorted() == expected.sorted(), "\(lines)")
    }

    /// What is not written to a file still explains a failure.
    @Test func theOtherStreamIsKeptForTheError() throws {
        let bench = try Workbench()
        try bench.spec("id") { spec in
            let failing = Workbench.hook("echo told; echo why >&2; exit 3")
            spec.hooks = OCI.Hooks()
            spec.hooks?.createRuntime = [failing]
            spec.annotations = [Self.output: bench.directory + "/hooks.out"]
        }
        let outcome = try bench.run()
        #expect(outcome.status == 1)
        #expect(
            outcome.error.contains("error running createRuntime hook #0: exit status 3, output: why"),
            "\(outcome.error)")
        #expect(try String(contentsOfFile: bench.directory + "/hooks.out", encoding: .utf8) == "told\n")
    }

    /// No file that a container could choose, and nothing that is no file. Nothing has run by then.
    @Test(arguments: [
        ("relative", "expected an absolute path"), ("/BENCH/link", "without symbolic links"),
        ("/BENCH/away/hooks.out", "without symbolic links"),
        ("/BENCH/root/hooks.out", "outside of the container"),
        ("/BENCH/other/../root/hooks.out", "outside of the container"),
        ("/BENCH/fifo", "hooks.stdout"), ("/BENCH/root", "hooks.stdout"),
        ("/dev/null", "found something else"),
        ("/BENCH/missing/hooks.out", "no such file or directory"),
    ])
    func refuses(path: String, text: String) throws {
        let bench = try Workbench()
        try bench.write("target", [])
        #expect(symlink("target", bench.directory + "/link") == 0)
        #expect(symlink(".", bench.directory + "/away") == 0)
        #expect(mkfifo(bench.directory + "/fifo", 0o600) == 0)
        let mark = bench.directory + "/ran"
        try bench.spec("id") { spec in
            let hook = Workbench.hook("echo ran > \(mark)")
            spec.hooks = OCI.Hooks()
            spec.hooks?.prestart = [hook]
            let path = path.replacingOccurrences(of: "/BENCH", with: bench.directory)
            spec.annotations = [Self.output: path]
        }
        let outcome = try bench.run()
        #expect(outcome.status == 1)
        #expect(outcome.error.contains(text), "\(outcome.error)")
        #expect(!FileManager.default.fileExists(atPath: mark))
        for name in ["/root/hooks.out", "/hooks.out", "/relative"] {
            #expect(!FileManager.default.fileExists(atPath: bench.directory + name))
        }
    }

    /// The container is gone: its last hooks run all the same.
    @Test func lastHooksRunWithoutTheirFile() throws {
        let bench = try Workbench()
        let mark = bench.directory + "/ran"
        try bench.spec("id") { spec in
            let hook = Workbench.hook("echo ran > \(mark)")
            spec.hooks = OCI.Hooks()
            spec.hooks?.poststop = [hook]
            spec.annotations = [Self.output: "relative"]
        }
        let outcome = try bench.run()
        #expect(outcome.status == 0)
        #expect(
            outcome.error.contains("poststop hooks: annotations[\\\"run.oci.hooks.stdout\\\"]"),
            "\(outcome.error)")
        #expect(FileManager.default.fileExists(atPath: mark))
    }

    /// In the guest annotations are nobody's wish: nothing is opened, not even what would be refused.
    @Test func areNotHeardByOtherFrontEnds() throws {
        var spec = OCI.Spec(ociVersion: "1.3.0")
        spec.root = OCI.Root(path: "root")
        var process = OCI.Process()
        process.args = ["/bin/true"]
        process.cwd = "/"
        spec.process = process
        spec.linux = OCI.Linux()
        spec.linux?.namespaces = [OCI.Namespace(type: "mount")]
        spec.hooks = hooks()
        spec.annotations = [Self.output: "/tmp/coffer-hooks-\(UUID().uuidString)", Self.error: "relative"]
        let plan = try ContainerPlan(id: "c", bundle: "/bundle", spec: spec)
        #expect(try HookStreams(plan, isHeard: false).descriptors.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: try #require(spec.annotations[Self.output])))
        #expect(throws: RuntimeError.self) { try HookStreams(plan, isHeard: true) }
    }
}
