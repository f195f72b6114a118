internal import CLinux
internal import Linux

/// Notices that the kernel ran out of memory in a control group. Documentation/admin-guide/cgroup-v2.rst, memory.events;
/// Documentation/admin-guide/cgroup-v1/memory.rst, section 10.
package struct OutOfMemoryWatch {
    /// Becomes ready when something may have happened.
    package let file: SharedDescriptor
    /// What to poll for.
    package let events: Int16
    private let group: ControlGroup
    private var seen: UInt64

    /// Nil where nobody counts memory.
    package static func start(_ group: ControlGroup) throws(RuntimeError) -> OutOfMemoryWatch? {
        if !group.layout.isUnified {
            guard let directory = group.legacyDirectory("memory") else { return nil }
            return OutOfMemoryWatch(
                file: try register(directory), events: Int16(POLLIN), group: group, seen: 0)
        }
        guard let directory = group.unifiedDirectory else { return nil }
        let file: SharedDescriptor
        do throws(Errno) {
            file = SharedDescriptor(try Descriptor.open(directory + "/memory.events", O_RDONLY))
        } catch {
            if error.code == ENOENT { return nil }
            throw .failed(.readControlGroup, error, detail: directory + "/memory.events")
        }
        return OutOfMemoryWatch(
            file: file, events: Int16(POLLPRI), group: group, seen: try group.memoryKills())
    }

    /// The registration lives as long as the counter.
    private static func register(_ directory: String) throws(RuntimeError) -> SharedDescriptor {
        try step(.readControlGroup, directory + "/cgroup.event_control") { () throws(Errno) in
            let counter = try descriptorOrErrno(coffer_event_counter())
            let condition = try Descriptor.open(directory + "/memory.oom_control", O_RDONLY)
            try Descriptor.open(directory + "/cgroup.event_control", O_WRONLY)
                .writeOnce("\(counter.raw) \(condition.raw)")
            return SharedDescriptor(counter)
        }
    }

    /// How many times since the last call. Version 1 tells that it happened, not how often.
    package mutating func take() throws(RuntimeError) -> UInt64 {
        if !group.layout.isUnified {
            do throws(Errno) {
                return try file.descriptor.read(upTo: 8).isEmpty ? 0 : 1
            } catch {
                if error.code == EAGAIN { return 0 }
                throw .failed(.readControlGroup, error, detail: "memory.oom_control")
            }
        }
        try step(.readControlGroup, "memory.events") { () throws(Errno) in
            // Reading is what makes the file tell of the next change.
            if lseek(file.descriptor.raw, 0, SEEK_SET) < 0 { throw Errno(coffer_errno()) }
            return try file.descriptor.contents(limit: 4096)
        }
        let now = try group.memoryKills()
        let times = now &- min(seen, now)
        seen = now
        return times
    }
}
