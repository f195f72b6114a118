package import JSON
package import Linux
package import Policy

/// What a layer device is, as read and computed from the device itself.
package struct LayerDescription: Equatable {
    package var rootHash: String
    package var verity: VerityParameters
    package var filesystem: LayerFilesystem

    package init(rootHash: String, verity: VerityParameters, filesystem: LayerFilesystem) {
        self.rootHash = rootHash
        self.verity = verity
        self.filesystem = filesystem
    }
}

/// The container's side of a process's streams; nil is /dev/null.
package struct ChildStreams: ~Copyable {
    package var input: Descriptor?
    package var output: Descriptor?
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
    package var findDisk: (_ controller: UInt8, _ lun: UInt8) throws(EffectError) -> String
    package var inspectLayer: (_ devicePath: String) throws(EffectError) -> LayerDescription
    package var mountDevice: (consuming Permit<MountDevice>) throws(EffectError) -> Void
    package var unmountDevice: (consuming Permit<UnmountDevice>) throws(EffectError) -> Void
    package var mountScratch: (consuming Permit<MountScratch>) throws(EffectError) -> Void
    package var unmountScratch: (consuming Permit<UnmountScratch>) throws(EffectError) -> Void
    package var mountOverlay: (consuming Permit<MountOverlay>) throws(EffectError) -> Void
    package var unmountOverlay: (consuming Permit<UnmountOverlay>) throws(EffectError) -> Void

    // Pods.
    package var prepareSandbox: (consuming Permit<PrepareSandbox>) throws(EffectError) -> Void
    package var removeSandbox: (_ sandboxID: String) throws(EffectError) -> Void
    package var mountMemoryVolume: (consuming Permit<MountMemoryVolume>) throws(EffectError) -> Void
    package var unmountMemoryVolume: (_ target: String) throws(EffectError) -> Void
    package var configureNetwork: (consuming Permit<ConfigureNetwork>) throws(EffectError) -> Void

    // Containers.
    package var createContainer:
        (consuming Permit<CreateContainer>, consuming ChildStreams) throws(EffectError) -> MadeProcess
    package var startContainer: (consuming Permit<StartContainer>) throws(EffectError) -> Void
    package var executeProcess:
        (consuming Permit<ExecuteProcess>, consuming ChildStreams) throws(EffectError) -> MadeProcess
    package var signalProcess: (consuming Permit<SignalProcess>) throws(EffectError) -> Void
    package var shutdownContainer: (consuming Permit<ShutdownContainer>) throws(EffectError) -> Void
    package var deleteContainer: (consuming Permit<DeleteContainer>) throws(EffectError) -> Void
    package var updateConstraints: (consuming Permit<UpdateConstraints>) throws(EffectError) -> Void
    package var properties: (consuming Permit<GetProperties>) throws(EffectError) -> JSON
    /// Calls back with the number of processes that were killed for want of memory, whenever it has grown.
    package var watchMemory:
        (_ containerID: String, _ killed: @escaping (UInt64) -> Void) throws(EffectError) -> Void
    package var outOfMemoryKills: (_ containerID: String) throws(EffectError) -> UInt64
    /// Kills what is left of a container whose init has ended, where the kernel does not.
    package var endRemaining: (_ containerID: String) throws(EffectError) -> Void

    // Files below the guest's own directories, and inside a container's root file system.
    package var readFile: (_ root: String, _ path: String) throws(EffectError) -> [UInt8]?
    package var makeDirectory: (_ path: String, _ mode: UInt32) throws(EffectError) -> Void
    package var writeFile: (_ path: String, _ contents: [UInt8]) throws(EffectError) -> Void
    package var removeTree: (_ path: String) throws(EffectError) -> Void

    // The outside.
    package var hostData: () throws(EffectError) -> [UInt8]
    package var serveEvidence: (_ directory: String) throws(EffectError) -> Void
    package var endEvidence: (_ directory: String) -> Void
    package var dial: (_ port: UInt32) throws(EffectError) -> Descriptor
    package var receive: (_ port: UInt32, _ size: Int) throws(EffectError) -> [UInt8]
    package var allowLogging: (consuming Permit<RuntimeLogging>) -> Void
    package var log: (String) -> Void
    package var randomBytes: (_ count: Int) throws(EffectError) -> [UInt8]
    /// What this process itself uses, in lines for a person.
    package var ownFigures: () throws(EffectError) -> [String]
    package var powerOff: () -> Void
}
