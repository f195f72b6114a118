import JSON
import Testing

@testable import Policy
@testable import Sandbox

struct StorageTransitionTests {
    @Test func disksAndOverlaysGoUpAndComeDownInOrder() throws {
        let machine = try FakeMachine()
        machine.layers = ["/dev/vd0-1": "h0", "/dev/vd0-2": "h1"]
        let sandbox = try machine.sandbox()
        try sandbox.mountDisk(Names.layerClaim(0))
        try sandbox.mountDisk(Names.layerClaim(1))
        try sandbox.mountDisk(Names.scratchClaim)
        try sandbox.combineLayers(Names.overlayClaim(Names.container))
        try sandbox.removeLayers(target: Names.root(Names.container))
        try sandbox.unmountDisk(Names.scratchClaim)
        try sandbox.unmountDisk(Names.layerClaim(0))
        #expect(
            machine.done == [
                "findDisk 0:1", "inspectLayer /dev/vd0-1", "mountDevice h0 /run/mounts/scsi/m0",
                "findDisk 0:2", "inspectLayer /dev/vd0-2", "mountDevice h1 /run/mounts/scsi/m1",
                "findDisk 0:0", "mountScratch " + Names.scratchMount,
                "mountOverlay /run/mounts/scsi/m1:/run/mounts/scsi/m0",
                "unmountOverlay " + Names.root(Names.container), "unmountScratch " + Names.scratchMount,
                "unmountDevice h0 /run/mounts/scsi/m0",
            ])
        #expect(sandbox.mounts.disks.keys.sorted() == [Names.layer(1)])
    }

    @Test func withoutAPolicyNothingIsMounted() throws {
        let machine = try FakeMachine()
        let sandbox = machine.closedSandbox()
        let error = #expect(throws: SandboxError.self) { try sandbox.mountDisk(Names.scratchClaim) }
        #expect(error?.description.hasSuffix("Read-write device mounting is denied by policy") == true)
        #expect(!machine.done.contains { $0.hasPrefix("mount") })
        #expect(sandbox.mounts.disks.isEmpty)
    }

    /// Every point can refuse, and then nothing is done.
    @Test(arguments: [
        (
            "mount_device",
            "mounting scsi device controller 0 lun 1 onto /run/mounts/scsi/m0 denied by policy: "
        ),
        (
            "rw_mount_device",
            "mounting scsi device controller 0 lun 0 onto /run/gcs/c/\(Names.pod) denied by policy: "
        ), ("scratch_mount", "overlay creation denied by policy: "),
        ("mount_overlay", "overlay creation denied by policy: "),
    ])
    func refusalsDoNothing(point: String, prefix: String) throws {
        let machine = try FakeMachine()
        machine.refusals[point] = ""
        let sandbox = try machine.sandbox()
        let error = #expect(throws: SandboxError.self) { try sandbox.mountAll(machine) }
        #expect(
            error?.description.hasPrefix(prefix + "policyDecision< ") == true, "\(error?.description ?? "")")
        let last = machine.done.last ?? ""
        #expect(
            last.hasPrefix("findDisk") || last.hasPrefix("inspectLayer") || point.hasSuffix("t")
                || point == "mount_overlay")
        #expect(sandbox.mounts.overlays.isEmpty)
        #expect(sandbox.disabledBy == nil)
    }

    @Test(arguments: [
        ("unmount_overlay", "overlay removal denied by policy: "),
        ("scratch_unmount", "overlay removal denied by policy: "),
    ])
    func refusedRemovalsKeepTheOverlay(point: String, prefix: String) throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        try sandbox.mountAll(machine)
        machine.refusals[point] = ""
        let error = #expect(throws: SandboxError.self) {
            try sandbox.removeLayers(target: Names.root(Names.container))
        }
        #expect(error?.description.hasPrefix(prefix) == true)
        #expect(machine.done.isEmpty)
        #expect(sandbox.mounts.overlays.count == 1)
    }

    /// What a failed effect leaves behind: nothing in the table, nothing in the policy's memory.
    @Test(arguments: ["findDisk", "inspectLayer", "mountDevice", "mountScratch", "mountOverlay"])
    func failedMountsAreForgotten(effect: String) throws {
        let machine = try FakeMachine()
        machine.results["mount_device"] =
            ",\"metadata\":[{\"name\":\"devices\",\"action\":\"update\",\"key\":\"t\",\"value\":1}]"
        machine.results["rw_mount_device"] =
            ",\"metadata\":[{\"name\":\"rw\",\"action\":\"add\",\"key\":\"t\",\"value\":1}]"
        machine.results["mount_overlay"] =
            ",\"metadata\":[{\"name\":\"overlays\",\"action\":\"add\",\"key\":\"t\",\"value\":1}]"
        let sandbox = try machine.sandbox()
        machine.failing = [effect]
        #expect(throws: SandboxError.self) { try sandbox.mountAll(machine) }
        let metadata = sandbox.policy.memory.metadata.json
        let names = ["mountDevice": "devices", "mountScratch": "rw", "mountOverlay": "overlays"]
        if let name = names[effect] { #expect(metadata[name] == nil) }
        #expect(sandbox.disabledBy == nil)
        // The same again without the failure succeeds: nothing was burnt.
        machine.failing = []
        for path in sandbox.mounts.disks.keys.sorted() {
            let disk = try #require(sandbox.mounts.disks[path])
            try sandbox.unmountDisk(
                DiskClaim(
                    controller: disk.controller, lun: disk.lun, mountPath: path, readOnly: disk.readOnly))
        }
        machine.results = [:]
        try sandbox.mountAll(machine)
        #expect(sandbox.mounts.overlays.count == 1)
    }

    /// After a failed removal the guest's state is unknown, and everything that changes it ends.
    @Test(arguments: ["unmountDevice", "unmountScratch", "unmountOverlay"])
    func aFailedRemovalDisablesTheGroup(effect: String) throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        try sandbox.mountAll(machine)
        if effect != "unmountOverlay" { try sandbox.removeLayers(target: Names.root(Names.container)) }
        machine.failing = [effect]
        #expect(throws: SandboxError.self) {
            switch effect {
            case "unmountOverlay": try sandbox.removeLayers(target: Names.root(Names.container))
            case "unmountScratch": try sandbox.unmountDisk(Names.scratchClaim)
            default: try sandbox.unmountDisk(Names.layerClaim(0))
            }
        }
        machine.failing = []
        machine.done = []
        let refused: [() throws -> Void] = [
            { try sandbox.mountDisk(Names.layerClaim(2)) }, { try sandbox.unmountDisk(Names.layerClaim(1)) },
            { try sandbox.combineLayers(Names.overlayClaim(Names.other)) },
            { try sandbox.removeLayers(target: Names.root(Names.container)) },
            { try sandbox.createContainer(Names.containerClaim()) },
            { try sandbox.deleteContainer(Names.container) },
        ]
        for claim in refused {
            let error = #expect(throws: SandboxError.self) { try claim() }
            #expect(
                error?.description.hasPrefix("mount, unmount, container creation and deletion have been")
                    == true)
        }
        #expect(machine.done.isEmpty)
    }

    // MARK: - Claims that cannot be

    @Test(arguments: [
        (DiskClaim(controller: 4, lun: 0, mountPath: "/x", readOnly: true), "cannot exist"),
        (DiskClaim(controller: 0, lun: 64, mountPath: "/x", readOnly: true), "cannot exist"),
        (
            DiskClaim(controller: 0, lun: 9, mountPath: "/run/mounts/scsi/m0", readOnly: true),
            "already mounted at"
        ),
        (
            DiskClaim(controller: 0, lun: 1, mountPath: "/run/mounts/scsi/m9", readOnly: true),
            "is already mounted at"
        ),
        (
            DiskClaim(controller: 0, lun: 9, mountPath: "/x", readOnly: true, encrypted: true),
            "verified, not encrypted"
        ),
    ])
    func impossibleDisksAreRefused(claim: DiskClaim, expected: String) throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        try sandbox.mountAll(machine)
        let error = #expect(throws: SandboxError.self) { try sandbox.mountDisk(claim) }
        #expect(error?.description.contains(expected) == true, "\(error?.description ?? "")")
        #expect(!machine.done.contains { $0.hasPrefix("mount") })
    }

    @Test func disksInUseStay() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        try sandbox.mountAll(machine)
        for claim in [Names.layerClaim(0), Names.layerClaim(1), Names.scratchClaim] {
            let error = #expect(throws: SandboxError.self) { try sandbox.unmountDisk(claim) }
            #expect(error?.description.hasSuffix("is still in use, can't unmount") == true)
            #expect(throws: SandboxError.self) {
                try sandbox.releaseDisk(controller: claim.controller, lun: claim.lun)
            }
        }
        var wrong = Names.scratchClaim
        wrong.readOnly = true
        let error = #expect(throws: SandboxError.self) { try sandbox.unmountDisk(wrong) }
        #expect(error?.description.contains("the request says read-only") == true)
        #expect(throws: SandboxError.self) { try sandbox.unmountDisk(Names.layerClaim(7)) }
        #expect(machine.done.isEmpty)
        try sandbox.releaseDisk(controller: 3, lun: 3)
    }

    @Test(arguments: [
        // The container's id, the target, the layers, the scratch path: each in one form only.
        (
            OverlayClaim(
                containerID: "x", target: "/x", layerPaths: ["/run/mounts/scsi/m0"], scratchPath: nil), "64"
        ),
        (
            OverlayClaim(
                containerID: Names.other, target: Names.root(Names.container), layerPaths: [Names.layer(0)],
                scratchPath: nil), "the overlay's target is"
        ),
        (
            OverlayClaim(
                containerID: Names.container, target: Names.root(Names.container),
                layerPaths: [Names.layer(0)],
                scratchPath: nil), "already mounted"
        ),
        (
            OverlayClaim(
                containerID: Names.other, target: Names.root(Names.other), layerPaths: [], scratchPath: nil),
            "at least one layer"
        ),
        (
            OverlayClaim(
                containerID: Names.other, target: Names.root(Names.other), layerPaths: ["/etc"],
                scratchPath: nil),
            "is not the mount point of a verified layer"
        ),
        (
            OverlayClaim(
                containerID: Names.other, target: Names.root(Names.other), layerPaths: [Names.scratchMount],
                scratchPath: nil), "is not the mount point of a verified layer"
        ),
        (
            OverlayClaim(
                containerID: Names.other, target: Names.root(Names.other), layerPaths: [Names.layer(0)],
                scratchPath: Names.scratch(Names.container)), "scratch path"
        ),
        (
            OverlayClaim(
                containerID: Names.other, target: Names.root(Names.other), layerPaths: [Names.layer(0)],
                scratchPath: "/run/gcs/c/\(Names.other)/scratch/\(Names.other)"),
            "is not on a mounted scratch disk"
        ),
        (
            OverlayClaim(
                containerID: Names.other, target: Names.root(Names.other), layerPaths: [Names.layer(0)],
                scratchPath: Names.scratchMount + "/../x/scratch/\(Names.other)"), "scratch path"
        ),
    ])
    func impossibleOverlaysAreRefused(claim: OverlayClaim, expected: String) throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        try sandbox.mountAll(machine)
        let error = #expect(throws: SandboxError.self) { try sandbox.combineLayers(claim) }
        #expect(error?.description.contains(expected) == true, "\(error?.description ?? "")")
        #expect(machine.done.isEmpty)
    }

    @Test func thePolicyIsSetOnceAndAsksAboutTheLog() throws {
        let machine = try FakeMachine()
        let sandbox = machine.closedSandbox()
        #expect(!sandbox.hasPolicy)
        try sandbox.setPolicy(.linked(text: machine.policyText))
        #expect(machine.done == ["hostData", "allowLogging"])
        #expect(throws: SandboxError.denied(prefix: "", .alreadySet)) {
            try sandbox.setPolicy(.linked(text: machine.policyText))
        }
        let quiet = try FakeMachine()
        quiet.refusals["runtime_logging"] = ""
        try quiet.closedSandbox().setPolicy(.linked(text: quiet.policyText))
        #expect(quiet.done == ["hostData"])
    }

    @Test(arguments: [UInt32(0), UInt32(16 << 20) + 1, .max])
    func impossiblePluginSizesAreRefused(size: UInt32) throws {
        let machine = try FakeMachine()
        let sandbox = machine.closedSandbox()
        let error = #expect(throws: SandboxError.self) {
            try sandbox.setPolicy(.detached(port: 1, size: size))
        }
        #expect(error?.description.contains("expected 1 to 16777216") == true)
        #expect(machine.done == ["hostData"])
        #expect(!sandbox.hasPolicy)
    }

    @Test func withoutHostDataThereIsNoPolicy() throws {
        let machine = try FakeMachine()
        machine.failing = ["hostData"]
        let sandbox = machine.closedSandbox()
        #expect(throws: SandboxError.self) { try sandbox.setPolicy(.linked(text: machine.policyText)) }
        #expect(throws: SandboxError.self) { try sandbox.setPolicy(.detached(port: 1, size: 1)) }
        #expect(!sandbox.hasPolicy)
    }
}
