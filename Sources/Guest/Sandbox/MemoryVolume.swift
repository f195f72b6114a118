/// A directory that containers of a pod share and that is in memory: `sandbox:///tmpfs/SIZE/NAME` as a mount's source.
///
/// The size stands in the path, as it does for `hugepages://`: the policy compares the whole source, so that the host
/// can change neither the kind nor the size.
struct MemoryVolume: Equatable {
    /// Relative to the pod's shared directories.
    let path: String
    /// As tmpfs(5) takes it: bytes, or a share of the machine's memory in percent.
    let size: String

    /// The volume that a path below the shared directories names; nil for a directory on scratch.
    init?(path: String) throws(SandboxError) {
        let parts = path.utf8.split(separator: UInt8(ascii: "/"))
        guard let first = parts.first, first.elementsEqual("tmpfs".utf8) else { return nil }
        guard parts.count == 3, Self.isSize(parts[1]) else {
            throw .invalid(
                "mount source sandbox:///\(path): expected tmpfs/SIZE/NAME, the size in bytes or in percent")
        }
        self.path = path
        size = String(decoding: Array(parts[1]), as: UTF8.self)
    }

    private static func isSize(_ text: Substring.UTF8View) -> Bool {
        guard let first = text.first, first != UInt8(ascii: "0") else { return false }
        let isShare = text.last == UInt8(ascii: "%")
        let digits = isShare ? text.dropLast() : text
        guard !digits.isEmpty, digits.count <= 18 else { return false }
        var value: UInt64 = 0
        for digit in digits {
            guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return false }
            value = value * 10 + UInt64(digit - UInt8(ascii: "0"))
        }
        return !isShare || value <= 100
    }
}
