import Foundation
import OCI
import Testing

@testable import Linux
@testable import Runtime

/// A container's network namespace, which is made while its first process is.
@Suite(whereContainersWork, .serialized) struct NetworkTests {
    /// sysfs shows the namespace of who mounts it: the process must be in its own by then.
    @Test func aNewNamespaceHasItsLoopbackInterfaceAlone() throws {
        let bench = try Workbench()
        try bench.spec("list", "/sys/class/net", "cat", "/sys/class/net/lo/flags") { spec in
            spec.mounts.append(bench.mount("/sys", "sysfs", ["ro"]))
        }
        let outcome = try bench.run()
        #expect(outcome.value("list") == "lo", "\(outcome.output)\(outcome.error)")
        // IFF_UP and IFF_LOOPBACK. netdevice(7).
        #expect(outcome.output.hasSuffix("0x9\n"), "\(outcome.output)")
    }

    private static let makers: [(new: [String], joined: [String], devices: Bool, late: Bool, aside: Bool)] = [
        ([], ["network"], false, false, false), (["pid"], [], false, false, false),
        (["network"], [], true, false, false), (["network"], ["user"], false, false, false),
        (["network", "user"], [], false, true, false), (["network", "user"], [], true, false, false),
        (["network"], [], false, true, true),
    ]

    /// Who makes it, by what the specification says of namespaces and interfaces.
    @Test(arguments: makers)
    func itsMakerIsChosen(new: [String], joined: [String], devices: Bool, late: Bool, aside: Bool) {
        var linux = OCI.Linux()
        linux.namespaces = new.map { OCI.Namespace(type: $0) }
        for type in joined {
            var namespace = OCI.Namespace(type: type)
            namespace.path = "/proc/1/ns/x"
            linux.namespaces.append(namespace)
        }
        if devices { linux.netDevices = ["eth0": OCI.NetDevice()] }
        let network = NewNetwork(beginningFor: linux)
        #expect(network.isLate == late)
        #expect((network.maker != nil) == aside)
        #expect((network.maker?.take() == nil) != aside)
    }

    /// A number that no exit status could say.
    @Test func itIsMadeBesideManyOpenFiles() throws {
        let descriptors = (0..<300).map { _ in dup(0) }
        defer { for descriptor in descriptors { close(descriptor) } }
        try #require(descriptors.allSatisfy { $0 >= 0 })
        let maker = NetworkMaker()
        guard let made = maker.take() else {
            Issue.record("none was made")
            return
        }
        let link = "/proc/self/fd/\(made.raw)"
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link).hasPrefix("net:["))
        #expect(made.raw > 254)
    }

    /// Nothing that is mounted asks for it here.
    @Test func aNewNamespaceNeedsNoMount() throws {
        let bench = try Workbench()
        try bench.spec("cat", "/proc/net/dev")
        let interfaces = try bench.run().output.split(separator: "\n").dropFirst(2)
        #expect(interfaces.count == 1)
        #expect(interfaces.first?.contains("lo:") == true)
    }

    @Test func withoutANamespaceItIsTheMachines() throws {
        let bench = try Workbench()
        try bench.spec("cat", "/proc/net/dev") { spec in
            spec.linux?.namespaces.removeAll { $0.type == "network" }
        }
        let names = { (text: String) in
            text.split(separator: "\n").dropFirst(2).map { $0.split(separator: ":")[0] }
        }
        let own = try String(contentsOfFile: "/proc/net/dev", encoding: .utf8)
        #expect(try names(bench.run().output) == names(own))
    }

    /// Hooks of the host set the network up.
    @Test(arguments: ["prestart", "createRuntime"]) func hooksFindTheNamespace(kind: String) throws {
        let bench = try Workbench()
        try bench.spec("cat", "/sys/class/net/lo/mtu") { spec in
            let number = #"$(sed -n 's/.*"pid": *\([0-9]*\).*/\1/p')"#
            let hook = Workbench.hook("nsenter -t \(number) -n ip link set lo mtu 1234")
            spec.hooks = OCI.Hooks()
            if kind == "prestart" {
                spec.hooks?.prestart = [hook]
            } else {
                spec.hooks?.createRuntime = [hook]
            }
            spec.mounts.append(bench.mount("/sys", "sysfs", ["ro"]))
        }
        let outcome = try bench.run()
        #expect(outcome.output == "1234\n", "\(outcome.error)")
    }

    /// Where there may be no more of them.
    @Test func aNamespaceThatCannotBeMadeIsTheErrorOfItsStep() throws {
        let bench = try Workbench()
        try bench.spec("id")
        let outcome = try Workbench.execute(
            "/usr/bin/unshare",
            [
                "--user", "--map-root-user", "--mount", "sh", "-c",
                "echo 0 > /proc/sys/user/max_net_namespaces && exec \"$@\"", "sh", bench.binary, "--root",
                bench.directory + "/state", "--cgroup-manager", "disabled", "run", "-b", bench.directory,
                bench.newID(),
            ])
        #expect(outcome.status == 1)
        #expect(outcome.error.contains("leave the namespace network"), "\(outcome.error)")
        #expect(outcome.error.contains("No space left on device"), "\(outcome.error)")
    }
}
