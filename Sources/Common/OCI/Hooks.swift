extension OCI {
    /// Programs that run at points of a container's life. config.md, POSIX-platform Hooks.
    package struct Hooks: Document, Equatable, Sendable {
        /// Deprecated; as createRuntime.
        package var prestart: [Hook] = []
        /// During create, outside, after the namespaces exist and before pivot_root.
        package var createRuntime: [Hook] = []
        /// During create, inside the namespaces, before pivot_root.
        package var createContainer: [Hook] = []
        /// During start, inside the container, before the process.
        package var startContainer: [Hook] = []
        /// During start, outside, after the process has started.
        package var poststart: [Hook] = []
        /// During delete, outside.
        package var poststop: [Hook] = []

        /// Every member empty or absent.
        package init() {}
    }
}

extension OCI.Hooks {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        prestart = try reader.list("prestart")
        createRuntime = try reader.list("createRuntime")
        createContainer = try reader.list("createContainer")
        startContainer = try reader.list("startContainer")
        poststart = try reader.list("poststart")
        poststop = try reader.list("poststop")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("prestart", unlessEmpty: prestart)
        writer.put("createRuntime", unlessEmpty: createRuntime)
        writer.put("createContainer", unlessEmpty: createContainer)
        writer.put("startContainer", unlessEmpty: startContainer)
        writer.put("poststart", unlessEmpty: poststart)
        writer.put("poststop", unlessEmpty: poststop)
    }
}

extension OCI {
    /// One program.
    package struct Hook: Document, Equatable, Sendable {
        /// Absolute.
        package var path: String
        /// argv, the name included; empty means the path alone.
        package var args: [String] = []
        /// The whole environment.
        package var env: [String] = []
        /// Seconds until it is killed; absent waits for ever.
        package var timeout: Int?

        /// The required members; all others empty or absent.
        package init(path: String) {
            self.path = path
        }
    }
}

extension OCI.Hook {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        path = try reader.requiredString("path")
        args = try reader.strings("args")
        env = try reader.strings("env")
        timeout = try reader.optionalInteger("timeout")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("path", path)
        writer.put("args", unlessEmpty: args)
        writer.put("env", unlessEmpty: env)
        writer.put("timeout", ifPresent: timeout)
    }
}
