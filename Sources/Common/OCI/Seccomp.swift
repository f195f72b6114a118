extension OCI {
    /// A system call filter. config-linux.md, Seccomp; seccomp(2).
    package struct Seccomp: Document, Equatable, Sendable {
        /// What happens to a call that no rule names, for instance `SCMP_ACT_ERRNO`.
        package var defaultAction: String
        /// The number that the default action returns; absent means EPERM.
        package var defaultErrnoRet: UInt32?
        /// For instance `SCMP_ARCH_X86_64`; empty means the native one.
        package var architectures: [String] = []
        /// For instance `SECCOMP_FILTER_FLAG_LOG`; absent leaves the choice to the runtime.
        package var flags: [String]?
        /// A UNIX socket that gets the notification descriptor.
        package var listenerPath = ""
        /// Text for whoever listens.
        package var listenerMetadata = ""
        /// The rules.
        package var syscalls: [SyscallRule] = []

        /// The required members; all others empty or absent.
        package init(defaultAction: String) {
            self.defaultAction = defaultAction
        }
    }
}

extension OCI.Seccomp {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        defaultAction = try reader.requiredString("defaultAction")
        defaultErrnoRet = try reader.optionalInteger("defaultErrnoRet")
        architectures = try reader.strings("architectures")
        flags = reader.value("flags") == nil ? nil : try reader.strings("flags")
        listenerPath = try reader.string("listenerPath")
        listenerMetadata = try reader.string("listenerMetadata")
        syscalls = try reader.list("syscalls")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("defaultAction", defaultAction)
        writer.put("defaultErrnoRet", ifPresent: defaultErrnoRet)
        writer.put("architectures", unlessEmpty: architectures)
        writer.put("flags", unlessEmpty: flags ?? [])
        writer.put("listenerPath", unlessEmpty: listenerPath)
        writer.put("listenerMetadata", unlessEmpty: listenerMetadata)
        writer.put("syscalls", unlessEmpty: syscalls)
    }
}

extension OCI {
    /// What happens to some system calls.
    package struct SyscallRule: Document, Equatable, Sendable {
        /// System calls by name.
        package var names: [String] = []
        /// For instance `SCMP_ACT_ALLOW`.
        package var action: String
        /// The number that the action returns; absent means EPERM.
        package var errnoRet: UInt32?
        /// All conditions must hold.
        package var args: [SyscallArgument] = []

        /// The required members; all others empty or absent.
        package init(action: String) {
            self.action = action
        }
    }
}

extension OCI.SyscallRule {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        names = try reader.strings("names")
        action = try reader.requiredString("action")
        errnoRet = try reader.optionalInteger("errnoRet")
        args = try reader.list("args")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("names", names)
        writer.put("action", action)
        writer.put("errnoRet", ifPresent: errnoRet)
        writer.put("args", unlessEmpty: args)
    }
}

extension OCI {
    /// A condition on one argument of a system call.
    package struct SyscallArgument: Document, Equatable, Sendable {
        /// 0 to 5.
        package var index: UInt32 = 0
        /// What it is compared with; the mask for SCMP_CMP_MASKED_EQ.
        package var value: UInt64 = 0
        /// The wanted value after masking.
        package var valueTwo: UInt64 = 0
        /// For instance `SCMP_CMP_EQ`.
        package var op: String

        /// The required members; all others empty or absent.
        package init(op: String) {
            self.op = op
        }
    }
}

extension OCI.SyscallArgument {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        index = try reader.integer("index")
        value = try reader.integer("value")
        valueTwo = try reader.integer("valueTwo")
        op = try reader.requiredString("op")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("index", index)
        writer.put("value", value)
        writer.put("valueTwo", valueTwo)
        writer.put("op", op)
    }
}
