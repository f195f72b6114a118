package import Linux

/// Why a container could not be made, started, changed or removed.
package enum RuntimeError: Error, Equatable {
    /// The specification asks for something that does not exist or is not allowed; the text names the field.
    case refused(String)
    /// The kernel refused one step; the detail is the path, name or value that it was about.
    case failed(Step, Errno, detail: String)
    /// A command of the specification that fits no kernel call: not found, not executable.
    case notExecutable(String)
    /// The container is not in a state in which this can be done.
    case wrongState(String)
    /// The container's first process said something that does not fit, or ended without a word.
    case handshake(String)
    /// A hook failed.
    case hook(String)
    /// criu is missing, or could not do what it was asked.
    case criu(String)
}

extension RuntimeError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .refused(let text), .notExecutable(let text), .wrongState(let text), .handshake(let text),
            .hook(let text), .criu(let text):
            return text
        case .failed(let step, let errno, let detail):
            return step.text + (detail.isEmpty ? "" : " " + detail) + ": " + lowercasedText(errno)
        }
    }
}

/// One step of a container's construction or removal: what a failure is about, without a stack trace.
package enum Step: UInt8, Equatable {
    case readState = 1
    case writeState
    case openRoot
    case openBindSource
    case openNamespace
    case openDevice
    case createControlGroup
    case enableControllers
    case writeLimit
    case readControlGroup
    case loadDeviceFilter
    case enterControlGroup
    case setServiceClass
    case createChannel
    case cloneProcess
    case joinNamespace
    case unshareNamespace
    case writeIdMap
    case writeOOMScore
    case setSessionLeader
    case setHostname
    case setDomainname
    case bringLoopbackUp
    case makeRootPrivate
    case attachRoot
    case mountFilesystem
    case bindMount
    case makeMountPoint
    case setMountAttributes
    case copyUp
    case makeDevice
    case makeLink
    case openTerminal
    case setTerminal
    case pivotRoot
    case detachOldRoot
    case readOnlyRoot
    case readOnlyPath
    case maskPath
    case writeKernelParameter
    case joinKeyring
    case setStreams
    case setResourceLimit
    case setScheduler
    case setIOPriority
    case setPersonality
    case setMemoryPolicy
    case setAffinity
    case setNoNewPrivileges
    case installFilter
    case dropBounding
    case setGroups
    case setUser
    case setCapabilities
    case setSecurityLabel
    case changeDirectory
    case closeDescriptors
    case execute
    case sendSignal
    case waitForProcess
    case removeControlGroup
    case freeze
    case sendTerminal
    case sendNotifier
    case runHook
    case closeStreams
    case mapMountIDs
    case readUserDatabase
    case askSystemd
    case askCriu
    case openImages
}

extension Step {
    /// What was being done, as the start of a message.
    package var text: String {
        switch self {
        case .readState: "read the container's state"
        case .writeState: "write the container's state"
        case .openRoot: "open the root file system"
        case .openBindSource: "open the bind mount source"
        case .openNamespace: "open the namespace"
        case .openDevice: "open the device"
        case .createControlGroup: "create the control group"
        case .enableControllers: "enable controllers in"
        case .writeLimit: "write the limit"
        case .readControlGroup: "read the control group"
        case .loadDeviceFilter: "load the device filter"
        case .enterControlGroup: "error adding pid"
        case .setServiceClass: "set the class of service"
        case .createChannel: "create the start channel"
        case .cloneProcess: "clone the container's process"
        case .joinNamespace: "join the namespace"
        case .unshareNamespace: "leave the namespace"
        case .writeIdMap: "write the id map"
        case .writeOOMScore: "write oom_score_adj"
        case .setSessionLeader: "become a session leader"
        case .setHostname: "set the host name"
        case .setDomainname: "set the domain name"
        case .bringLoopbackUp: "bring up the loopback interface"
        case .makeRootPrivate: "set the propagation of"
        case .attachRoot: "attach the root file system"
        case .mountFilesystem: "mount"
        case .bindMount: "bind mount onto"
        case .makeMountPoint: "make the mount point"
        case .setMountAttributes: "error mounting: attributes of"
        case .copyUp: "copy up"
        case .makeDevice: "make the device node"
        case .makeLink: "make the symbolic link"
        case .openTerminal: "open a terminal"
        case .setTerminal: "set up the terminal"
        case .pivotRoot: "pivot_root"
        case .detachOldRoot: "detach the old root"
        case .readOnlyRoot: "make the root file system read-only"
        case .readOnlyPath: "make the path read-only"
        case .maskPath: "mask the path"
        case .writeKernelParameter: "write sysctl"
        case .joinKeyring: "join a session keyring"
        case .setStreams: "set up the standard streams"
        case .setResourceLimit: "error setting rlimit"
        case .setScheduler: "set the scheduler"
        case .setIOPriority: "set the I/O priority"
        case .setPersonality: "set the personality"
        case .setMemoryPolicy: "set the memory policy"
        case .setAffinity: "set the CPU affinity"
        case .setNoNewPrivileges: "set no_new_privs"
        case .installFilter: "install the seccomp filter"
        case .dropBounding: "drop the bounding capability"
        case .setGroups: "set the groups"
        case .setUser: "set the user"
        case .setCapabilities: "set the capabilities"
        case .setSecurityLabel: "set the security label"
        case .changeDirectory: "chdir to cwd"
        case .closeDescriptors: "close descriptors"
        case .execute: "exec"
        case .sendSignal: "send the signal"
        case .waitForProcess: "wait for the process"
        case .removeControlGroup: "remove the control group"
        case .freeze: "freeze or thaw"
        case .sendTerminal: "send the terminal to"
        case .sendNotifier: "send the seccomp notifier to"
        case .runHook: "run the hook"
        case .closeStreams: "close the streams"
        case .mapMountIDs: "map the ids of the mount"
        case .askSystemd: "ask systemd"
        case .askCriu: "ask criu"
        case .openImages: "open the checkpoint's"
        case .readUserDatabase: "read the container's user database"
        }
    }
}

/// Runs one kernel call and gives its failure the step and what it was about.
@discardableResult
@inline(__always)
func step<Value: ~Copyable>(
    _ step: Step, _ detail: @autoclosure () -> String = "", _ body: () throws(Errno) -> Value
) throws(RuntimeError) -> Value {
    do throws(Errno) {
        return try body()
    } catch {
        throw .failed(step, error, detail: detail())
    }
}

/// Takes back what was made before something failed: the first error is the one to report, and a second one is added to it.
func cleaningUp(after first: RuntimeError, _ body: () throws(RuntimeError) -> Void) throws(RuntimeError) {
    do throws(RuntimeError) {
        try body()
    } catch {
        throw .handshake("\(first); then what was made could not be removed: \(error)")
    }
}
