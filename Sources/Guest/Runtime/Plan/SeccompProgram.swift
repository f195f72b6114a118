internal import CLinux
internal import CSeccomp
internal import Linux
internal import OCI

/// A compiled system call filter: ready to install, nothing left to decide. seccomp(2).
package struct SeccompProgram: Equatable {
    /// Instructions of 8 bytes each.
    package let instructions: [UInt8]
    /// `SECCOMP_FILTER_FLAG_` bits.
    package let flags: UInt32
    /// Where the notification descriptor goes; empty when no rule notifies.
    package let listenerPath: String
    package let listenerMetadata: String

    /// Whether a rule hands calls to a supervisor.
    package var notifies: Bool { flags & 0x8 != 0 }
}

extension SeccompProgram {
    /// Compiles a profile; nil when there is none. An unknown action, operator, flag or architecture is refused.
    /// A system call that this machine's tables do not know is left out: nothing here could call it.
    static func compile(
        _ profile: OCI.Seccomp?, cache: FilterCache? = nil
    ) throws(RuntimeError) -> SeccompProgram? {
        guard let profile else { return nil }
        if let known = cache?.find(profile) { return known }
        let program = try compileAnew(profile)
        cache?.keep(program, profile)
        return program
    }

    private static func compileAnew(_ profile: OCI.Seccomp) throws(RuntimeError) -> SeccompProgram {
        let defaultAction = try action(
            profile.defaultAction, profile.defaultErrnoRet, field: "linux.seccomp.defaultAction")
        guard let context = seccomp_init(defaultAction) else {
            throw .failed(.compileFilter, Errno(ENOMEM), detail: profile.defaultAction)
        }
        defer { seccomp_release(context) }
        try addArchitectures(profile.architectures, to: context)
        var notifies = defaultAction == 0x7fc0_0000
        // Rules that refuse come last, so that one that libseccomp cannot add leaves a filter that refuses the same
        // calls by default; see `add`.
        let refuses = { (rule: OCI.SyscallRule) in rule.action == "SCMP_ACT_ERRNO" }
        let order =
            profile.syscalls.indices.filter { !refuses(profile.syscalls[$0]) }
            + profile.syscalls.indices.filter { refuses(profile.syscalls[$0]) }
        for index in order {
            let rule = profile.syscalls[index]
            let field = "linux.seccomp.syscalls[\(index)]"
            let ruleAction = try action(rule.action, rule.errnoRet, field: field + ".action")
            notifies = notifies || ruleAction == 0x7fc0_0000
            if ruleAction == defaultAction { continue }
            let isCovered = refuses(rule) && profile.defaultAction == "SCMP_ACT_ERRNO"
            try add(rule, ruleAction, to: context, field: field, mayExist: isCovered)
        }
        try checkListener(profile, defaultAction, notifies: notifies)
        return SeccompProgram(
            instructions: answerToUnknown(profile, native: seccomp_arch_native()) + (try export(context)),
            flags: try flags(profile.flags, notifies: notifies),
            listenerPath: profile.listenerPath, listenerMetadata: profile.listenerMetadata)
    }

    /// Somebody must answer what is handed over, and the runtime itself must be able to get that far.
    private static func checkListener(
        _ profile: OCI.Seccomp, _ defaultAction: UInt32, notifies: Bool
    ) throws(RuntimeError) {
        let field = "linux.seccomp"
        if defaultAction == 0x7fc0_0000 {
            throw .refused("\(field).defaultAction: SCMP_ACT_NOTIFY cannot be used as default action")
        }
        for rule in profile.syscalls where rule.action == "SCMP_ACT_NOTIFY" && rule.names.contains("write") {
            throw .refused("\(field).syscalls: SCMP_ACT_NOTIFY cannot be used for the write syscall")
        }
        if notifies && profile.listenerPath.isEmpty {
            throw .refused("\(field).listenerPath: SCMP_ACT_NOTIFY needs the path of a listener, found none")
        }
        if profile.listenerPath.isEmpty && !profile.listenerMetadata.isEmpty {
            throw .refused("\(field).listenerMetadata: expected a listenerPath with it, found none")
        }
    }

    private static func addArchitectures(
        _ names: [String], to context: UnsafeMutableRawPointer
    ) throws(RuntimeError) {
        for name in names {
            guard let token = architectures.first(where: { $0.name == name })?.token else {
                throw .refused("linux.seccomp.architectures: unknown architecture \"\(name)\"")
            }
            let result = seccomp_arch_add(context, token)
            if result < 0 && result != -EEXIST { throw .failed(.compileFilter, Errno(-result), detail: name) }
        }
    }

    /// - Parameter mayExist: the rule refuses, and so does the default. On 32-bit x86, where sockets are one call, libseccomp
    ///   2.5 has no place for a condition that refuses what another rule's condition lets through in other cases, and
    ///   says EEXIST. Without the rule the call is refused all the same, only with the default's error number.
    private static func add(
        _ rule: OCI.SyscallRule, _ action: UInt32, to context: UnsafeMutableRawPointer, field: String,
        mayExist: Bool
    ) throws(RuntimeError) {
        if rule.names.isEmpty {
            throw .refused("\(field).names: expected at least one system call, found none")
        }
        var conditions: [scmp_arg_cmp] = []
        for (index, argument) in rule.args.enumerated() {
            conditions.append(try condition(argument, field: "\(field).args[\(index)]"))
        }
        // libseccomp takes one condition per argument; several on one are alternatives, each a rule of its own.
        var indexes = Set<UInt32>()
        let repeats = conditions.contains { !indexes.insert($0.arg).inserted }
        for name in rule.names {
            let number = seccomp_syscall_resolve_name(name)
            if number == -1 { continue }
            if repeats {
                for one in conditions { try add(number, name, action, [one], to: context, mayExist) }
            } else {
                try add(number, name, action, conditions, to: context, mayExist)
            }
        }
    }

    private static func add(
        _ number: Int32, _ name: String, _ action: UInt32, _ conditions: [scmp_arg_cmp],
        to context: UnsafeMutableRawPointer, _ mayExist: Bool
    ) throws(RuntimeError) {
        let result = conditions.withUnsafeBufferPointer {
            seccomp_rule_add_array(context, action, number, UInt32($0.count), $0.baseAddress)
        }
        if result < 0 && !(mayExist && result == -EEXIST) {
            throw .failed(.compileFilter, Errno(-result), detail: name)
        }
    }

    private static func export(_ context: UnsafeMutableRawPointer) throws(RuntimeError) -> [UInt8] {
        let file = try step(.compileFilter) { () throws(Errno) in
            try descriptorOrErrno(coffer_memfd_create("seccomp", UInt32(MFD_CLOEXEC)))
        }
        let result = seccomp_export_bpf(context, file.raw)
        if result < 0 { throw .failed(.compileFilter, Errno(-result), detail: "") }
        return try step(.compileFilter) { () throws(Errno) in
            guard lseek(file.raw, 0, SEEK_SET) == 0 else { throw Errno(coffer_errno()) }
            return try file.contents(limit: 1 << 19)
        }
    }
}
