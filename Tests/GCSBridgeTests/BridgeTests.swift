import JSON
import Testing
import Wire

@testable import GCSBridge
@testable import Linux
@testable import Sandbox

struct BridgeTests {
    private let container = String(repeating: "c", count: 64)

    private var base: RequestBase {
        RequestBase(containerID: container, activityID: "11111111-2222-3333-4444-555555555555")
    }

    // MARK: - Negotiation

    @Test func negotiationTellsWhatTheGuestCanDo() throws {
        let host = try Host()
        try host.send(.negotiateProtocol, NegotiateRequest(base: base).payload)
        let frame = try #require(try host.receive())
        let response = try NegotiateResponse(payload: frame.payload)
        #expect(response.version == 4)
        #expect(response.runtimeOsType == "Linux")
        #expect(response.capabilities == GuestCapabilities())
        #expect(response.base.activityID == base.activityID)
        #expect(
            try JSON.parse(frame.payload)["Capabilities"]?["SupportedSchemaVersions"] == [
                ["Major": 2, "Minor": 1]
            ])
    }

    @Test(arguments: [(UInt32(1), UInt32(3), false), (5, 9, false), (4, 4, true), (1, 9, true)])
    func versionsHaveToMeet(minimum: UInt32, maximum: UInt32, meets: Bool) throws {
        let host = try Host()
        let request = NegotiateRequest(base: base, minimumVersion: minimum, maximumVersion: maximum)
        let response = try host.ask(.negotiateProtocol, request)
        #expect(response.result == (meets ? .ok : .unsupportedProtocolVersion))
        // A failed negotiation can be tried again, a successful one not.
        let second = try host.ask(.negotiateProtocol, NegotiateRequest(base: base))
        #expect(second.result == (meets ? .notImplemented : .ok))
    }

    @Test func nothingIsServedBeforeNegotiation() throws {
        let host = try Host()
        let response = try host.ask(.dumpStacks, PlainRequest(base: base))
        #expect(response.result == .notImplemented)
        #expect(
            response.errorMessage
                == "HRESULT 0x80004001: bridge: function not supported, header type: DumpStacks")
        #expect(response.activityID == base.activityID)
    }

    // MARK: - Closed

    @Test func withoutAPolicyOnlyThePolicyIsServed() throws {
        let host = try Host()
        try host.negotiate()
        var parameters = ProcessParameters()
        parameters.commandArguments = ["sh"]
        let external = ExecuteProcessRequest(base: RequestBase(), parameters: parameters, ports: StdioPorts())
        let exec = ExecuteProcessRequest(base: base, parameters: parameters, ports: StdioPorts())
        let create = CreateRequest(
            base: base,
            config: ContainerConfig(ociBundlePath: "/b", ociSpecification: [:], scratchDirPath: ""))
        let requests: [(MessageType, [UInt8], String)] = [
            (.create, create.payload, "running commands is denied by policy"),
            (.start, PlainRequest(base: base).payload, "running commands is denied by policy"),
            (
                .executeProcess, external.payload,
                "starting additional processes in uvm is denied by policy"
            ),
            (
                .executeProcess, exec.payload,
                "starting additional processes in a container is denied by policy"
            ),
            (
                .waitForProcess, WaitForProcessRequest(base: base, processID: 1).payload,
                "signalling container processes is denied by policy"
            ),
            (
                .signalProcess, SignalProcessRequest(base: base, processID: 1, signal: 9).payload,
                "signalling container processes is denied by policy"
            ),
            (
                .resizeConsole, ResizeConsoleRequest(base: base, processID: 1, height: 1, width: 1).payload,
                "signalling container processes is denied by policy"
            ),
            (
                .shutdownForced, PlainRequest(base: base).payload,
                "shutting down containers is denied by policy"
            ),
            (
                .getProperties, GetPropertiesRequest(base: base, propertyTypes: []).payload,
                "getting container properties is denied by policy"
            ), (.dumpStacks, PlainRequest(base: base).payload, "getting stack dumps is denied by policy"),
            (
                .deleteContainerState, PlainRequest(base: base).payload,
                "deleting containers is denied by policy"
            ),
        ]
        for (type, payload, text) in requests {
            let response = try host.ask(type, payload)
            #expect(response.result == .fail)
            #expect(response.errorMessage == text)
        }
        let resources: [(ModifyVerb, ModifyResource, String)] = [
            (.add, .mappedVirtualDisk(MappedVirtualDisk()), "mounting is denied by policy"),
            (.remove, .mappedVirtualDisk(MappedVirtualDisk()), "unmounting is denied by policy"),
            (.add, .combinedLayers(CombinedLayers()), "creating an overlay fs is denied by policy"),
            (.remove, .combinedLayers(CombinedLayers()), "removing an overlay fs is denied by policy"),
            (.add, .network(NetworkAdapter()), "host network is denied by policy"),
            (
                .add, .securityPolicyFragment(SecurityPolicyFragment(fragment: "", mediaType: "")),
                "loading fragments is denied by policy"
            ),
        ]
        for (verb, resource, text) in resources {
            let response = try host.modify(verb, resource)
            #expect(response.result == .fail)
            #expect(response.errorMessage == text)
        }
        #expect(host.poweredOff == 0)
    }

    /// The host can cut the power anyway; asking for it has no answer.
    @Test func theHostMayEndTheMachineAtAnyTime() throws {
        let host = try Host()
        try host.negotiate()
        try host.send(.shutdownForced, PlainRequest(base: RequestBase()).payload)
        #expect(try host.receive() == nil)
        #expect(host.poweredOff == 1)
    }

    // MARK: - Bad frames

    @Test(arguments: [
        // No JSON, no object, a wrong field, an unknown verb: the code for broken JSON.
        (MessageType.modifySettings, "", "not JSON"), (.modifySettings, "[]", "expected an object"),
        (.waitForProcess, "{\"ProcessId\":\"x\"}", "ProcessId"),
        (.create, "{}", "ContainerConfig is missing"),
        (.executeProcess, "{}", "Settings.ProcessParameters is missing"),
        (.modifySettings, "{\"Request\":{\"RequestType\":\"Grow\"}}", "RequestType"),
    ])
    func brokenPayloadsAreAnsweredAndTheConnectionStays(
        type: MessageType, payload: String, expected: String
    ) throws {
        let host = try Host()
        try host.setPolicy()
        let response = try host.ask(type, Array(payload.utf8))
        #expect(response.result == .invalidJSON)
        #expect(response.errorMessage.contains(expected), "\(response.errorMessage)")
        #expect(response.errorMessage.hasPrefix("HRESULT 0xc037010d: "))
        #expect(try host.modify(.update, .podCgroupMemoryLimit).result == .ok)
    }

    @Test(arguments: [
        (UInt32(0x1010_0e01), UInt32(0x2010_0e01), "UpdateContainer"),
        (0x1010_0f01, 0x2010_0f01, "LifecycleNotification"),
        (0x1234_5678, 0x2234_5678, "305419896"), (0x2010_0101, 0x2010_0101, "537919745"),
        (0x3010_0101, 0x2010_0101, "Notification"),
    ])
    func unknownTypesAreNotImplemented(type: UInt32, answer: UInt32, name: String) throws {
        let host = try Host()
        try host.negotiate()
        try host.send(MessageType(rawValue: type), Array("{}".utf8))
        let frame = try #require(try host.receive())
        #expect(frame.type.rawValue == answer)
        let response = try ResponseBase(payload: frame.payload)
        #expect(response.result == .notImplemented)
        #expect(
            response.errorMessage
                == "HRESULT 0x80004001: bridge: function not supported, header type: \(name)")
    }

    @Test(arguments: [UInt32(0), 15, 0x10001, .max])
    func impossibleSizesEndTheConnectionAndTheGuestDialsAgain(size: UInt32) throws {
        let host = try Host()
        try host.setPolicy()
        host.sendBytes(FrameHeader(type: .dumpStacks, size: size, id: 77).encoded)
        let frame = try #require(try host.receive())
        #expect(frame.id == 77)
        #expect(try ResponseBase(payload: frame.payload).result == .invalidJSON)
        for _ in 0..<100 where host.dials < 2 { try host.loop.turn(atMost: 50) }
        #expect(host.dials == 2)
        // Un-negotiated again, and the policy is still in force.
        try host.negotiate()
        #expect(try host.modify(.update, .podCgroupMemoryLimit).result == .ok)
    }

    // MARK: - The policy

    @Test(arguments: [
        ("open_door", "", "Invalid policy for open-door enforcer"),
        ("", "", "Invalid policy for open-door enforcer"),
        ("standard", "AA==", "unknown enforcer: \"standard\""), ("rego", "%%%", "is not base64"),
        ("rego", "AAAA", "mismatch between the policy's digest"), ("plugin", "", "expected 1 to 16777216"),
    ])
    func policiesThatAreNotAccepted(type: String, text: String, expected: String) throws {
        let host = try Host()
        try host.negotiate()
        var settings = SecurityPolicySettings()
        settings.enforcerType = type
        settings.encodedPolicy = text
        let response = try host.modify(.add, .securityPolicy(settings))
        #expect(response.result == .fail)
        #expect(response.errorMessage.contains(expected), "\(response.errorMessage)")
        #expect(!host.sandbox.hasPolicy)
    }

    @Test func thePolicyIsSetOnce() throws {
        let host = try Host()
        try host.setPolicy()
        var settings = SecurityPolicySettings()
        settings.enforcerType = "rego"
        let response = try host.modify(.add, .securityPolicy(settings))
        #expect(response.result == .fail)
        #expect(response.errorMessage == "security policy has already been set")
    }

    // MARK: - Resources

    @Test(arguments: [
        (
            ModifyVerb.add, ModifyResource.unsupported("MappedDirectory"),
            "invalid ResourceType 'MappedDirectory'"
        ),
        (.update, .combinedLayers(CombinedLayers()), "the RequestType \"Update\" is not supported"),
        (.add, .scsiDevice(SCSIDevice(controller: 0, lun: 0)), "the RequestType \"Add\" is not supported"),
        (.add, .containerConstraints(.null), "needs a container's id"),
        (
            .add, .securityPolicyFragment(SecurityPolicyFragment(fragment: "", mediaType: "")),
            "policy fragments are not supported"
        ),
    ])
    func resourcesThatAreNotServed(verb: ModifyVerb, resource: ModifyResource, expected: String) throws {
        let host = try Host()
        try host.setPolicy()
        let response = try host.modify(verb, resource)
        #expect(response.result == .fail)
        #expect(response.errorMessage.contains(expected), "\(response.errorMessage)")
    }

    @Test func resourcesOfTheMachineAreNotAContainers() throws {
        let host = try Host()
        try host.setPolicy()
        let response = try host.modify(.add, .podCgroupMemoryLimit, container: container)
        #expect(response.result == .fail)
        let constraints = try host.modify(.update, .containerConstraints([:]), container: container)
        #expect(constraints.result == .systemNotFound)
    }

    @Test(arguments: ["partition", "blockDevice", "options", "writableOptions"])
    func disksThatAreNotServed(field: String) throws {
        var disk = MappedVirtualDisk()
        disk.mountPath = "/run/mounts/scsi/m0"
        disk.readOnly = true
        switch field {
        case "partition": disk.partition = 1
        case "blockDevice": disk.blockDevice = true
        case "options": disk.options = ["ro", "exec"]
        default:
            disk.readOnly = false
            disk.options = ["ro"]
        }
        let host = try Host()
        try host.setPolicy()
        #expect(try host.modify(.add, .mappedVirtualDisk(disk)).result == .fail)
        #expect(host.sandbox.mounts.disks.isEmpty)
    }
}
