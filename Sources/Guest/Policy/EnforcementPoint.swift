internal import JSON

/// A question that the guest puts to the policy before it does something.
package enum EnforcementPoint: String, Equatable, CaseIterable {
    case mountDevice = "mount_device"
    case mountOverlay = "mount_overlay"
    case createContainer = "create_container"
    case unmountDevice = "unmount_device"
    case execInContainer = "exec_in_container"
    case execExternal = "exec_external"
    case shutdownContainer = "shutdown_container"
    case signalContainerProcess = "signal_container_process"
    case plan9Mount = "plan9_mount"
    case plan9Unmount = "plan9_unmount"
    case unmountOverlay = "unmount_overlay"
    case getProperties = "get_properties"
    case dumpStacks = "dump_stacks"
    case runtimeLogging = "runtime_logging"
    case loadFragment = "load_fragment"
    case scratchMount = "scratch_mount"
    case scratchUnmount = "scratch_unmount"
    case rwMountDevice = "rw_mount_device"
    case rwUnmountDevice = "rw_unmount_device"
    case mountBlockdev = "mount_blockdev"
    case unmountBlockdev = "unmount_blockdev"
    case loadTransparencyTrustList = "load_transparency_trust_list"
    case hostNetwork = "host_network"
    case updateConstraints = "update_constraints"
}

/// What the policy interface's table says about a point: the version that introduced it, and the result of a policy
/// that is older than that.
struct PointInformation {
    /// The policy interface's version that this engine speaks.
    static let engineVersion = SemanticVersion(0, 12, 0)

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
