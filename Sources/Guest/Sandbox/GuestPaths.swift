/// Where things are in the guest. The policy sees these paths, so that they are fixed.
enum GuestPaths {
    static let containers = "/run/gcs/c/"
    /// Directory for what the guest itself offers to a container; the host cannot name paths below it.
    static let securityContexts = "/run/coffer/security-context/"

    /// A container's bundle.
    static func bundle(_ containerID: String) -> String { containers + containerID }
    /// A container's root file system.
    static func root(_ containerID: String) -> String { containers + containerID + "/rootfs" }
    /// A pod's directory, where its scratch disk is mounted.
    static func pod(_ sandboxID: String) -> String { containers + sandboxID }
    /// Where `sandbox://` mounts of a pod are.
    static func sandboxMounts(_ sandboxID: String) -> String { pod(sandboxID) + "/sandboxMounts" }
    /// Where `hugepages://` mounts of a pod would be.
    static func hugePages(_ sandboxID: String) -> String { pod(sandboxID) + "/hugepages" }
    /// The writable part of a container's root file system.
    static func scratch(_ sandboxID: String, _ containerID: String) -> String {
        pod(sandboxID) + "/scratch/" + containerID
    }
    /// What a container finds its attestation socket in.
    static func securityContext(_ containerID: String) -> String { securityContexts + containerID }

    /// Whether the text is 64 lower-case hexadecimal digits, the only form of an id under a policy. Lower case only,
    /// so that one id has one spelling.
    static func isIdentifier(_ text: String) -> Bool {
        text.utf8.count == 64
            && text.utf8.allSatisfy { byte in
                (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
                    || (byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "f"))
            }
    }

    /// The pod whose scratch directory for this container the path is; nil for any other path.
    static func sandboxID(ofScratch path: String, container: String) -> String? {
        let prefix = Array(containers.utf8)
        let bytes = Array(path.utf8)
        guard bytes.count > prefix.count + 64, bytes.starts(with: prefix) else { return nil }
        let id = String(decoding: bytes[prefix.count..<prefix.count + 64], as: UTF8.self)
        guard isIdentifier(id), same(path, scratch(id, container)) else { return nil }
        return id
    }
}

/// Equality of bytes. To Swift two texts are equal when they look the same; to the kernel and to the policy not.
func same(_ left: String, _ right: String) -> Bool { left.utf8.elementsEqual(right.utf8) }
