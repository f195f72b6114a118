internal import CLinux
internal import Linux
package import Policy

/// A container's root file system: layers below, scratch above.
package enum OverlayStorage {
    /// The kernel wants two layers where nothing can be written; an empty directory is the second one.
    private static let emptyLayer = "/run/coffer/empty"

    /// Assembles an approved overlay. After an error nothing of it is left.
    package static func mount(_ permit: consuming Permit<MountOverlay>) throws(StorageError) {
        let action = permit.action
        if action.layerPaths.isEmpty { throw .overlayWithoutLayers(action.target) }
        var made: [String] = []
        do throws(StorageError) {
            try assemble(action, made: &made)
        } catch {
            removeDirectories(made)
            throw error
        }
    }

    /// Takes an overlay away. What was written to scratch stays until scratch goes.
    package static func unmount(_ permit: consuming Permit<UnmountOverlay>) throws(StorageError) {
        try MountPoint.clear(permit.action.target)
    }

    private static func assemble(_ action: MountOverlay, made: inout [String]) throws(StorageError) {
        let overlay: FilesystemContext
        do throws(Errno) {
            overlay = try FilesystemContext(type: "overlay")
        } catch {
            throw .overlayOpen(error)
        }
        for layer in action.layerPaths { try set(overlay, "lowerdir+", layer) }
        if let scratch = action.scratchPath {
            made += try MountPoint.prepare(scratch + "/upper", mode: 0o755)
            made += try MountPoint.prepare(scratch + "/work", mode: 0o755)
            try set(overlay, "upperdir", scratch + "/upper")
            try set(overlay, "workdir", scratch + "/work")
            // Scratch does not outlive the machine, so there is nothing to make durable.
            try set(overlay, flag: "volatile")
        } else if action.layerPaths.count == 1 {
            made += try MountPoint.prepare(emptyLayer, mode: 0o700)
            try set(overlay, "lowerdir+", emptyLayer)
        }
        made += try MountPoint.prepare(action.target, mode: 0o755)
        do throws(Errno) {
            try overlay.mount(
                on: action.target, attributes: action.scratchPath == nil ? UInt32(MOUNT_ATTR_RDONLY) : 0)
        } catch {
            throw .overlayMount(action.target, error)
        }
    }

    private static func set(
        _ overlay: borrowing FilesystemContext, _ key: String, _ value: String
    ) throws(StorageError) {
        do throws(Errno) {
            try overlay.set(key, value)
        } catch {
            throw .overlayOption(key, value, error)
        }
    }

    private static func set(_ overlay: borrowing FilesystemContext, flag: String) throws(StorageError) {
        do throws(Errno) {
            try overlay.set(flag: flag)
        } catch {
            throw .overlayOption(flag, "", error)
        }
    }
}
