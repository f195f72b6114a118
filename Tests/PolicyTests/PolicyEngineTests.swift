import JSON
import OCI
import Testing

@testable import Policy

struct PolicyEngineTests {
    private let layer = MountDevice(
        target: "/run/mounts/scsi/m0", devicePath: "/dev/vda", rootHash: "ab",
        verity: VerityParameters(
            algorithm: "sha256", salt: [], dataBlockSize: 4096, hashBlockSize: 4096, dataBlocks: 1,
            hashTreeOffset: 8192), filesystem: .erofs)

    // MARK: - Closed

    @Test(arguments: EnforcementPoint.allCases)
    func aGuestWithoutPolicyRefusesEveryPoint(point: EnforcementPoint) {
        let engine = PolicyEngine()
        let error = #expect(throws: PolicyError.self) { try engine.decide(point, input: [:]) }
        #expect(error == .closed(point.information.closedDoor))
        #expect(!point.information.closedDoor.isEmpty)
    }

    @Test func followUpsNeedAPolicyAndADecision() throws {
        let closed = PolicyEngine()
        #expect(throws: PolicyError.closed("running commands is denied by policy")) {
            _ = try closed.startContainer(StartContainer(containerID: "c"))
        }
        #expect(throws: PolicyError.closed("running commands is denied by policy")) {
            _ = try closed.prepareSandbox(PrepareSandbox(sandboxID: "c", hostname: "h"))
        }
        let engine = try FakePlugin().engine()
        #expect(throws: PolicyError.notCreated(containerID: "c")) {
            _ = try engine.startContainer(StartContainer(containerID: "c"))
        }
        #expect(throws: PolicyError.notCreated(containerID: "c")) {
            _ = try engine.deleteContainer(DeleteContainer(containerID: "c"))
        }
    }

    // MARK: - Results

    @Test func anAllowanceCarriesTheRequestAndTheInputIsTheOneSpecified() throws {
        let fake = FakePlugin()
        fake.allow(.mountDevice)
        let engine = try fake.engine()
        let permit = try engine.mountDevice(layer)
        #expect(permit.action == layer)
        #expect(
            fake.input(ofLast: "policy/mount_device") == [
                "target": "/run/mounts/scsi/m0", "deviceHash": "ab",
                "mountPathRegex": "/run/mounts/scsi/m[0-9]+",
            ])
        let data = fake.requests.last?["data"]
        #expect(data?["metadata"] == ["operatingsystem": ["ostype": "linux"]])
        #expect(data?["defaultMounts"]?.arrayValue?.count == 9)
        #expect(data?["privilegedMounts"]?.arrayValue?.count == 3)
        #expect(data?["defaultUnprivilegedCapabilities"]?.arrayValue?.count == 14)
        #expect(data?["defaultPrivilegedCapabilities"]?.arrayValue?.count == 41)
    }

    /// What a broken or missing rule means, by the policy's declared version.
    @Test(arguments: [
        // A point of the declared version has to be there.
        ("0.12.0", EnforcementPoint.mountDevice, "{}", "rule for mount_device is missing from policy"),
        ("0.13.0", .getProperties, "{}", "rule for get_properties is missing from policy"),
        // A result has to be an object with a boolean.
        ("0.12.0", .mountDevice, "{\"result\":true}", "unable to load results object from Rego query"),
        ("0.12.0", .mountDevice, "{\"result\":{\"allowed\":1}}", "rule result has no boolean \"allowed\""),
        // A rule that contradicts itself.
        (
            "0.12.0", .mountDevice,
            "{\"error\":{\"code\":\"eval_conflict_error\",\"message\":\"two values\"}}",
            "eval_conflict_error: two values"
        ),
        (
            "0.12.0", .mountDevice, "{\"result\":{\"allowed\":true,\"metadata\":7}}",
            "error loading metadata operations: expected an array, found a number"
        ),
        (
            "0.12.0", .mountDevice, "{\"result\":{\"allowed\":true,\"metadata\":[{}]}}",
            "error loading metadata operation: unable to load metadata name"
        ),
    ])
    func brokenResultsAreRefusedWithTheirError(
        version: String, point: EnforcementPoint, response: String, expected: String
    ) throws {
        let fake = FakePlugin(apiVersion: version)
        fake.answer("policy/" + point.rawValue, response)
        let engine = try fake.engine()
        let error = #expect(throws: PolicyError.self) { try engine.decide(point, input: ["a": 1]) }
        let decision = try decision(in: deniedText(error))
        #expect(decision["policyError"]?.stringValue == expected)
        #expect(decision["decision"] == "deny")
        #expect(decision["input"] == ["a": 1, "rule": .string(point.rawValue)])
    }

    /// Points that are newer than the policy have the table's default.
    @Test(arguments: [
        ("0.1.0", EnforcementPoint.unmountDevice, true), ("0.1.0", .execInContainer, true),
        ("0.8.0", .loadFragment, false), ("0.9.0", .scratchMount, true), ("0.11.0", .hostNetwork, false),
        ("0.11.0", .mountBlockdev, false),
    ])
    func olderPoliciesGetDefaults(version: String, point: EnforcementPoint, allowed: Bool) throws {
        let engine = try FakePlugin(apiVersion: version).engine()
        if allowed {
            #expect(try engine.decide(point, input: [:])["allowed"] == true)
        } else {
            #expect(throws: PolicyError.self) { try engine.decide(point, input: [:]) }
        }
    }

    @Test func olderPoliciesAskTheFrameworkAboutWritableDisks() throws {
        let fake = FakePlugin(apiVersion: "0.10.0")
        fake.answer("framework/rw_mount_device", "{\"result\":{\"allowed\":true}}")
        let engine = try fake.engine()
        let scratch = MountScratch(
            target: "/run/gcs/c/x", devicePath: "/dev/vdb", filesystem: "ext4", encrypted: true)
        #expect(try engine.mountScratch(scratch, ensureFilesystem: true).action == scratch)
        #expect(
            fake.input(ofLast: "framework/rw_mount_device") == [
                "target": "/run/gcs/c/x", "encrypted": true, "ensureFilesystem": true, "filesystem": "ext4",
                "mountPathRegex": "/run/gcs/c/[0-9a-fA-F]{64}",
            ])
        _ = try engine.mountScratch(scratch, ensureFilesystem: false)
        #expect(fake.input(ofLast: "framework/rw_mount_device")?["ensureFilesystem"] == false)
    }

    // MARK: - Transactions

    private let remember =
        ",\"metadata\":[{\"name\":\"devices\",\"action\":\"add\",\"key\":\"t\",\"value\":1}]"

    @Test func rollbackForgetsAndCommitKeeps() throws {
        let fake = FakePlugin()
        fake.allow(.mountDevice, remember)
        let engine = try fake.engine()
        try engine.begin()
        _ = try engine.mountDevice(layer)
        #expect(engine.memory.metadata.json["devices"] == ["t": 1])
        engine.rollback()
        #expect(engine.memory.metadata.json["devices"] == nil)
        try engine.begin()
        _ = try engine.mountDevice(layer)
        engine.commit()
        engine.rollback()
        #expect(engine.memory.metadata.json["devices"] == ["t": 1])
    }

    @Test func transactionsDoNotNest() throws {
        let engine = try FakePlugin().engine()
        try engine.begin()
        #expect(throws: PolicyError.nestedTransaction) { try engine.begin() }
    }

    /// Metadata of a refusal is dropped with the mount's transaction, and stays for points that have none.
    @Test(arguments: [(EnforcementPoint.mountDevice, false), (.signalContainerProcess, true)])
    func metadataOfRefusals(point: EnforcementPoint, stays: Bool) throws {
        let fake = FakePlugin()
        fake.deny(point, remember)
        let engine = try fake.engine()
        try engine.begin()
        #expect(throws: PolicyError.self) { try engine.decide(point, input: [:]) }
        engine.rollback()
        #expect((engine.memory.metadata.json["devices"] != nil) == stays)
    }

    // MARK: - A plugin that fails

    @Test(arguments: ["", "[]", "{\"results\":1}", "{\"error\":{}}", "{\"result\":1} x"])
    func aMalformedAnswerEndsEverything(response: String) throws {
        let fake = FakePlugin()
        fake.answer("policy/get_properties", response)
        fake.allow(.dumpStacks)
        let engine = try fake.engine()
        #expect(throws: PolicyError.self) { _ = try engine.getProperties(GetProperties(containerID: "c")) }
        let error = #expect(throws: PolicyError.self) { _ = try engine.dumpStacks() }
        guard case .dead(.malformed)? = error else {
            Issue.record("expected a dead plugin, found \(error?.description ?? "nothing")")
            return
        }
    }
}
