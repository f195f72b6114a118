internal import Foundation

/// The emulator on this host, and whether its hardware virtualisation really works.
package enum Emulator {
    /// The program, looked for in PATH.
    package static let name = "qemu-system-x86_64"

    /// The emulator's path, from PATH.
    package static func find() throws(MachineError) -> String {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        for directory in path.split(separator: ":") {
            let candidate = "\(directory)/\(name)"
            if access(candidate, X_OK) == 0 { return candidate }
        }
        throw .emulatorNotFound(name: name)
    }

    /// `kvm` when a kernel was seen to run with it, else `tcg`.
    ///
    /// A /dev/kvm that can be opened proves little: under some software hypervisors a stock kernel stops in its
    /// decompressor. So the probe boots the given kernel without a root, waits for its panic and the reboot that
    /// follows, and keeps the answer for as long as the host runs. `COFFER_ACCELERATOR` (kvm, tcg) overrides it.
    package static func bestAccelerator(_ emulator: String, _ kernel: String) -> Accelerator {
        if let wish = ProcessInfo.processInfo.environment["COFFER_ACCELERATOR"].flatMap(Accelerator.init) {
            return wish
        }
        guard access("/dev/kvm", R_OK | W_OK) == 0 else { return .tcg }
        if let known = ProbeCache.read() { return known }
        let answer: Accelerator = runs(emulator, kernel) ? .kvm : .tcg
        ProbeCache.write(answer)
        return answer
    }

    /// Boots the kernel with hardware virtualisation; true when it came as far as restarting the machine.
    private static func runs(_ emulator: String, _ kernel: String) -> Bool {
        let log = NSTemporaryDirectory() + "/coffer-kvm-probe-\(getpid()).log"
        defer { unlink(log) }
        let arguments = [
            "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot", "-machine", "q35", "-accel",
            "kvm",
            "-cpu", "host", "-m", "256M", "-kernel", kernel, "-append", "panic=-1 quiet",
        ]
        guard let probe = try? ChildProcess(executable: emulator, arguments: arguments, output: log) else {
            return false
        }
        let status = probe.wait(deadline: .after(seconds: 10))
        probe.signal(SIGKILL)
        _ = probe.wait()
        return status == .exited(0)
    }
}

/// The probe's answer, kept per boot of the host.
private enum ProbeCache {
    private static var path: String? {
        guard let boot = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
        else {
            return nil
        }
        let environment = ProcessInfo.processInfo.environment
        let cache =
            environment["XDG_CACHE_HOME"] ?? (environment["HOME"] ?? NSTemporaryDirectory()) + "/.cache"
        return "\(cache)/coffer/kvm-\(boot.trimmingCharacters(in: .whitespacesAndNewlines))"
    }

    static func read() -> Accelerator? {
        guard let path, let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        return Accelerator(rawValue: text)
    }

    /// A cache that cannot be written only costs the next probe.
    static func write(_ answer: Accelerator) {
        guard let path else { return }
        let directory = (path as NSString).deletingLastPathComponent
        try? FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try? answer.rawValue.write(toFile: path, atomically: true, encoding: .utf8)
    }
}
