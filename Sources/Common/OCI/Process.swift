extension OCI {
    /// A process to start in a container. config.md, Process.
    package struct Process: Document, Equatable, Sendable {
        /// Whether a terminal is attached.
        package var terminal = false
        /// The terminal's size in characters.
        package var consoleSize: ConsoleSize?
        /// Whose process it is.
        package var user: User = User()
        /// argv; the first is looked up in PATH when it has no slash.
        package var args: [String] = []
        /// The environment, `NAME=value` each.
        package var env: [String] = []
        /// The working directory, absolute.
        package var cwd = ""
        /// The five capability sets; absent leaves them as they are.
        package var capabilities: Capabilities?
        /// Resource limits, each type once.
        package var rlimits: [ResourceLimit] = []
        /// Sets PR_SET_NO_NEW_PRIVS.
        package var noNewPrivileges = false
        /// The AppArmor profile; empty for none.
        package var apparmorProfile = ""
        /// -1000 to 1000; absent leaves it.
        package var oomScoreAdj: Int?
        /// The scheduling policy; absent leaves it.
        package var scheduler: Scheduler?
        /// The SELinux label; empty for none.
        package var selinuxLabel = ""
        /// The I/O priority; absent leaves it.
        package var ioPriority: IOPriority?
        /// Where an additional process may run, before and after it enters the cgroup.
        package var execCPUAffinity: CPUAffinity?

        /// Every member empty or absent.
        package init() {}
    }
}

extension OCI.Process {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        terminal = try reader.bool("terminal")
        consoleSize = try reader.optional("consoleSize")
        user = try reader.optional("user") ?? .init()
        args = try reader.strings("args")
        env = try reader.strings("env")
        cwd = try reader.string("cwd")
        capabilities = try reader.optional("capabilities")
        rlimits = try reader.list("rlimits")
        noNewPrivileges = try reader.bool("noNewPrivileges")
        apparmorProfile = try reader.string("apparmorProfile")
        oomScoreAdj = try reader.optionalInteger("oomScoreAdj")
        scheduler = try reader.optional("scheduler")
        selinuxLabel = try reader.string("selinuxLabel")
        ioPriority = try reader.optional("ioPriority")
        execCPUAffinity = try reader.optional("execCPUAffinity")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("terminal", ifTrue: terminal)
        writer.put("consoleSize", ifPresent: consoleSize)
        writer.put("user", user)
        writer.put("args", unlessEmpty: args)
        writer.put("env", unlessEmpty: env)
        writer.put("cwd", cwd)
        writer.put("capabilities", ifPresent: capabilities)
        writer.put("rlimits", unlessEmpty: rlimits)
        writer.put("noNewPrivileges", ifTrue: noNewPrivileges)
        writer.put("apparmorProfile", unlessEmpty: apparmorProfile)
        writer.put("oomScoreAdj", ifPresent: oomScoreAdj)
        writer.put("scheduler", ifPresent: scheduler)
        writer.put("selinuxLabel", unlessEmpty: selinuxLabel)
        writer.put("ioPriority", ifPresent: ioPriority)
        writer.put("execCPUAffinity", ifPresent: execCPUAffinity)
    }
}

extension OCI {
    /// A terminal's size in characters.
    package struct ConsoleSize: Document, Equatable, Sendable {
        /// Rows.
        package var height: UInt16 = 0
        /// Columns.
        package var width: UInt16 = 0

        /// Every member empty or absent.
        package init() {}
    }
}

extension OCI.ConsoleSize {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        height = try reader.integer("height")
        width = try reader.integer("width")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("height", height)
        writer.put("width", width)
    }
}

extension OCI {
    /// Whose process it is: numbers, as the container's user namespace sees them.
    package struct User: Document, Equatable, Sendable {
        /// The user id.
        package var uid: UInt32 = 0
        /// The group id.
        package var gid: UInt32 = 0
        /// The file mode creation mask; absent means the runtime's default, 0022.
        package var umask: UInt32?
        /// Supplementary groups.
        package var additionalGids: [UInt32] = []
        /// A name; only meaningful where a front end resolves it to ids first.
        package var username = ""

        /// Every member empty or absent.
        package init() {}
    }
}

extension OCI.User {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        uid = try reader.integer("uid")
        gid = try reader.integer("gid")
        umask = try reader.optionalInteger("umask")
        additionalGids = try reader.integers("additionalGids")
        username = try reader.string("username")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("uid", uid)
        writer.put("gid", gid)
        writer.put("umask", ifPresent: umask)
        writer.put("additionalGids", unlessEmpty: additionalGids)
        writer.put("username", unlessEmpty: username)
    }
}

extension OCI {
    /// The five capability sets, as names such as `CAP_CHOWN`. capabilities(7).
    package struct Capabilities: Document, Equatable, Sendable {
        /// What can ever be gained.
        package var bounding: [String] = []
        /// What is checked.
        package var effective: [String] = []
        /// What is kept over execve for files that ask.
        package var inheritable: [String] = []
        /// What can be made effective.
        package var permitted: [String] = []
        /// What is kept over execve.
        package var ambient: [String] = []

        /// Every member empty or absent.
        package init() {}
    }
}

extension OCI.Capabilities {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        bounding = try reader.strings("bounding")
        effective = try reader.strings("effective")
        inheritable = try reader.strings("inheritable")
        permitted = try reader.strings("permitted")
        ambient = try reader.strings("ambient")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("bounding", unlessEmpty: bounding)
        writer.put("effective", unlessEmpty: effective)
        writer.put("inheritable", unlessEmpty: inheritable)
        writer.put("permitted", unlessEmpty: permitted)
        writer.put("ambient", unlessEmpty: ambient)
    }
}

extension OCI {
    /// One resource limit. getrlimit(2).
    package struct ResourceLimit: Document, Equatable, Sendable {
        /// The name, for instance `RLIMIT_NOFILE`.
        package var type: String
        /// The ceiling; the largest value means unlimited.
        package var hard: UInt64
        /// The value in force.
        package var soft: UInt64

        /// The required members; all others empty or absent.
        package init(type: String, hard: UInt64, soft: UInt64) {
            self.type = type
            self.hard = hard
            self.soft = soft
        }
    }
}

extension OCI.ResourceLimit {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        type = try reader.requiredString("type")
        hard = try reader.integer("hard")
        soft = try reader.integer("soft")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("type", type)
        writer.put("hard", hard)
        writer.put("soft", soft)
    }
}

extension OCI {
    /// A scheduling policy. sched_setattr(2).
    package struct Scheduler: Document, Equatable, Sendable {
        /// For instance `SCHED_OTHER`.
        package var policy: String
        /// Only for SCHED_OTHER and SCHED_BATCH.
        package var nice: Int32 = 0
        /// Only for SCHED_FIFO and SCHED_RR.
        package var priority: Int32 = 0
        /// For instance `SCHED_FLAG_RESET_ON_FORK`.
        package var flags: [String] = []
        /// Nanoseconds, only for SCHED_DEADLINE.
        package var runtime: UInt64 = 0
        /// Nanoseconds, only for SCHED_DEADLINE.
        package var deadline: UInt64 = 0
        /// Nanoseconds, only for SCHED_DEADLINE.
        package var period: UInt64 = 0

        /// The required members; all others empty or absent.
        package init(policy: String) {
            self.policy = policy
        }
    }
}

extension OCI.Scheduler {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        policy = try reader.requiredString("policy")
        nice = try reader.integer("nice")
        priority = try reader.integer("priority")
        flags = try reader.strings("flags")
        runtime = try reader.integer("runtime")
        deadline = try reader.integer("deadline")
        period = try reader.integer("period")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("policy", policy)
        writer.put("nice", nice)
        writer.put("priority", priority)
        writer.put("flags", unlessEmpty: flags)
        writer.put("runtime", runtime)
        writer.put("deadline", deadline)
        writer.put("period", period)
    }
}

extension OCI {
    /// An I/O priority. ioprio_set(2).
    package struct IOPriority: Document, Equatable, Sendable {
        /// `IOPRIO_CLASS_RT`, `IOPRIO_CLASS_BE` or `IOPRIO_CLASS_IDLE`.
        package var level: String
        /// 0 (first) to 7.
        package var priority: Int32 = 0

        /// The required members; all others empty or absent.
        package init(level: String) {
            self.level = level
        }
    }
}

extension OCI.IOPriority {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        level = try reader.requiredString("class")
        priority = try reader.integer("priority")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("class", level)
        writer.put("priority", priority)
    }
}

extension OCI {
    /// CPU lists for an additional process, in cpuset(7) list form.
    package struct CPUAffinity: Document, Equatable, Sendable {
        /// While the runtime prepares the process.
        package var initial = ""
        /// From the moment it is in the container's cgroup.
        package var final = ""

        /// Every member empty or absent.
        package init() {}
    }
}

extension OCI.CPUAffinity {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        initial = try reader.string("initial")
        final = try reader.string("final")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("initial", unlessEmpty: initial)
        writer.put("final", unlessEmpty: final)
    }
}
