import OCI
import Testing

@testable import Sandbox

struct NetworkTests {
    private func claim(_ namespace: String = String(Names.pod.prefix(32))) -> NetworkClaim {
        NetworkClaim(
            namespaceID: namespace, adapterID: "x",
            addresses: [.init(address: "10.0.2.15", prefixLength: 24)],
            routes: [.init(destination: "0.0.0.0/0", nextHop: "10.0.2.2", metric: 0)],
            nameServers: ["10.0.2.3"], searchDomains: ["cluster.local"], encapsulationOverhead: 0)
    }

    /// Announced before the pod or configured after it: the namespace's id leads to the pod.
    @Test(arguments: [true, false])
    func thePodGetsItsNetwork(first: Bool) throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        try sandbox.mountAll(machine)
        let guid = "AAAAAAAA-AAAA-AAAA-AAAA-AAAAAAAAAAAA"
        if first { try sandbox.addNetwork(claim(guid)) }
        try sandbox.createContainer(Names.containerClaim())
        if !first { try sandbox.addNetwork(claim(guid)) }
        #expect(machine.done.contains("configureNetwork 10.0.2.15"))
        if first {
            let resolver = machine.files["/run/gcs/c/\(Names.pod)/resolv.conf"] ?? []
            #expect(
                String(decoding: resolver, as: UTF8.self) == "search cluster.local\nnameserver 10.0.2.3\n")
        }
    }

    @Test func anothersNetworkIsNotTaken() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        try sandbox.mountAll(machine)
        try sandbox.addNetwork(claim(String(repeating: "b", count: 32)))
        try sandbox.createContainer(Names.containerClaim())
        #expect(!machine.done.contains { $0.hasPrefix("configureNetwork") })
    }

    @Test func aFailedNetworkUndoesThePod() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        try sandbox.mountAll(machine)
        try sandbox.addNetwork(claim())
        machine.failing = ["configureNetwork"]
        #expect(throws: SandboxError.self) { try sandbox.createContainer(Names.containerClaim()) }
        #expect(machine.done.suffix(2) == ["configureNetwork 10.0.2.15", "removeSandbox"])
        #expect(sandbox.pods.isEmpty)
        machine.failing = []
        try sandbox.createContainer(Names.containerClaim())
        #expect(machine.done.contains("configureNetwork 10.0.2.15"))
    }

    @Test func networksNeedAPolicyAndAreAddedOnce() throws {
        let machine = try FakeMachine()
        #expect(throws: SandboxError.self) { try machine.closedSandbox().addNetwork(claim()) }
        let sandbox = try machine.sandbox()
        try sandbox.addNetwork(claim())
        #expect(throws: SandboxError.self) { try sandbox.addNetwork(claim()) }
        try sandbox.removeNetwork(namespaceID: claim().namespaceID)
        #expect(throws: SandboxError.self) { try sandbox.removeNetwork(namespaceID: claim().namespaceID) }
        #expect(machine.done.isEmpty)
    }

    /// Texts of the host end in files that programs read, so that each has to be what it claims to be.
    @Test(arguments: [
        "address", "prefix", "route", "routeBits", "gateway", "server", "domain", "domains", "none",
        "namespace",
    ])
    func malformedNetworksAreRefused(field: String) throws {
        var claim = claim()
        switch field {
        case "address": claim.addresses[0].address = "10.0.2.15\nnameserver 6.6.6.6"
        case "prefix": claim.addresses[0].prefixLength = 33
        case "route": claim.routes[0].destination = "default"
        case "routeBits": claim.routes[0].destination = "10.0.0.0/33"
        case "gateway": claim.routes[0].nextHop = "gateway"
        case "server": claim.nameServers = ["10.0.2.3\noptions x"]
        case "domain": claim.searchDomains = ["a b"]
        case "domains": claim.searchDomains = Array(repeating: "a", count: 7)
        case "none": claim.addresses = []
        default: claim.namespaceID = ""
        }
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        let wrong = claim
        #expect(throws: SandboxError.self) { try sandbox.addNetwork(wrong) }
        #expect(sandbox.networks.isEmpty)
    }
}
