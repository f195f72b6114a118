internal import JSON

/// Settings of MappedVirtualDisk: a disk to mount, found by controller and logical unit.
package struct MappedVirtualDisk: Equatable {
    /// Absolute path in the guest; in Remove it is what names the disk.
    package var mountPath = ""
    /// 0 to 3: an index into the protocol's table of controllers.
    package var controller: UInt8 = 0
    /// 0 to 63.
    package var lun: UInt8 = 0
    /// 0 for the whole disk.
    package var partition: UInt64 = 0
    /// A layer, to be mounted through dm-verity; otherwise scratch.
    package var readOnly = false
    /// Of scratch: dm-crypt and dm-integrity under a key of the guest's.
    package var encrypted = false
    /// Mount options; this guest takes none, or `ro` of a layer.
    package var options: [String] = []
    /// Give the container the device itself instead of a file system.
    package var blockDevice = false
    /// Format the disk if it has another file system than `filesystem`; this guest always formats scratch.
    package var ensureFilesystem = false
    /// "ext4", "xfs" or empty.
    package var filesystem = ""

    package init() {}

    init(fields: Fields) throws(WireError) {
        mountPath = try fields.string("MountPath")
        controller = try fields.integer("Controller")
        lun = try fields.integer("Lun")
        partition = try fields.integer("Partition")
        readOnly = try fields.bool("ReadOnly")
        encrypted = try fields.bool("Encrypted")
        options = try fields.strings("Options")
        blockDevice = try fields.bool("BlockDev")
        ensureFilesystem = try fields.bool("EnsureFilesystem")
        filesystem = try fields.string("Filesystem")
    }

    var json: JSON {
        var writer = FieldWriter()
        writer.put("MountPath", unlessEmpty: mountPath)
        writer.put("Controller", controller)
        writer.put("Lun", lun)
        if partition != 0 { writer.put("Partition", partition) }
        writer.put("ReadOnly", ifTrue: readOnly)
        writer.put("Encrypted", ifTrue: encrypted)
        writer.put("Options", unlessEmpty: options)
        writer.put("BlockDev", ifTrue: blockDevice)
        writer.put("EnsureFilesystem", ifTrue: ensureFilesystem)
        writer.put("Filesystem", unlessEmpty: filesystem)
        return writer.json
    }
}

/// Settings of SCSIDevice: a disk that the host is about to unplug.
package struct SCSIDevice: Equatable {
    /// As in `MappedVirtualDisk`.
    package var controller: UInt8
    /// As in `MappedVirtualDisk`.
    package var lun: UInt8

    package init(controller: UInt8, lun: UInt8) {
        self.controller = controller
        self.lun = lun
    }

    init(fields: Fields) throws(WireError) {
        controller = try fields.integer("Controller")
        lun = try fields.integer("Lun")
    }

    var json: JSON { ["Controller": JSON(Int(controller)), "Lun": JSON(Int(lun))] }
}

/// One layer of CombinedLayers.
package struct Layer: Equatable {
    /// The host's name for the layer; the guest goes by `path`.
    package var id: String
    /// Where the layer is mounted in the guest.
    package var path: String

    package init(id: String, path: String) {
        self.id = id
        self.path = path
    }

    init(fields: Fields) throws(WireError) {
        id = try fields.string("Id")
        path = try fields.string("Path")
    }

    var json: JSON { ["Id": .string(id), "Path": .string(path)] }
}

/// Settings of CombinedLayers: a container's root file system out of mounted layers.
package struct CombinedLayers: Equatable {
    /// The container that it is for, 64 lower-case hexadecimal digits; in Remove the path says it all.
    package var containerID = ""
    /// Where the overlay is mounted.
    package var containerRootPath = ""
    /// Topmost first.
    package var layers: [Layer] = []
    /// Directory for the writable part; empty for a read-only overlay.
    package var scratchPath = ""

    package init() {}

    init(fields: Fields) throws(WireError) {
        containerID = try fields.string("ContainerID")
        containerRootPath = try fields.string("ContainerRootPath")
        layers = try fields.list("Layers") { (element) throws(WireError) in try Layer(fields: element) }
        scratchPath = try fields.string("ScratchPath")
    }

    var json: JSON {
        var writer = FieldWriter()
        writer.put("ContainerID", unlessEmpty: containerID)
        writer.put("ContainerRootPath", unlessEmpty: containerRootPath)
        if !layers.isEmpty { writer.put("Layers", .array(layers.map { $0.json })) }
        writer.put("ScratchPath", unlessEmpty: scratchPath)
        return writer.json
    }
}
