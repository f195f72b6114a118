internal import JSON

/// A question that the guest puts to the policy before it does something.
package enum EnforcementPoint: String, Equatable, CaseIterable {
    /// A read-only layer, by its root hash, at that place.
    case mountDevice = "mount_device"
    /// These layers, in this order, as that container's root file system.
    case mountOverlay = "mount_overlay"
    /// A container with this command, environment, identity, mounts, and layers mounted before.
    case createContainer = "create_container"
    /// Taking a layer away.
    case unmountDevice = "unmount_device"
    /// A further process in a container.
    case execInContainer = "exec_in_container"
    /// A process in the guest itself; this guest has none, and asks only to give the policy's reason.
    case execExternal = "exec_external"
    /// Ending a container.
    case shutdownContainer = "shutdown_container"
    /// A signal to one process of a container.
    case signalContainerProcess = "signal_container_process"
    /// Never asked: this guest has no 9p.
    case plan9Mount = "plan9_mount"
    /// Never asked: this guest has no 9p.
    case plan9Unmount = "plan9_unmount"
    /// Taking a container's root file system apart.
    case unmountOverlay = "unmount_overlay"
    /// The host's reading of processes and counters.
    case getProperties = "get_properties"
    /// The host's reading of the guest's own state.
    case dumpStacks = "dump_stacks"
    /// The guest's log going to the host; asked once, when the policy is set.
    case runtimeLogging = "runtime_logging"
    /// Never asked: fragments are refused.
    case loadFragment = "load_fragment"
    /// A container's writable part on a disk that is, or is not, encrypted.
    case scratchMount = "scratch_mount"
    /// Giving that part up, with the overlay.
    case scratchUnmount = "scratch_unmount"
    /// Formatting and mounting a writable disk.
    case rwMountDevice = "rw_mount_device"
    /// Taking a writable disk away.
    case rwUnmountDevice = "rw_unmount_device"
    /// Never asked: disks are not passed through as devices.
    case mountBlockdev = "mount_blockdev"
    /// Never asked: disks are not passed through as devices.
    case unmountBlockdev = "unmount_blockdev"
    /// Never asked: there are no trust lists to load.
    case loadTransparencyTrustList = "load_transparency_trust_list"
    /// Never asked: containers have their pod's network and never the guest's own.
    case hostNetwork = "host_network"
    /// Coffer's own: new limits for a running container.
    case updateConstraints = "update_constraints"
}

/// What the policy interface's table says about a point: the version that introduced it, and the result of a policy
/// that is older than that.
struct PointInformation {
    let introduced: SemanticVersion
    /// Completed with the policy's own keys, which win.
    let defaults: [JSONMember]
    /// An older policy is answered by the framework itself instead of by `defaults`.
    var usesFramework = false
    /// Coffer's own: no version of the interface has the point, so that a policy of any version may leave it out.
    var isExtension = false
    /// What a guest says to this question before it has a policy.
    let closedDoor: String
}

extension EnforcementPoint {
    var information: PointInformation {
        switch self {
        case .mountDevice:
            return point(0, 1, 0, [refused], "mounting is denied by policy")
        case .mountOverlay:
            return point(0, 1, 0, [refused], "creating an overlay fs is denied by policy")
        case .createContainer:
            return point(0, 1, 0, [refused, noEnvironment, noStdio], "running commands is denied by policy")
        case .unmountDevice:
            return point(0, 2, 0, [granted], "unmounting is denied by policy")
        case .execInContainer:
            return point(
                0, 2, 0, [granted, noEnvironment],
                "starting additional processes in a container is denied by policy")
        case .execExternal:
            return point(
                0, 3, 0, [granted, noEnvironment, noStdio],
                "starting additional processes in uvm is denied by policy")
        case .shutdownContainer:
            return point(0, 4, 0, [granted], "shutting down containers is denied by policy")
        case .signalContainerProcess:
            return point(0, 5, 0, [granted], "signalling container processes is denied by policy")
        case .plan9Mount: return point(0, 6, 0, [granted], "mounting is denied by policy")
        case .plan9Unmount: return point(0, 6, 0, [granted], "unmounting is denied by policy")
        case .unmountOverlay:
            return point(0, 6, 0, [granted], "removing an overlay fs is denied by policy")
        case .getProperties:
            return point(0, 7, 0, [granted], "getting container properties is denied by policy")
        case .dumpStacks: return point(0, 7, 0, [granted], "getting stack dumps is denied by policy")
        case .runtimeLogging: return point(0, 8, 0, [granted], "runtime logging is denied by policy")
        case .loadFragment:
            return point(0, 9, 0, [refused, noModule], "loading fragments is denied by policy")
        case .scratchMount: return point(0, 10, 0, [granted], "mounting scratch is denied by the policy")
        case .scratchUnmount: return point(0, 10, 0, [granted], "unmounting scratch is denied by the policy")
        case .rwMountDevice:
            return framework(0, 11, 0, "Read-write device mounting is denied by policy")
        case .rwUnmountDevice:
            return framework(0, 11, 0, "Read-write device unmounting is denied by policy")
        case .mountBlockdev: return point(0, 11, 1, [refused], "block-device mounting is denied by policy")
        case .unmountBlockdev:
            return point(0, 11, 1, [refused], "block-device unmounting is denied by policy")
        case .loadTransparencyTrustList:
            return point(0, 12, 0, [refused], "loading transparency trust lists is denied by policy")
        case .hostNetwork: return point(0, 12, 0, [refused], "host network is denied by policy")
        case .updateConstraints:
            var own = point(0, 0, 0, [refused], "updating containers is denied by policy")
            own.isExtension = true
            return own
        }
    }

    /// Whether metadata that comes with a refusal is dropped: mounts are transactions, the others are not.
    var dropsMetadataOfRefusals: Bool {
        switch self {
        case .createContainer, .execInContainer, .execExternal, .shutdownContainer, .signalContainerProcess,
            .getProperties, .dumpStacks, .runtimeLogging, .loadFragment, .loadTransparencyTrustList,
            .hostNetwork:
            return false
        default: return true
        }
    }
}

private let granted = JSONMember(key: "allowed", value: true)
private let refused = JSONMember(key: "allowed", value: false)
private let noEnvironment = JSONMember(key: "env_list", value: nil)
private let noStdio = JSONMember(key: "allow_stdio_access", value: false)
private let noModule = JSONMember(key: "add_module", value: false)

private func point(
    _ major: UInt32, _ minor: UInt32, _ patch: UInt32, _ defaults: [JSONMember], _ closedDoor: String
) -> PointInformation {
    PointInformation(
        introduced: SemanticVersion(major, minor, patch), defaults: defaults, closedDoor: closedDoor)
}

private func framework(
    _ major: UInt32, _ minor: UInt32, _ patch: UInt32, _ closedDoor: String
) -> PointInformation {
    PointInformation(
        introduced: SemanticVersion(major, minor, patch), defaults: [], usesFramework: true,
        closedDoor: closedDoor)
}
