internal import CLinux
internal import Linux

/// A compiled policy that runs as a child process: sealed, without privileges, file system or network, under a
/// filter that lets it read, write and end. Requests and answers are frames: 4 bytes length, little endian, then JSON.
final class DetachedPlugin {
    /// Longest answer that is accepted, in bytes.
    static let answerLimit = 4 << 20
    /// How long an answer may take.
    static let timeout = 30_000
    /// Address space of the child.
    static let memoryLimit: UInt64 = 512 << 20

    private let channel: Descriptor
    private let process: Descriptor
    private let milliseconds: Int

    private init(channel: consuming Descriptor, process: consuming Descriptor, timeout: Int) {
        self.channel = channel
        self.process = process
        milliseconds = timeout
    }

    /// Starts the executable. Its bytes are sealed first, so that what was hashed is what runs.
    static func launch(_ executable: [UInt8], timeout: Int = timeout) throws(PluginError) -> PolicyPlugin {
        let image = try sealed(executable)
        var ends: (Int32, Int32) = (0, 0)
        let result = withUnsafeMutableBytes(of: &ends) {
            coffer_socketpair($0.bindMemory(to: Int32.self).baseAddress)
        }
        try check(Int(result), "socketpair")
        let ours = Descriptor(owning: ends.0)
        let theirs = Descriptor(owning: ends.1)
        var child: Int32 = 0
        var process: Int32 = -1
        var step: Int32 = 0
        let spawned = coffer_plugin_spawn(image.raw, theirs.raw, memoryLimit, &child, &process, &step)
        if spawned < 0 { throw .system(step: name(ofStep: step), code: Int32(truncatingIfNeeded: -spawned)) }
        let host = DetachedPlugin(
            channel: ours, process: Descriptor(owning: process), timeout: timeout)
        return PolicyPlugin(
            evaluate: { (request) throws(PluginError) in try host.evaluate(request) }, end: { host.kill() })
    }

    private static func sealed(_ executable: [UInt8]) throws(PluginError) -> Descriptor {
        let image = Descriptor(
            owning: Int32(try check(Int(coffer_sealable_memory("policy-plugin")), "memfd_create")))
        var written = 0
        while written < executable.count {
            let count = executable.withUnsafeBytes { bytes in
                Int(write(image.raw, bytes.baseAddress.map { $0 + written }, bytes.count - written))
            }
            if count <= 0 { throw .system(step: "write", code: coffer_errno()) }
            written += count
        }
        try check(Int(coffer_seal(image.raw)), "seal")
        return image
    }

    @discardableResult
    private static func check(_ result: Int, _ step: String) throws(PluginError) -> Int {
        if result < 0 { throw .system(step: step, code: Int32(truncatingIfNeeded: -result)) }
        return result
    }

    private static func name(ofStep step: Int32) -> String {
        switch UInt32(bitPattern: step) {
        case COFFER_PLUGIN_FORK.rawValue: return "fork"
        case COFFER_PLUGIN_DESCRIPTORS.rawValue: return "arranging descriptors"
        case COFFER_PLUGIN_NAMESPACES.rawValue: return "unshare"
        case COFFER_PLUGIN_LIMITS.rawValue: return "setrlimit"
        case COFFER_PLUGIN_CREDENTIALS.rawValue: return "giving up privileges"
        case COFFER_PLUGIN_NO_NEW_PRIVILEGES.rawValue: return "no_new_privs"
        case COFFER_PLUGIN_SECCOMP.rawValue: return "installing the system call filter"
        case COFFER_PLUGIN_EXEC.rawValue: return "execveat of the compiled policy"
        default: return "unknown step"
        }
    }

    /// Kills the child; the reaper of PID 1 takes what is left.
    private func kill() { _ = coffer_pidfd_send_signal(process.raw, SIGKILL) }

    // MARK: - One question

    private func evaluate(_ request: [UInt8]) throws(PluginError) -> [UInt8] {
        let deadline = EventLoop.now() + UInt64(milliseconds)
        // Nothing may be waiting: an answer nobody asked for would be taken for the next one.
        if coffer_wait_ready(channel.raw, 0, 0) != 0 { throw try unaskedFor() }
        let length = UInt32(truncatingIfNeeded: request.count)
        try send(Self.header(length) + request, before: deadline)
        let header = try receive(4, before: deadline)
        var size = 0
        for (index, byte) in header.enumerated() { size |= Int(byte) << (8 * index) }
        if size > Self.answerLimit { throw .answerTooLarge(bytes: size) }
        return try receive(size, before: deadline)
    }

    private static func header(_ length: UInt32) -> [UInt8] {
        [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: length >> $0) }
    }

    /// Tells an ended child from one that talks out of turn.
    private func unaskedFor() throws(PluginError) -> PluginError {
        var byte: UInt8 = 0
        return coffer_loop_read(channel.raw, &byte, 1) > 0
            ? .malformed("bytes that nobody asked for") : .ended
    }

    private func send(_ bytes: [UInt8], before deadline: UInt64) throws(PluginError) {
        var sent = 0
        while sent < bytes.count {
            try wait(writing: true, before: deadline)
            let count = bytes.withUnsafeBytes { buffer in
                Int(coffer_loop_write(channel.raw, buffer.baseAddress.map { $0 + sent }, buffer.count - sent))
            }
            if count == -Int(EAGAIN) || count == -Int(EINTR) { continue }
            if count == -Int(EPIPE) || count == -Int(ECONNRESET) { throw .ended }
            sent += try Self.check(count, "write to the plugin")
        }
    }

    private func receive(_ size: Int, before deadline: UInt64) throws(PluginError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: size)
        var received = 0
        while received < size {
            try wait(writing: false, before: deadline)
            let count = bytes.withUnsafeMutableBytes { buffer in
                Int(coffer_loop_read(channel.raw, buffer.baseAddress.map { $0 + received }, size - received))
            }
            if count == -Int(EAGAIN) || count == -Int(EINTR) { continue }
            if count == 0 || count == -Int(ECONNRESET) { throw .ended }
            received += try Self.check(count, "read from the plugin")
        }
        return bytes
    }

    private func wait(writing: Bool, before deadline: UInt64) throws(PluginError) {
        while true {
            let now = EventLoop.now()
            if now >= deadline { throw .timeout(milliseconds: milliseconds) }
            let ready = coffer_wait_ready(channel.raw, writing ? 1 : 0, Int32(clamping: deadline - now))
            if ready == -Int(EINTR) || ready == 0 { continue }
            try Self.check(Int(ready), "poll")
            return
        }
    }
}
