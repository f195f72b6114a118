internal import JSON

/// Settings of MappedVirtualDisk: a disk to mount, found by controller and logical unit.
package struct MappedVirtualDisk: Equatable {
    package var mountPath = ""
    package var controller: UInt8 = 0
    package var lun: UInt8 = 0
    /// 0 for the whole disk.
    package var partition: UInt64 = 0
    package var readOnly = false
    package var encrypted = false
    package var options: [String] = []
    /// Give the container the device itself instead of a file system.
    package var blockDevice = false
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
    package var controller: UInt8
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
