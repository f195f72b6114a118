internal import Linux
package import OCI

/// How the maker wants the construction done; what a front end may choose besides the specification.
package struct ConstructionOptions {
    /// A session keyring of the container's own.
    package var newKeyring = true
    /// Descriptors 3 and up that the program keeps.
    package var preservedDescriptors: Int32 = 0
    /// Adds HOME from the container's /etc/passwd when the environment has none.
    package var completesHome = false
    /// For a further process: groups below the container's, each a path or, with version 1, `controllers:path`.
    package var subgroups: [String] = []
    /// Capabilities that this kernel does not have, and letters of device rules that are no access, are warned of, and not
    /// refused; nothing more is allowed for them.
    package var warnsOfUnknownWords = false
    /// The terminal hands line feeds on as they are: somebody shows them on a terminal of their own.
    package var keepsLineFeeds = false
    /// Whether systemd makes the control group, as a scope of its own.
    package var usesSystemd = false
    /// Whether the container gets a control group.
    package var usesControlGroups = true
    /// Whether there may be less than root has.
    package var rootless = RootlessMode.never
    /// The root file system is moved on top of the old one: pivot_root is not to be used.
    package var avoidsPivot = false
    /// What the specification does not separate is the machine's: without a mount namespace the container's mounts are made
    /// among its maker's, without a cgroup namespace all control groups are shown.
    package var sharesMachine = false
    /// Hands the seccomp notification descriptor over to who answers, as soon as there is one: what the stage still has to
    /// do may wait for an answer. The text of a failure comes back.
    package var handOver: (@Sendable (SharedDescriptor, OCI.Seccomp, OCI.State) -> String?)?
    /// Whether a container may be made that can never be started, because its specification has no process. runtime.md,
    /// Create.
    package var allowsNoProcess = false
    /// Makes a place for a socket in the container's state directory, for the command line to show it to the container.
    package var hasNotifyDirectory = false
    /// Whether annotations of the specification that ask something of the runtime are heard; else they are only passed on.
    package var followsAnnotations = false
    /// Whether the maker starts the program as soon as it can: then what has still to be done when the root is there is done
    /// while the maker writes the container down, and an error of it is one of the start.
    package var startsAtOnce = false
    /// Gets what the caller should know and no error says.
    package var warn: (@Sendable (String) -> Void)?
    /// Gets what is being done.
    package var debug: (@Sendable (String) -> Void)?

    package init() {}
}

/// What a stage waits for before it runs the program.
enum StartGate {
    /// A message on its channel.
    case channel
    /// One byte on a FIFO that another process of the runtime opens by name.
    case fifo(SharedDescriptor)
    /// Nothing.
    case none
}

/// Everything that was opened for the stage before the clone. The child gets it by being a copy of its maker.
final class Preparation {
    let options: ConstructionOptions
    /// The root file system as a mount that is attached nowhere yet.
    let root: PreparedMount?
    /// One per mount of the plan; nil where the stage makes the mount itself.
    let binds: [PreparedMount?]
    /// One per device of the plan where none can be made; nil where the stage makes the node itself.
    let devices: [PreparedMount?]
    let namespaces: [PreparedNamespace]
    /// The container's control group for a bind mount of it where there is no cgroup namespace.
    let controlGroup: ControlGroupMounts
    /// Where the process writes itself into control groups of version 1.
    let legacyGroups: [LegacyGroup]
    /// What the program gets as 0, 1 and 2; nil is /dev/null. Unused with a terminal.
    var streams: [SharedDescriptor?]
    let gate: StartGate
    /// Who makes the container's network namespace, if it gets a new one.
    var network = NewNetwork.none
    /// What hooks write to.
    var hookStreams = HookStreams.kept
    /// For a further process of a container without mounts of its own: its root directory.
    var changedRoot: SharedDescriptor?

    init(
        options: ConstructionOptions, root: PreparedMount?, binds: [PreparedMount?],
        devices: [PreparedMount?], namespaces: [PreparedNamespace], controlGroup: ControlGroupMounts,
        legacyGroups: [LegacyGroup], streams: [SharedDescriptor?], gate: StartGate
    ) {
        self.options = options
        self.root = root
        self.binds = binds
        self.devices = devices
        self.namespaces = namespaces
        self.controlGroup = controlGroup
        self.legacyGroups = legacyGroups
        self.streams = streams
        self.gate = gate
    }

    /// Whether a namespace of that kind is joined.
    func joins(_ kind: NamespaceKinds) -> Bool { namespaces.contains { $0.kind == kind } }
}

/// An open namespace to join.
struct PreparedNamespace {
    let kind: NamespaceKinds
    let file: SharedDescriptor
}

/// The open list of threads of a control group of version 1.
struct LegacyGroup {
    let path: String
    let file: SharedDescriptor
}

/// What is shown at a `cgroup` mount, by the host's layout.
enum ControlGroupMounts {
    /// The one hierarchy of cgroup v2: the container's group, used when it has no cgroup namespace.
    case unified(group: PreparedMount?)
    /// Hierarchies of cgroup v1: directory name and the container's group in it.
    case legacy([(name: String, group: PreparedMount)])
    /// No control groups at all.
    case none
}
