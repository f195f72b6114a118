/// What is mounted where on the host's demand, and what stands on what.
struct MountTable {
    /// A mounted disk.
    struct Disk: Equatable {
        var controller: UInt8
        var lun: UInt8
        var devicePath: String
        /// The verified root hash; nil for scratch.
        var rootHash: String?
        var encrypted: Bool
        /// Overlays that have a layer or their scratch on it, and volumes in memory that are mounted below it.
        var users = 0

        var readOnly: Bool { rootHash != nil }
    }

    /// A mounted overlay.
    struct Overlay: Equatable {
        var containerID: String
        var scratchPath: String?
        /// Mount points of the disks it stands on.
        var disks: [String]
    }

    private(set) var disks: [String: Disk] = [:]
    private(set) var overlays: [String: Overlay] = [:]

    /// Whether something is mounted exactly there.
    func isTaken(_ path: String) -> Bool { disks[path] != nil || overlays[path] != nil }

    /// Where the device is mounted.
    func mountPoint(ofDevice devicePath: String) -> String? {
        disks.first { same($0.value.devicePath, devicePath) }?.key
    }

    /// The disk that contains the path: the one with the longest mount point above it.
    func disk(containing path: String) -> String? {
        disks.keys.filter { path == $0 || path.utf8.starts(with: ($0 + "/").utf8) }
            .max { $0.utf8.count < $1.utf8.count }
    }

    mutating func add(_ disk: Disk, at path: String) { disks[path] = disk }

    /// Something else hangs below the disk that contains the path.
    mutating func retainDisk(containing path: String) {
        if let disk = disk(containing: path) { disks[disk]?.users += 1 }
    }

    mutating func releaseDisk(containing path: String) {
        if let disk = disk(containing: path) { disks[disk]?.users -= 1 }
    }

    mutating func removeDisk(at path: String) { disks[path] = nil }

    mutating func add(_ overlay: Overlay, at path: String) {
        overlays[path] = overlay
        for disk in overlay.disks { disks[disk]?.users += 1 }
    }

    mutating func removeOverlay(at path: String) {
        guard let overlay = overlays.removeValue(forKey: path) else { return }
        for disk in overlay.disks { disks[disk]?.users -= 1 }
    }
}
