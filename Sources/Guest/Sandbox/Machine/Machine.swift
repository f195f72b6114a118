internal import Attestation
package import Linux
internal import Policy
internal import Runtime
internal import Storage

/// The real machine behind `Effects`: disks, namespaces, containers, reports, and the host's ports.
///
/// It only holds what the effects have made and need again; what is allowed is decided before any of it is called.
package final class Machine {
    let loop: EventLoop
    let powerOff: () -> Void
    let journal: Journal
    var pods: [String: PodNamespaces] = [:]
    var containers: [String: RunningContainer] = [:]
    var evidence: [String: EvidenceServer] = [:]

    /// - Parameters:
    ///   - loop: PID 1's loop, which also serves the attestation sockets.
    ///   - console: takes lines of the log that stay in the guest.
    ///   - powerOff: ends the machine.
    package init(loop: EventLoop, console: @escaping (String) -> Void, powerOff: @escaping () -> Void) {
        self.loop = loop
        self.powerOff = powerOff
        journal = Journal(console: console)
    }

    /// Writes a line to the guest's log.
    package func log(_ line: String) { journal.write(line) }

    /// The effects on this machine.
    package func effects() -> Effects {
        Effects(
            findDisk: findDisk, inspectLayer: inspectLayer, mountDevice: mountDevice,
            unmountDevice: unmountDevice, mountScratch: mountScratch, unmountScratch: unmountScratch,
            mountOverlay: mountOverlay, unmountOverlay: unmountOverlay, prepareSandbox: prepareSandbox,
            removeSandbox: removeSandbox, mountMemoryVolume: mountMemoryVolume,
            unmountMemoryVolume: unmountMemoryVolume, configureNetwork: configureNetwork,
            createContainer: createContainer, startContainer: startContainer,
            executeProcess: executeProcess, signalProcess: signalProcess,
            shutdownContainer: shutdownContainer, deleteContainer: deleteContainer,
            updateConstraints: updateConstraints, properties: properties, watchMemory: watchMemory,
            outOfMemoryKills: outOfMemoryKills, endRemaining: endRemaining, readFile: readFile,
            makeDirectory: makeDirectory, writeFile: writeFile, removeTree: removeTree,
            hostData: hostData, serveEvidence: serveEvidence, endEvidence: endEvidence, dial: dial,
            receive: receive, allowLogging: allowLogging, log: log, randomBytes: randomBytes,
            ownFigures: ownFigures, powerOff: powerOff)
    }

    // MARK: - Errors of lower rooms, as text for the host

    func kernel<Result: ~Copyable>(
        _ step: String, _ body: () throws(Errno) -> Result
    ) throws(EffectError) -> Result {
        do throws(Errno) { return try body() } catch {
            throw EffectError("\(step): \(error.description)")
        }
    }

    func storage<Result: ~Copyable>(_ body: () throws(StorageError) -> Result) throws(EffectError) -> Result {
        do throws(StorageError) { return try body() } catch { throw EffectError(error.description) }
    }

    func runtime<Result: ~Copyable>(_ body: () throws(RuntimeError) -> Result) throws(EffectError) -> Result {
        do throws(RuntimeError) { return try body() } catch { throw EffectError(error.description) }
    }
}
