internal import CLinux
internal import Linux
package import OCI

extension ControlGroup {
    /// Changes limits, all or none: when one cannot be set, those that were get back what they were. Gives what they were,
    /// for `restore`.
    @discardableResult
    package func change(_ resources: OCI.Resources) throws(RuntimeError) -> [FormerSetting] {
        var former: [FormerSetting] = []
        do throws(RuntimeError) {
            try apply(resources) { path, value throws(RuntimeError) in
                guard let text = try readSetting(path) else { return }
                if let setting = FormerSetting(path: path, text: text, written: value) {
                    former.append(setting)
                }
            }
        } catch {
            try restore(former, after: error)
            throw error
        }
        return former
    }

    /// Sets limits back, each as far as it can be. What cannot be is added to the error that is the reason.
    func restore(_ former: [FormerSetting], after first: RuntimeError) throws(RuntimeError) {
        var remains: [String] = []
        for setting in former.reversed() {
            do throws(RuntimeError) {
                try writeSetting(setting.path, setting.value)
            } catch {
                remains.append(error.description)
            }
        }
        if remains.isEmpty { return }
        throw .refused(
            "\(first); and what was set before could not be taken back: \(remains.joined(separator: "; "))")
    }

    /// Writes limits; a missing file is an error only for a limit that was asked for.
    ///
    /// - Parameter before: called with each file's path and value before it is written.
    package func apply(
        _ resources: OCI.Resources, before: (String, String) throws(RuntimeError) -> Void = { _, _ in }
    ) throws(RuntimeError) {
        if layout.isUnified {
            guard let directory = unifiedDirectory else { return }
            var bfq = false
            if resources.blockIO?.hasWeights == true {
                bfq = try readSetting(directory + "/io.bfq.weight") != nil
            }
            for setting in try unifiedSettings(resources, fairQueueing: bfq) {
                try before(directory + "/" + setting.file, setting.value)
                try write(setting, below: directory)
            }
            return
        }
        for setting in try ordered(try legacySettings(resources)) {
            let controller = String(setting.file.split(separator: ".")[0])
            guard let directory = legacyDirectory(controller) else {
                if setting.mayBeMissing { continue }
                throw .refused(
                    "linux.resources: this machine has no \(controller) controller for \(setting.file)")
            }
            try before(directory + "/" + setting.file, setting.value)
            try write(setting, below: directory)
        }
    }

    /// A file that is not there may be the kernel's, or stand for a whole controller that is missing.
    private func write(_ setting: ControlGroupSetting, below directory: String) throws(RuntimeError) {
        do throws(RuntimeError) {
            try writeSetting(directory + "/" + setting.file, setting.value)
        } catch {
            guard case .failed(.writeLimit, let errno, _) = error, errno.code == ENOENT else { throw error }
            if setting.mayBeMissing { return }
            let controller = String(setting.file.split(separator: ".")[0])
            if !layout.isUnified || controller == "cgroup" { throw error }
            let present = try words(readSetting(directory + "/cgroup.controllers") ?? [])
            if present.contains(controller) { throw error }
            throw .refused(
                "linux.resources: the requested cgroup controller `\(controller)` is not available for \(setting.file)"
            )
        }
    }

    /// Refuses a memory limit that what is in use already exceeds, if that was asked for: the kernel's answer would be
    /// to kill. config-linux.md, checkBeforeUpdate; cgroup v1 refuses by itself.
    func checkUse(_ resources: OCI.Resources) throws(RuntimeError) {
        guard let memory = resources.memory, memory.checkBeforeUpdate == true, layout.isUnified,
            let limit = memory.limit, limit > 0
        else { return }
        let numbers = try statistics()
        let usage = numbers.memoryUsage
        if let swap = memory.swap, swap > 0, UInt64(swap) <= usage &+ numbers.swapUsage {
            throw .refused(
                "rejecting memory+swap limit \(swap) <= usage \(usage &+ numbers.swapUsage)")
        }
        if UInt64(limit) <= usage {
            throw .refused("rejecting memory limit \(limit) <= usage \(usage)")
        }
    }

    /// cgroup v1 wants memory's limit at or below that of memory and swap at every moment: what rises is written in
    /// the other order than what falls.
    private func ordered(_ settings: [ControlGroupSetting]) throws(RuntimeError) -> [ControlGroupSetting] {
        let (memory, swap) = ("memory.limit_in_bytes", "memory.memsw.limit_in_bytes")
        guard let first = settings.firstIndex(where: { $0.file == memory }),
            let second = settings.firstIndex(where: { $0.file == swap }),
            let wanted = Int64(settings[second].value), let directory = legacyDirectory("memory"),
            let word = words(try readSetting(directory + "/" + swap) ?? []).first, let now = Int64(word),
            wanted < 0 || wanted >= now
        else { return settings }
        var result = settings
        result.swapAt(first, second)
        return result
    }
}

extension OCI.BlockIOLimits {
    fileprivate var hasWeights: Bool { weight ?? 0 != 0 || !weightDevice.isEmpty }
}

extension ControlGroupSetting {
    /// Whether the value is what a group has anyway where nothing limits it.
    var isNoLimit: Bool { file == "pids.max" && value == "max" }

    /// Whether nothing is lost without the file: the kernel is older than it, and another one says the same less strictly.
    var mayBeMissing: Bool {
        isNoLimit || file.hasSuffix(".rsvd.max") || file.hasSuffix(".rsvd.limit_in_bytes")
    }
}
