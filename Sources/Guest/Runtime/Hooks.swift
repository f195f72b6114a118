internal import CLinux
package import JSON
internal import Linux
package import OCI

/// Runs hooks one after another, each with the container's state on its standard input. The first that fails is an
/// error, and those after it do not run. config.md, POSIX-platform Hooks.
package func runHooks(_ hooks: [OCI.Hook], named name: String, state: JSON) throws(RuntimeError) {
    for (index, hook) in hooks.enumerated() {
        guard hook.path.utf8.first == UInt8(ascii: "/"), !hook.path.utf8.contains(0) else {
            throw .refused("hooks.\(name)[\(index)].path: expected an absolute path, found \"\(hook.path)\"")
        }
        let outcome: HookOutcome
        do throws(Errno) {
            outcome = try run(hook, input: state.serialized())
        } catch {
            throw .hook("error running \(name) hook #\(index): \(hook.path): \(lowercasedText(error))")
        }
        switch outcome {
        case .exited(0): continue
        case .exited(let status):
            throw .hook("error running \(name) hook #\(index): exit status \(status)")
        case .killed(let signal): throw .hook("error running \(name) hook #\(index): signal: \(signal)")
        case .timedOut:
            throw .hook(
                "error running \(name) hook #\(index): hook ran past specified timeout of \(hook.timeout ?? 0).0s"
            )
        }
    }
}

/// How a hook ended.
private enum HookOutcome {
    case exited(Int32)
    case killed(Int32)
    case timedOut
}

/// Starts one hook, feeds it and waits for it.
private func run(_ hook: OCI.Hook, input: [UInt8]) throws(Errno) -> HookOutcome {
    // The state is small and goes into a file without a name: no writer that could block.
    let file = try descriptorOrErrno(coffer_memfd_create("state", UInt32(MFD_CLOEXEC)))
    try file.write(input)
    if lseek(file.raw, 0, SEEK_SET) < 0 { throw Errno(coffer_errno()) }
    let arguments = CStringArray(hook.args.isEmpty ? [hook.path] : hook.args)
    let environment = CStringArray(hook.env)
    guard let child = try clone([], into: nil) else {
        becomeHook(hook.path, file.raw, arguments, environment)
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

/// In the child: the hook's standard input, then the hook.
private func becomeHook(
    _ path: String, _ input: Int32, _ arguments: CStringArray, _ environment: CStringArray
) -> Never {
    coffer_reset_signals()
    if coffer_duplicate_to(input, 0) >= 0 && coffer_close_range(3, UInt32.max, 4) >= 0 {
        let result = coffer_execve(path, arguments.pointers, environment.pointers)
        coffer_exit_now(result == -Int(ENOENT) ? 127 : 126)
    }
    fatalExit()
}

extension Stage {
    /// Runs hooks inside the container's namespaces.
    borrowing func runHooks(_ hooks: [OCI.Hook], named name: String, status: String) throws(RuntimeError) {
        if hooks.isEmpty { return }
        var state = OCI.State(ociVersion: OCI.version, id: plan.id, status: status, bundle: plan.bundle)
        state.pid = getpid()
        state.annotations = plan.spec.annotations
        try Runtime.runHooks(hooks, named: name, state: state.json)
    }
}
