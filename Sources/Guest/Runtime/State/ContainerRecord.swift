internal import JSON
package import OCI

/// What one command of the OCI command line leaves for the next about a container.
package struct ContainerRecord: Equatable {
    /// The container's id, and the name of its state directory.
    package var id: String
    /// The first process, as the PID namespace of the command that made it numbers it.
    package var pid: Int32
    /// The process's start time as proc_pid_stat(5) has it: with it a number that is used again is not mistaken.
    package var startTime: UInt64
    /// The bundle's directory, an absolute path; config.json may be gone from there: the state directory has
    /// a copy.
    package var bundle: String
    /// The root file system's absolute path; `rootfs` in the file.
    package var root: String
    /// RFC 3339 with nanoseconds, UTC.
    package var created: String
    /// Absolute within the hierarchies, also for a scope of systemd's; empty for no group at all.
    package var controlGroupPath: String
    /// The scope of systemd's; empty for none.
    package var systemdUnit = ""
    /// The directory of resctrl that goes with the container; empty for none.
    package var serviceClass = ""
    /// Whether its processes keep the session keyring of their caller.
    package var keepsKeyring = false
    /// The user id that `create` or `run` was called with; getuid(2).
    package var owner: UInt32
    /// The specification's, for the state document and hooks.
    package var annotations: [String: String]

    package init(
        id: String, pid: Int32, startTime: UInt64, bundle: String, root: String, created: String,
        controlGroupPath: String, owner: UInt32, annotations: [String: String]
    ) {
        self.id = id
        self.pid = pid
        self.startTime = startTime
        self.bundle = bundle
        self.root = root
        self.created = created
        self.controlGroupPath = controlGroupPath
        self.owner = owner
        self.annotations = annotations
    }
}

extension ContainerRecord: OCI.Document {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        id = try reader.requiredString("id")
        pid = try reader.integer("pid")
        startTime = try reader.integer("startTime")
        bundle = try reader.requiredString("bundle")
        root = try reader.requiredString("rootfs")
        created = try reader.requiredString("created")
        controlGroupPath = try reader.requiredString("controlGroupPath")
        systemdUnit = try reader.string("systemdUnit")
        serviceClass = try reader.string("serviceClass")
        keepsKeyring = try reader.bool("keepsKeyring")
        owner = try reader.integer("owner")
        annotations = try reader.stringMap("annotations")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("id", id)
        writer.put("pid", pid)
        writer.put("startTime", startTime)
        writer.put("bundle", bundle)
        writer.put("rootfs", root)
        writer.put("created", created)
        writer.put("controlGroupPath", controlGroupPath)
        writer.put("systemdUnit", unlessEmpty: systemdUnit)
        writer.put("serviceClass", unlessEmpty: serviceClass)
        writer.put("keepsKeyring", ifTrue: keepsKeyring)
        writer.put("owner", owner)
        writer.put("annotations", unlessEmpty: annotations)
    }
}
