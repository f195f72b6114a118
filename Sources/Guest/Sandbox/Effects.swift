package import JSON
package import Linux
package import Policy

/// What a layer device is, as read and computed from the device itself.
package struct LayerDescription: Equatable {
    /// Lower-case hexadecimal, computed from the device's hash tree and salt.
    package var rootHash: String
    /// The tree's layout, with which the device is opened if it is allowed.
    package var verity: VerityParameters
    /// By the superblock's magic number.
    package var filesystem: LayerFilesystem

    package init(rootHash: String, verity: VerityParameters, filesystem: LayerFilesystem) {
        self.rootHash = rootHash
        self.verity = verity
        self.filesystem = filesystem
    }
}

/// The container's side of a process's streams; nil is /dev/null.
package struct ChildStreams: ~Copyable {
    /// End of a pipe that the process reads.
    package var input: Descriptor?
    /// End of a pipe that the process writes.
    package var output: Descriptor?
    /// End of a pipe that the process writes.
    package var error: Descriptor?

    package init() {
        input = nil
        output = nil
        error = nil
    }
}

/// A process that the runtime has made.
package struct MadeProcess: ~Copyable {
    /// Its id in the guest's own pid namespace.
    package let processID: Int32
    /// The master side of its terminal, when it has one.
    package var console: Descriptor?

    package init(processID: Int32, console: consuming Descriptor?) {
        self.processID = processID
        self.console = console
    }
}

/// Everything the Sandbox does to the machine, as functions: the seam at which tests see what would be done.
///
/// All that change anything take a permit and read their parameters from it. The others only look, or prepare paths
/// that the Sandbox itself has chosen.
package struct Effects {
    // Disks and layers.
    /// The node of a disk, for instance `/dev/vda`; waits a while for one that is not there yet.
    package var findDisk: (_ controller: UInt8, _ lun: UInt8) throws(EffectError) -> String
    /// Reads what is needed to judge a layer; the device is the host's, and nothing is mounted.
    package var inspectLayer: (_ devicePath: String) throws(EffectError) -> LayerDescription
    /// Opens verity with the permit's root hash and mounts the layer; after an error nothing of it is left.
    package var mountDevice: (consuming Permit<MountDevice>) throws(EffectError) -> Void
    /// Unmounts a layer and closes its verity device.
    package var unmountDevice: (consuming Permit<UnmountDevice>) throws(EffectError) -> Void
    /// Formats the disk, whatever is on it, and mounts it; encrypted if the permit says so.
    package var mountScratch: (consuming Permit<MountScratch>) throws(EffectError) -> Void
    /// Unmounts scratch; the key of an encrypted one is gone with it.
    package var unmountScratch: (consuming Permit<UnmountScratch>) throws(EffectError) -> Void
    /// Assembles a root file system; after an error nothing of it is left.
    package var mountOverlay: (consuming Permit<MountOverlay>) throws(EffectError) -> Void
    /// Takes a root file system apart; what was written stays on scratch.
    package var unmountOverlay: (consuming Permit<UnmountOverlay>) throws(EffectError) -> Void

    // Pods.
    /// Makes the pod's namespaces, and its pause where the policy shares processes.
    package var prepareSandbox: (consuming Permit<PrepareSandbox>) throws(EffectError) -> Void
    /// Lets go of the pod's namespaces; no error when there is no such pod.
    package var removeSandbox: (_ sandboxID: String) throws(EffectError) -> Void
    /// Mounts a tmpfs on a directory that exists.
    package var mountMemoryVolume: (consuming Permit<MountMemoryVolume>) throws(EffectError) -> Void
    /// Unmounts it, and what is in it is gone.
    package var unmountMemoryVolume: (_ target: String) throws(EffectError) -> Void
    /// Moves the machine's interface into the pod's network namespace and configures it there.
    package var configureNetwork: (consuming Permit<ConfigureNetwork>) throws(EffectError) -> Void

    // Containers.
    /// Makes a container whose program waits; the streams' ends are closed in this process in any case.
    package var createContainer:
        (consuming Permit<CreateContainer>, consuming ChildStreams) throws(EffectError) -> MadeProcess
    /// Lets the program run; gives the error of its execve.
    package var startContainer: (consuming Permit<StartContainer>) throws(EffectError) -> Void
    /// Runs a further process in a running container; it runs when this returns.
    package var executeProcess:
        (consuming Permit<ExecuteProcess>, consuming ChildStreams) throws(EffectError) -> MadeProcess
    /// Signals the first process, or one that `executeProcess` has made.
    package var signalProcess: (consuming Permit<SignalProcess>) throws(EffectError) -> Void
    /// Signals the first process and does not wait for its end.
    package var shutdownContainer: (consuming Permit<ShutdownContainer>) throws(EffectError) -> Void
    /// Removes the control group, and with it processes that are left; the first one must have ended.
    package var deleteContainer: (consuming Permit<DeleteContainer>) throws(EffectError) -> Void
    /// All of the new limits, or after an error none.
    package var updateConstraints: (consuming Permit<UpdateConstraints>) throws(EffectError) -> Void
    /// `ProcessList` and `LCOWMetrics` of a container, or of all containers of a pod.
    package var properties: (consuming Permit<GetProperties>) throws(EffectError) -> JSON
    /// Calls back with the number of processes that were killed for want of memory, whenever it has grown.
    package var watchMemory:
        (_ containerID: String, _ killed: @escaping (UInt64) -> Void) throws(EffectError) -> Void
    /// All that its control group has counted since it was made.
    package var outOfMemoryKills: (_ containerID: String) throws(EffectError) -> UInt64
    /// Kills what is left of a container whose init has ended, where the kernel does not.
    package var endRemaining: (_ containerID: String) throws(EffectError) -> Void

    // Files below the guest's own directories, and inside a container's root file system.
    /// A regular file inside a container's root file system, at most 1 MiB; nil when there is none. Links
    /// stay inside.
    package var readFile: (_ root: String, _ path: String) throws(EffectError) -> [UInt8]?
    /// The mode is not masked; missing parents get 0755, and a directory that exists keeps its own.
    package var makeDirectory: (_ path: String, _ mode: UInt32) throws(EffectError) -> Void
    /// Replaces the whole file, mode 0644; the directory must exist.
    package var writeFile: (_ path: String, _ contents: [UInt8]) throws(EffectError) -> Void
    /// Removes a directory and all below it on its file system, following no link; no error when it is not
    /// there.
    package var removeTree: (_ path: String) throws(EffectError) -> Void

    // The outside.
    /// HOST_DATA of this machine's own report, 32 bytes.
    package var hostData: () throws(EffectError) -> [UInt8]
    /// Listens on `attestation.sock` in the directory until `endEvidence`.
    package var serveEvidence: (_ directory: String) throws(EffectError) -> Void
    /// Closes the socket; nothing when there is none.
    package var endEvidence: (_ directory: String) -> Void
    /// Connects to the host's vsock port.
    package var dial: (_ port: UInt32) throws(EffectError) -> Descriptor
    /// Exactly `size` bytes from the host's vsock port; an error when they end early or stop for a minute.
    package var receive: (_ port: UInt32, _ size: Int) throws(EffectError) -> [UInt8]
    /// From now on the log goes to the host too, and first the lines that were kept. A host that does not
    /// listen is no error.
    package var allowLogging: (consuming Permit<RuntimeLogging>) -> Void
    /// Writes a line to the guest's log.
    package var log: (String) -> Void
    /// From the kernel's generator. getrandom(2).
    package var randomBytes: (_ count: Int) throws(EffectError) -> [UInt8]
    /// What this process itself uses, in lines for a person.
    package var ownFigures: () throws(EffectError) -> [String]
    /// Ends the machine.
    package var powerOff: () -> Void
}
