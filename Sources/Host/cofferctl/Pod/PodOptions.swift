/// What `cofferctl run` was told, resolved to paths and numbers.
struct PodOptions: Sendable {
    var images: String
    /// What is delivered as policy: a compiled plugin, or the text of the one that is linked into the guest.
    var plugin: String
    var appliance: String
    /// HOST_DATA to launch with instead of the plugin's digest, for tests of a lying host; 32 bytes.
    var hostData: [UInt8]?
    var forwards: [PodRecord.Forward]
    /// Mebibytes.
    var memory: Int
    var processors: Int
    /// Bytes of the scratch disk; the file is sparse.
    var scratchSize: Int
    /// Unused disks beside the pod's own, for what comes later.
    var spares: Int
    var isQuiet: Bool
    /// Shows the containers' lines on standard output.
    var echoes: Bool
}
