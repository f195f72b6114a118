import Foundation
import Hypervisor
import Testing

/// Programs started by the host.
@Suite struct ChildProcessTests {
    private func log() -> String { NSTemporaryDirectory() + "/coffer-child-\(UUID().uuidString).log" }

    @Test func exitStatusAndOutputAreKept() throws {
        let path = log()
        defer { unlink(path) }
        let child = try ChildProcess(
            executable: "/bin/sh", arguments: ["-c", "echo out; echo err >&2; exit 7"], output: path)
        #expect(child.wait(deadline: .after(seconds: 30)) == .exited(7))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "out\nerr\n")
    }

    @Test func signalEndsIt() throws {
        let path = log()
        defer { unlink(path) }
        let child = try ChildProcess(executable: "/bin/sleep", arguments: ["600"], output: path)
        #expect(child.wait(deadline: .after(seconds: 0.01)) == nil)
        child.signal(SIGKILL)
        #expect(child.wait(deadline: .after(seconds: 30)) == .signalled(SIGKILL))
    }

    @Test func itSeesNoDescriptorButItsThree() throws {
        let path = log()
        defer { unlink(path) }
        let open = Foundation.open("/dev/null", O_RDONLY)
        defer { close(open) }
        let child = try ChildProcess(executable: "/bin/ls", arguments: ["/proc/self/fd"], output: path)
        #expect(child.wait(deadline: .after(seconds: 30)) == .exited(0))
        // 3 is the directory that ls itself reads.
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "0\n1\n2\n3\n")
    }

    @Test func programThatIsNotThereEndsWith127() throws {
        let path = log()
        defer { unlink(path) }
        let child = try ChildProcess(executable: "/no/such/program", arguments: [], output: path)
        #expect(child.wait(deadline: .after(seconds: 30)) == .exited(127))
    }

    @Test func outputThatCannotBeWrittenIsRefused() {
        #expect(throws: MachineError.self) {
            _ = try ChildProcess(executable: "/bin/true", arguments: [], output: "/no/such/directory/log")
        }
    }
}
