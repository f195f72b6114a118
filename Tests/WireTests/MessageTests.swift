import JSON
import Testing

@testable import Wire

struct MessageTests {
    private let base = RequestBase(
        containerID: "c0ffee", activityID: "11111111-2222-3333-4444-555555555555")

    private func roundTrip<M: Message>(_ message: M) throws {
        #expect(try M(payload: message.payload) == message)
        #expect(try M(payload: message.payload + [0x0a]) == message)
    }

    @Test func everyRequestSurvivesTheWire() throws {
        try roundTrip(NegotiateRequest(base: base, minimumVersion: 3, maximumVersion: 5))
        try roundTrip(PlainRequest(base: base))
        try roundTrip(
            CreateRequest(
                base: base,
                config: ContainerConfig(
                    ociBundlePath: "/run/gcs/c/1", ociSpecification: ["ociVersion": "1.0.2"],
                    scratchDirPath: "/s")))
        var parameters = ProcessParameters()
        parameters.commandArguments = ["sh", "-c", "echo \u{e9}"]
        parameters.environment = [
            EnvironmentVariable(name: "B", value: "1"), EnvironmentVariable(name: "A", value: ""),
        ]
        parameters.createStdOutPipe = true
        parameters.ociProcess = ["args": ["sh"]]
        try roundTrip(
            ExecuteProcessRequest(
                base: base, parameters: parameters, ports: StdioPorts(output: 0x4000_0002)))
        try roundTrip(WaitForProcessRequest(base: base, processID: 4))
        try roundTrip(SignalProcessRequest(base: base, processID: 4, signal: 15))
        try roundTrip(ResizeConsoleRequest(base: base, processID: 4, height: 24, width: 80))
        try roundTrip(GetPropertiesRequest(base: base, propertyTypes: ["ProcessList"]))
    }

    @Test func everyResponseSurvivesTheWire() throws {
        let ok = ResponseBase(activityID: base.activityID)
        try roundTrip(ok)
        try roundTrip(ResponseBase(failure: .fail, message: "no", activityID: base.activityID))
        try roundTrip(NegotiateResponse(base: ok, version: 4))
        try roundTrip(CreateResponse(base: ok))
        try roundTrip(ExecuteProcessResponse(base: ok, processID: 42))
        try roundTrip(WaitForProcessResponse(base: ok, exitCode: .max))
        try roundTrip(GetPropertiesResponse(base: ok, properties: "{}"))
        try roundTrip(DumpStacksResponse(base: ok, guestStacks: "x"))
        try roundTrip(ExitNotification(containerID: "c", activityID: "a", kind: .forced))
        try roundTrip(
            ExitNotification(containerID: "c", activityID: "a", kind: .unexpected, outOfMemoryKills: 7))
    }

    /// Details stand in a string of the notification, as other ends of the protocol read and write them; most have none.
    @Test func detailsOfAnExitAreOptional() throws {
        let plain = ExitNotification(containerID: "c", activityID: "a", kind: .forced)
        #expect(!String(decoding: plain.payload, as: UTF8.self).contains("ResultInfo"))
        let killed = ExitNotification(containerID: "c", activityID: "a", kind: .forced, outOfMemoryKills: 1)
        #expect(
            String(decoding: killed.payload, as: UTF8.self).contains(
                #""ResultInfo":"{\"OutOfMemoryKills\":1}""#))
        let start = #"{"ContainerId":"c","ActivityId":"a","Type":"ForcedExit","Result":0,"ResultInfo":"#
        for details in [#""""#, "null", #""null""#, #""{\"Other\":1}""#] {
            #expect(try ExitNotification(payload: Array((start + details + "}").utf8)) == plain, "\(details)")
        }
        for details in ["7", #""x""#, #""[]""#, #""{\"OutOfMemoryKills\":-1}""#] {
            #expect(throws: WireError.self, "\(details)") {
                try ExitNotification(payload: Array((start + details + "}").utf8))
            }
        }
    }

    @Test func everyResourceSurvivesTheWire() throws {
        var disk = MappedVirtualDisk()
        disk.mountPath = "/run/mounts/scsi/m0"
        disk.lun = 3
        disk.readOnly = true
        disk.options = ["ro"]
        var layers = CombinedLayers()
        layers.containerID = "c"
        layers.layers = [Layer(id: "1", path: "/a"), Layer(id: "2", path: "/b")]
        var policy = SecurityPolicySettings()
        policy.enforcerType = SecurityPolicySettings.plugin
        policy.pluginPort = 0x4000_0005
        policy.pluginSize = 700_000
        var adapter = NetworkAdapter()
        adapter.namespaceID = "n"
        adapter.addresses = [IPConfig(address: "10.0.2.15", prefixLength: 24)]
        adapter.routes = [NetworkRoute(nextHop: "10.0.2.2", destinationPrefix: "0.0.0.0/0")]
        let resources: [ModifyResource] = [
            .mappedVirtualDisk(disk), .scsiDevice(SCSIDevice(controller: 1, lun: 2)), .combinedLayers(layers),
            .network(adapter), .containerConstraints(["memory": ["limit": 1]]), .securityPolicy(policy),
            .securityPolicyFragment(SecurityPolicyFragment(fragment: "AA==", mediaType: "")),
            .podCgroupMemoryLimit, .unsupported("MappedDirectory"),
        ]
        for resource in resources {
            try roundTrip(ModifySettingsRequest(base: base, verb: .add, resource: resource))
        }
    }

    @Test func fieldNamesMatchWithoutRegardToCaseAndUnknownOnesAreIgnored() throws {
        let text = "{\"containerid\":\"x\",\"ACTIVITYID\":null,\"processID\":5,\"timeoutInms\":1,\"otsc\":{}}"
        let request = try WaitForProcessRequest(payload: Array(text.utf8))
        #expect(request.base.containerID == "x")
        #expect(request.base.activityID == "")
        #expect(request.processID == 5)
        #expect(request.timeoutInMilliseconds == 1)
    }

    @Test(arguments: [
        ("", "the message is not JSON"),
        ("[]", "expected an object, found an array"),
        ("{\"ProcessId\":\"5\"}", "ProcessId: expected a number, found a string"),
        ("{\"ProcessId\":-1}", "ProcessId: expected an integer from 0 to 4294967295, found -1"),
        ("{\"ProcessId\":4294967296}", "found 4294967296"),
        ("{\"ProcessId\":1.5}", "found 1.5"),
        ("{\"ContainerId\":{}}", "ContainerId: expected a string, found an object"),
        ("{\"ProcessId\":1,\"ProcessId\":2}", "given twice"),
    ])
    func wrongFieldsAreNamed(text: String, expected: String) {
        let error = #expect(throws: WireError.self) { try WaitForProcessRequest(payload: Array(text.utf8)) }
        #expect(error?.description.contains(expected) == true, "\(error?.description ?? "")")
    }

    @Test(arguments: [
        ("{}", "field ContainerConfig is missing"),
        ("{\"ContainerConfig\":\"{\"}", "field ContainerConfig does not hold JSON text"),
        ("{\"ContainerConfig\":\"{}\"}", "schema version 0.0 is not supported"),
        (
            "{\"ContainerConfig\":\"{\\\"SchemaVersion\\\":{\\\"Major\\\":2,\\\"Minor\\\":0}}\"}",
            "schema version 2.0 is not supported"
        ),
        (
            "{\"ContainerConfig\":\"{\\\"SchemaVersion\\\":{\\\"Major\\\":2,\\\"Minor\\\":1}}\"}",
            "field ContainerConfig.OciSpecification is missing"
        ),
        (
            "{\"ContainerConfig\":\"{\\\"SchemaVersion\\\":{\\\"Major\\\":2,\\\"Minor\\\":1},"
                + "\\\"OciSpecification\\\":7}\"}",
            "OciSpecification: expected an object, found a number"
        ),
    ])
    func incompleteCreatesAreRefused(text: String, expected: String) {
        let error = #expect(throws: WireError.self) { try CreateRequest(payload: Array(text.utf8)) }
        #expect(error?.description.contains(expected) == true, "\(error?.description ?? "")")
    }

    @Test func verbsDefaultToAddAndUnknownOnesAreRefused() throws {
        let text = "{\"Request\":{\"ResourceType\":\"SCSIDevice\"}}"
        #expect(try ModifySettingsRequest(payload: Array(text.utf8)).verb == .add)
        let wrong = "{\"Request\":{\"RequestType\":\"Explode\"}}"
        #expect(throws: WireError.self) { try ModifySettingsRequest(payload: Array(wrong.utf8)) }
    }

    @Test func resultCodesAreSignedOnTheWire() {
        #expect(HResult.notImplemented.rawValue == -2_147_467_263)
        #expect(HResult.fail.rawValue == -2_147_467_259)
        #expect(HResult.notFound.rawValue == -2_147_023_728)
        #expect(HResult.invalidArgument.rawValue == -2_147_024_809)
        #expect(HResult.timeout.rawValue == -1_070_137_079)
        #expect(HResult.unsupportedProtocolVersion.rawValue == -1_070_137_076)
        #expect(HResult.invalidJSON.rawValue == -1_070_137_075)
        #expect(HResult.systemNotFound.rawValue == -1_070_137_074)
        #expect(HResult.systemAlreadyExists.rawValue == -1_070_137_073)
        #expect(HResult.alreadyStopped.rawValue == -1_070_137_072)
        #expect(HResult.invalidState.rawValue == -2_143_878_907)
        #expect(HResult.fail.hexadecimal == "0x80004005")
        #expect(HResult.ok.hexadecimal == "0x00000000")
    }

    @Test func failedResponsesAreTheBareBase() throws {
        let failure = ResponseBase(failure: .fail, message: "denied", activityID: "a")
        #expect(
            String(decoding: failure.payload, as: UTF8.self)
                == "{\"Result\":-2147467259,\"ActivityId\":\"a\",\"ErrorMessage\":\"denied\",\"ErrorRecords\":"
                + "[{\"Result\":-2147467259,\"Message\":\"denied\",\"ModuleName\":\"gcs\",\"FileName\":\"\","
                + "\"Line\":4294967295}]}")
    }
}
