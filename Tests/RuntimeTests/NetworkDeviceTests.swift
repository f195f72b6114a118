import Foundation
import OCI
import Testing

/// Network devices that go into a container.
@Suite(.enabled(if: Workbench.obstacle == nil, "needs root and a built coffer"), .serialized)
struct NetworkDeviceTests {
    /// As the machine's address was given: with a broadcast address of its own, and without one.
    @Test(
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/sbin/ip"), "needs iproute2"),
        arguments: [("brd 10.1.2.254", true), ("", false)])
    func addressesKeepTheirBroadcast(words: String, broadcasts: Bool) throws {
        let bench = try Workbench()
        try bench.spec("cat", "/proc/net/fib_trie") {
            var device = OCI.NetDevice()
            device.name = "inner"
            $0.linux?.netDevices = ["outer": device]
        }
        let run = "\(bench.binary) --root \(bench.directory)/state run -b \(bench.directory) \(bench.newID())"
        let outcome = try Workbench.execute(
            "/usr/bin/unshare",
            [
                "-n", "/bin/sh", "-ec",
                "ip link add outer type veth peer name other; ip address add 10.1.2.3/24 \(words) dev outer; \(run)",
            ])
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect(outcome.output.contains("|-- 10.1.2.3\n"), "\(outcome.output)")
        #expect(outcome.output.contains("|-- 10.1.2.254\n") == broadcasts, "\(outcome.output)")
    }
}
