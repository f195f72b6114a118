internal import CLinux
internal import JSON
internal import Linux
internal import OCI

/// Runs hooks one after another, each with the container's state on its standard input. The first that fails is an
/// error, and those after it do not run. config.md, POSIX-platform Hooks.
///
/// - Parameters:
///   - environment: for hooks that have none of their own; nil for this process's.
///   - streams: what they write to.
func runHooks(
    _ hooks: [OCI.Hook], named name: String, state: JSON, environment: [String]? = nil,
    streams: HookStreams
) throws(RuntimeError) {
    for (index, hook) in hooks.enumerated() {
        let failure = try runHook(hook, name, index, state, environment, streams)
        if let failure { throw .hook("error running \(name) hook #\(index): \(failure.text)") }
    }
}

/// Runs hooks of a container that is gone: one that fails is a warning, and the next one runs. runtime.md, Lifecycle.
func runLastHooks(
    _ hooks: [OCI.Hook], named name: String, state: JSON, streams: HookStreams, warn: (String) -> Void
) {
    for (index, hook) in hooks.enumerated() {
        do throws(RuntimeError) {
            let failure = try runHook(hook, name, index, state, nil, streams)
            guard let failure else { continue }
            let code = failure.status.map { " with exit code \($0)" } ?? ""
            warn("\(name) hook failed\(code): error running \(name) hook #\(index): \(failure.text)")
        } catch {
            warn("\(name) hook failed: \(error)")
        }
    }
}

/// How a hook failed.
private struct HookFailure {
    let text: String
    /// Absent for one that did not end by itself.
    var status: Int32?
}

/// Runs one hook; nil is success. Name and index are for the error when it cannot be started.
private func runHook(
    _ hook: OCI.Hook, _ name: String, _ index: Int, _ state: JSON, _ environment: [String]?,
    _ streams: HookStreams
) throws(RuntimeError) -> HookFailure? {
    guard hook.path.utf8.first == UInt8(ascii: "/"), !hook.path.utf8.contains(0) else {
        throw .refused("hooks.\(name)[\(index)].path: expected an absolute path, found \"\(hook.path)\"")
    }
    let outcome: HookOutcome
    let words: String
    do throws(Errno) {
        let output = try HookOutput()
        outcome = try run(
            hook, input: state.serialized(), output, streams,
            hook.env.isEmpty ? environment ?? ownEnvironment() : hook.env)
        words = try output.text()
    } catch {
        throw .hook("error running \(name) hook #\(index): \(hook.path): \(lowercasedText(error))")
    }
    return switch outcome {
    case .exited(0): nil
    case .exited(let status): HookFailure(text: "exit status \(status)\(words)", status: status)
    case .killed(let signal): HookFailure(text: "signal: \(signalText(signal))\(words)")
    case .timedOut:
        HookFailure(text: "hook ran past specified timeout of \(hook.timeout ?? 0).0s")
    }
}

/// How a hook ended.
private enum HookOutcome {
    case exited(Int32)
    case killed(Int32)
    case timedOut
}

/// What a signal does, as programs in Go say it.
private func signalText(_ number: Int32) -> String {
    guard let text = strsignal(number) else { return "\(number)" }
    let words = String(cString: text)
    return String(words.prefix(1)).lowercased() + words.dropFirst()
}

/// What a hook writes, kept for the error that says it failed.
private struct HookOutput: ~Copyable {
    let file: Descriptor

    init() throws(Errno) {
        file = try descriptorOrErrno(coffer_memfd_create("hook", UInt32(MFD_CLOEXEC)))
    }

    /// The beginning of it, as the end of an error's text.
    borrowing func text() throws(Errno) -> String {
        if lseek(file.raw, 0, SEEK_SET) < 0 { throw Errno(coffer_errno()) }
        var bytes = try file.read(upTo: 2048)
        while bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        return bytes.isEmpty ? "" : ", output: " + String(decoding: bytes, as: UTF8.self)
    }
}

/// Starts one hook, feeds it and waits for it.
private func run(
    _ hook: OCI.Hook, input: [UInt8], _ output: borrowing HookOutput, _ streams: HookStreams,
    _ variables: [String]
) throws(Errno) -> HookOutcome {
    // The state is small and goes into a file without a name: no writer that could block.
    let file = try descriptorOrErrno(coffer_memfd_create("state", UInt32(MFD_CLOEXEC)))
    try file.write(input)
    if lseek(file.raw, 0, SEEK_SET) < 0 { throw Errno(coffer_errno()) }
    let arguments = CStringArray(hook.args.isEmpty ? [hook.path] : hook.args)
    let environment = CStringArray(variables)
    let numbers = [
        file.raw, streams.output?.descriptor.raw ?? output.file.raw,
        streams.error?.descriptor.raw ?? output.file.raw,
    ]
    guard let child = try clone([], into: nil) else {
        becomeHook(hook.path, numbers, arguments, environment)
    }
    let waited = coffer_poll_one(child.pidfd.raw, Int16(POLLIN), milliseconds(hook.timeout))
    var status: Int32 = 0
    if waited == 0 {
        try valueOrErrno(coffer_pidfd_send_signal(child.pidfd.raw, SIGKILL))
        try valueOrErrno(coffer_wait_pid(child.pid, &status, 0))
        return .timedOut
    }
    try valueOrErrno(coffer_wait_pid(child.pid, &status, 0))
    return coffer_wifexited(status) != 0
        ? .exited(coffer_wexitstatus(status)) : .killed(coffer_wtermsig(status))
}

private func milliseconds(_ seconds: Int?) -> Int32 {
    guard let seconds else { return -1 }
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1000)
    return overflow ? -1 : Int32(clamping: product)
}

/// In the child: the hook's standard streams, then the hook.
private func becomeHook(
    _ path: String, _ streams: [Int32], _ arguments: CStringArray, _ environment: CStringArray
) -> Never {
    coffer_reset_signals(coffer_ignored_signals())
    if coffer_duplicate_to(streams[0], 0) >= 0 && coffer_duplicate_to(streams[1], 1) >= 0
        && coffer_duplicate_to(streams[2], 2) >= 0 && coffer_close_range(3, UInt32.max, 4) >= 0
    {
        let result = coffer_execve(path, arguments.pointers, environment.pointers)
        coffer_exit_now(result == -Int(ENOENT) ? 127 : 126)
    }
    fatalExit()
}

extension Stage {
    /// Runs hooks inside the container's namespaces.
    borrowing func runHooks(
        _ hooks: [OCI.Hook], named name: String, status: String, environment: [String]? = nil
    ) throws(RuntimeError) {
        if hooks.isEmpty { return }
        try Runtime.runHooks(
            hooks, named: name, state: plan.state(status, pid: getpid()).json, environment: environment,
            streams: preparation.hookStreams)
    }
}
