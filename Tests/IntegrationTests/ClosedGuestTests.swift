import BridgeClient
import Foundation
import Hypervisor
import JSON
import Testing
import Wire

/// The guest before a policy is in force: closed from its first instruction.
@Suite(.serialized, .enabled(if: VMTests.isOn, VMTests.comment))
struct ClosedGuestTests {
    /// A request that must not be answered with success.
    private func expectRefusal(_ what: Comment, _ request: () throws -> Void) {
        do {
            try request()
            Issue.record(what)
        } catch BridgeError.refused(_, let answer) {
            #expect(!answer.result.isSuccess)
        } catch {
            Issue.record("\(what): \(error)")
        }
    }

    @Test func nothingIsDoneBeforeAPolicyIsInForce() throws {
        let machine = try TestVM()
        let client = try machine.client()
        var disk = MappedVirtualDisk()
        disk.mountPath = "/run/mounts/scsi/m0"
        disk.readOnly = true
        expectRefusal("a disk was mounted") { try client.modify(.add, .mappedVirtualDisk(disk)) }
        expectRefusal("the network was changed") { try client.modify(.add, .network(NetworkAdapter())) }
        expectRefusal("an overlay was mounted") { try client.modify(.add, .combinedLayers(CombinedLayers())) }
        expectRefusal("stacks were shown") { _ = try client.dumpStacks() }
        expectRefusal("a process was started") {
            var parameters = ProcessParameters()
            parameters.commandArguments = ["/bin/sh"]
            _ = try client.execute(nullID, parameters, StdioPorts())
        }
        expectRefusal("a container was created") {
            try client.create(
                String(repeating: "a", count: 64),
                ContainerConfig(
                    ociBundlePath: "/run/gcs/c/a", ociSpecification: ["ociVersion": "1.1.0"],
                    scratchDirPath: ""))
        }
        #expect(machine.machine.wait(deadline: .after(seconds: 0)) == nil)
    }

    @Test func aPolicyOtherThanHostDataIsRefusedAndTheGuestStaysClosed() throws {
        let inputs = try VMTests.inputs.get()
        // HOST_DATA of another policy: the launcher lied, or the policy was exchanged on its way.
        let machine = try TestVM(hostData: [UInt8](repeating: 7, count: 32))
        let client = try machine.client()
        let plugin = Array(try #require(FileManager.default.contents(atPath: inputs.policy + "/plugin")))
        var settings = SecurityPolicySettings()
        settings.enforcerType = SecurityPolicySettings.plugin
        settings.pluginPort = try machine.deliver(plugin)
        settings.pluginSize = UInt32(plugin.count)
        expectRefusal("a policy that is not HOST_DATA was accepted") {
            try client.modify(.add, .securityPolicy(settings))
        }
        expectRefusal("the guest opened after a refused policy") {
            try client.modify(.add, .network(NetworkAdapter()))
        }
    }
}
