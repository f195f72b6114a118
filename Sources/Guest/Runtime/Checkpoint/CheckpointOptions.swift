/// How a checkpoint is to be written, or read back.
package struct CheckpointOptions {
    /// Directory of the images.
    package var imagePath: String
    /// Directory of criu's logs; empty for that of the images.
    package var workPath = ""
    /// Directory of an earlier checkpoint's images, relative to that of the images; empty for none.
    package var parentPath = ""
    /// Whether the container goes on.
    package var leaveRunning = false
    /// Whether there may be connections of TCP.
    package var tcpEstablished = false
    /// Whether connections of TCP that are being made are left out.
    package var tcpSkipInFlight = false
    /// Whether files without a name may get one for a while.
    package var linkRemap = false
    /// Whether there may be UNIX sockets whose other side is outside.
    package var externalSockets = false
    /// Whether the processes may have a session and a terminal from outside.
    package var shellJob = false
    /// Whether pages are left behind and fetched on demand.
    package var lazyPages = false
    /// Gets a byte as soon as the pages can be fetched; nil for nobody.
    package var statusDescriptor: Int32?
    /// Where pages are sent instead of being written; nil for nowhere.
    package var pageServer: (address: String, port: Int32)?
    /// Whether there may be file locks.
    package var fileLocks = false
    /// Whether only the memory is written, and the container goes on.
    package var memoryOnly = false
    /// What of the control groups is kept.
    package var groupsMode = GroupsMode.usual
    /// Whether pages that are in the new images leave the old ones.
    package var autoDedup = false
    /// `TYPE:NAME` of a security module's profile for the restored processes; empty for the one they had.
    package var lsmProfile = ""
    /// A label for the restored mounts; empty for the one they had.
    package var lsmMountContext = ""

    package init(imagePath: String) { self.imagePath = imagePath }

    /// What criu keeps of control groups. criu(8), --manage-cgroups.
    package enum GroupsMode: UInt64 {
        case ignore = 0
        case soft = 3
        case full = 4
        case strict = 5
        case usual = 6

        /// By its word on the command line; nil for what is none.
        package init?(word: String) {
            switch word {
            case "": self = .usual
            case "ignore": self = .ignore
            case "soft": self = .soft
            case "full": self = .full
            case "strict": self = .strict
            default: return nil
            }
        }
    }

    /// Where criu writes its log.
    func logPath(_ name: String) -> String { (workPath.isEmpty ? imagePath : workPath) + "/" + name }
}
