internal import CLinux
internal import Linux

/// PID 1: from the kernel's hand-over to the control channel.
///
/// The machine is closed from the first instruction: there is no shell, no listening socket and no message that is
/// answered before the host is dialled, and the bridge answers nothing but negotiation and the policy until a
/// policy is in force. Any failure here ends the machine.
enum Boot {
    static func run() -> Never {
        do throws(BootError) {
            try makeMachine()
            BootLog.milestone("first process")
            let modules = try BootModules()
            try modules.load(.early)
            // AFTER the early modules, which bring the vsock device; BEFORE all other work, which the host's first
            // message can overlap with.
            let bridge = try dial()
            BootLog.milestone("bridge connected")
            let settling = try BootSettling(modules)
            try prepare()
            BootBridge.serve(bridge, settling)
        } catch {
            BootDeath.end(error.description)
        }
    }

    /// What any process needs before it can do anything.
    private static func makeMachine() throws(BootError) {
        umask(0)
        // BEFORE anything that could start a process: PID 1 handles every signal in its event loop.
        try blockSignals()
        for entry in BootTables.mounts where entry.type != "cgroup2" { try mount(entry) }
    }

    /// The rest of what has to be there before the first message is answered, in the order that the steps need.
    private static func prepare() throws(BootError) {
        try BootEntropy.mixCPU()
        for link in BootTables.links { try makeLink(link.path, link.target) }
        for entry in BootTables.mounts where entry.type == "cgroup2" { try mount(entry) }
        try delegateControllers()
        try loopbackUp()
        for entry in BootTables.limits { try set(entry) }
        try shieldFromOutOfMemory()
        umask(0o022)
    }

    private static func blockSignals() throws(BootError) {
        var all = sigset_t()
        sigfillset(&all)
        if sigprocmask(SIG_SETMASK, &all, nil) != 0 { throw .signals(Errno(coffer_errno())) }
    }

    private static func mount(_ entry: BootMount) throws(BootError) {
        do throws(Errno) {
            try makeDirectory(entry.target, mode: entry.mode)
        } catch {
            throw .makeDirectory(entry.target, error)
        }
        do throws(Errno) {
            try mountFilesystem(
                type: entry.type, source: entry.type, target: entry.target, flags: entry.flags,
                data: entry.data)
        } catch {
            // The kernel may have mounted devtmpfs already; its options are the same.
            if entry.type == "devtmpfs" && error.code == EBUSY { return }
            throw .mount(entry.target, error)
        }
    }

    private static func makeLink(_ path: String, _ target: String) throws(BootError) {
        do throws(Errno) {
            try valueOrErrno(coffer_symlink(target, path))
        } catch {
            throw .link(path, error)
        }
    }

    private static func dial() throws(BootError) -> Descriptor {
        do throws(Errno) {
            return try Vsock.connect(port: BootTables.bridgePort)
        } catch {
            throw .bridge(error)
        }
    }

    /// Hands every controller that the kernel has to the groups below the root.
    private static func delegateControllers() throws(BootError) {
        let text: [UInt8]
        do throws(Errno) {
            text = try readFile("/sys/fs/cgroup/cgroup.controllers")
        } catch {
            throw .cgroupControllers(error)
        }
        for name in text.split(whereSeparator: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }) {
            let controller = String(decoding: name, as: UTF8.self)
            do throws(Errno) {
                try writeText("+" + controller, toFile: "/sys/fs/cgroup/cgroup.subtree_control")
            } catch {
                throw .delegateControllers(controller, error)
            }
        }
    }

    private static func loopbackUp() throws(BootError) {
        do throws(NetlinkError) {
            var route = try RouteSocket()
            let loopback = try route.linkIndex(named: "lo")
            try route.setLink(loopback, up: true)
        } catch {
            throw .loopback(error)
        }
    }

    static func set(_ entry: BootSysctl) throws(BootError) {
        do throws(Errno) {
            try writeText(entry.value, toFile: "/proc/sys/" + entry.path)
        } catch {
            if entry.mayBeAbsent && error.code == ENOENT { return }
            throw .sysctl(entry.path, error)
        }
    }

    private static func set(_ entry: BootLimit) throws(BootError) {
        do throws(Errno) {
            try valueOrErrno(coffer_setrlimit(entry.resource, entry.soft, entry.hard))
        } catch {
            throw .limit(entry.resource, error)
        }
    }

    /// The kernel must never choose PID 1 when memory runs out.
    private static func shieldFromOutOfMemory() throws(BootError) {
        do throws(Errno) {
            try writeText("-1000", toFile: "/proc/self/oom_score_adj")
        } catch {
            throw .outOfMemoryScore(error)
        }
    }
}
