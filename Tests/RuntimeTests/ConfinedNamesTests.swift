import Foundation
import JSON
import OCI
import Testing

@testable import Runtime

/// What an image or a caller names must not lead elsewhere: links, working directories, control groups, keyrings.
@Suite(whereContainersWork, .serialized) struct ConfinedNamesTests {
    /// CVE-2025-52565: the terminal goes on /dev/console and not where the image's link of that name leads.
    @Test(arguments: ["/etc/victim", "/proc/self/attr/exec", "/nowhere"])
    func theTerminalIsNotMountedThroughALink(target: String) throws {
        let bench = try Workbench()
        try bench.write("root/etc/victim", Array("kept\n".utf8))
        #expect(symlink(target, bench.directory + "/root/dev/console") == 0)
        try bench.spec(
            "terminal", "cat", "/etc/victim", "stat", "/dev/console", "cat", "/proc/self/mounts"
        ) { spec in
            spec.process?.terminal = true
            spec.mounts.removeAll { $0.destination == "/dev" }
        }
        let outcome = try bench.run()
        #expect(outcome.output.contains("terminal 1 /dev/pts/0"), "\(outcome)")
        #expect(outcome.output.contains("kept"))
        #expect(outcome.output.contains(" /dev/console devpts"))
        #expect(!outcome.output.contains(" \(target) "))
        // 0o20000: a character device, and no link any more.
        #expect(outcome.output.contains("stat 20"), "\(outcome.output)")
        #expect(try String(contentsOfFile: bench.directory + "/root/etc/victim", encoding: .utf8) == "kept\n")
    }

    /// CVE-2025-52881: kernel parameters go to the kernel, whatever the container has for /proc.
    @Test func kernelParametersAreNotWrittenToTheImage() throws {
        let bench = try Workbench()
        try FileManager.default.createDirectory(
            atPath: bench.directory + "/root/proc/sys/kernel", withIntermediateDirectories: true)
        try bench.write("root/proc/sys/kernel/domainname", Array("image\n".utf8))
        try bench.spec("id") { spec in
            spec.mounts.removeAll { $0.destination == "/proc" }
            spec.linux?.sysctl = ["kernel.domainname": "kernels"]
        }
        let outcome = try bench.run()
        #expect(outcome.value("domainname") == "kernels", "\(outcome.error)")
        let file = bench.directory + "/root/proc/sys/kernel/domainname"
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "image\n")
    }

    /// CVE-2024-21626, for a further process.
    @Test func aFurtherProcessStaysInside() throws {
        let bench = try Workbench()
        try bench.spec("sleep")
        let id = try bench.create()
        #expect(try bench.coffer("start", id).status == 0)
        for number in 3..<16 {
            let outcome = try bench.coffer(
                "exec", "--cwd", "/proc/self/fd/\(number)", id, "/bin/probe", "id")
            #expect(outcome.status == 255, "descriptor \(number)")
            #expect(outcome.output == "")
        }
    }

    /// Neither the first process nor a further one sees the keys of who started it, unless that is asked for.
    @Test func theSessionKeyringIsTheContainersOwn() throws {
        let bench = try Workbench()
        func keyring(_ options: String...) throws -> Set<String> {
            try bench.spec("sleep")
            let id = try bench.create(options: options)
            #expect(try bench.coffer("start", id).status == 0)
            let rings = try (0..<2).map { _ in
                try #require(bench.coffer("exec", id, "/bin/probe", "keyring").value("keyring"))
            }
            return Set(rings)
        }
        let own = try keyring()
        let another = try keyring()
        #expect(own.isDisjoint(with: another))
        let callers = try keyring("--no-new-keyring")
        #expect(callers == (try keyring("--no-new-keyring")))
        #expect(callers.isDisjoint(with: own))
    }

    /// A link below the state directory is no container, and what it leads to is not touched.
    @Test func aStateDirectoryIsNoLink() throws {
        let bench = try Workbench()
        try bench.spec("sleep")
        let id = try bench.create()
        let link = bench.newID()
        #expect(symlink(bench.directory + "/state/" + id, bench.directory + "/state/" + link) == 0)
        for command in [["state"], ["start"], ["delete", "--force"], ["kill"], ["exec"]] {
            let further = command == ["exec"] ? ["/bin/probe", "id"] : []
            let outcome = try bench.coffer(command + [link] + further)
            #expect(outcome.status != 0, "\(command)")
            #expect(outcome.error.contains("read the container's state"), "\(outcome.error)")
        }
        #expect(try state(bench, id) == "created")
        #expect(unlink(bench.directory + "/state/" + link) == 0)
    }

    /// A process that was born into a frozen group would never get to its first step.
    @Test func aFrozenControlGroupIsRefused() throws {
        let layout = try ControlGroupLayout.current()
        let freezer = layout.legacy.first { $0.controllers.contains("freezer") }?.mountPoint
        let root = try #require(layout.isUnified ? layout.unified : freezer)
        let path = "/coffer-test-" + UUID().uuidString
        let (file, on, off) =
            layout.isUnified ? ("cgroup.freeze", "1", "0") : ("freezer.state", "FROZEN", "THAWED")
        try FileManager.default.createDirectory(atPath: root + path, withIntermediateDirectories: false)
        func write(_ text: String) throws {
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(root)\(path)/\(file)"))
        }
        try write(on)
        let bench = try Workbench()
        try bench.spec("sleep") { $0.linux?.cgroupsPath = path }
        let outcome = try bench.coffer("create", "--bundle", bench.directory, bench.newID())
        #expect(outcome.status == 1)
        #expect(outcome.error.contains("cgroup unexpectedly frozen"), "\(outcome.error)")
        // Nor is one left in another hierarchy.
        for hierarchy in layout.legacy.map(\.mountPoint) + [layout.unified].compactMap({ $0 }) {
            let isThere = FileManager.default.fileExists(atPath: hierarchy + path)
            #expect(isThere == (hierarchy == root), "\(hierarchy)")
        }
        try write(off)
        #expect(rmdir(root + path) == 0)
    }

    /// CVE-2021-43784: what does not fit into a message between the runtime's processes is cut, not wrapped around.
    @Test(arguments: [1 << 12, 1 << 16, 1 << 17]) func longNamesAreErrorsAndNothingElse(count: Int) throws {
        let bench = try Workbench()
        try bench.spec { $0.process?.args = ["/" + String(repeating: "a", count: count)] }
        let outcome = try bench.coffer("create", "--bundle", bench.directory, bench.newID())
        #expect(outcome.status == 1)
        let text = "unable to start container process: exec:"
        #expect(outcome.error.contains(text), "\(outcome.error.prefix(300))")
        #expect(try bench.coffer("list", "-q").output == "")
    }
}
