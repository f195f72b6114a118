internal import Foundation

/// `pod.json` in a pod's directory: what the launcher did, for the other commands.
struct PodRecord: Codable, Sendable {
    /// A disk of the machine as the bridge's requests name it.
    struct Disk: Codable, Sendable, Equatable {
        var path: String
        var controller: UInt8
        var unit: UInt8
    }

    /// A mounted layer.
    struct Layer: Codable, Sendable, Equatable {
        var rootHash: String
        var disk: Disk
        /// In the guest.
        var mountPath: String
    }

    /// A container as it was requested.
    struct Container: Codable, Sendable, Equatable {
        var name: String
        /// 64 hexadecimal digits.
        var id: String
        /// Root hashes, bottom first.
        var layers: [String]
        /// The OCI runtime specification as sent, JSON text.
        var specification: String
    }

    /// A port of the host's loopback address and the guest's port behind it.
    struct Forward: Codable, Sendable, Equatable {
        var hostPort: UInt16
        var guestPort: UInt16
    }

    var name: String
    /// The launcher's process number.
    var launcher: Int32
    /// The emulator's process number.
    var emulator: Int32
    var accelerator: String
    /// 64 hexadecimal digits.
    var sandboxID: String
    /// SHA-256 of the policy plugin, lower-case hexadecimal; the guest's HOST_DATA.
    var policyDigest: String
    /// The policy plugin's file.
    var policyPlugin: String
    var appliance: String
    var images: String
    var started: Date
    /// When the guest's bridge was negotiated; nil until then.
    var connected: Date?
    var forwards: [Forward]
    var layers: [Layer]
    var scratch: Disk
    /// Disks that the guest has and that nothing uses yet.
    var spares: [Disk]
    var containers: [Container]
    /// The simulated security processor's root certificate; nil without one.
    var trustRoot: String?
}

/// Where things are in the guest.
enum GuestPaths {
    static func layer(_ index: Int) -> String { "/run/mounts/scsi/m\(index)" }
    static func scratch(sandbox: String) -> String { "/run/gcs/c/\(sandbox)" }
    static func bundle(_ container: String) -> String { "/run/gcs/c/\(container)" }
    static func root(_ container: String) -> String { bundle(container) + "/rootfs" }
    static func writable(sandbox: String, container: String) -> String {
        scratch(sandbox: sandbox) + "/scratch/" + container
    }
}
