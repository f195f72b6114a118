internal import OCI

/// A kernel parameter of one of the container's namespaces. proc_sys(5).
package struct KernelParameter: Equatable {
    /// Below /proc/sys, with slashes.
    package let path: String
    /// Written as it is, in one write.
    package let value: String

    /// IPC parameters besides `fs.mqueue.*`.
    private static let ipcNames = [
        "kernel.msgmax", "kernel.msgmnb", "kernel.msgmni", "kernel.sem", "kernel.shmall", "kernel.shmmax",
        "kernel.shmmni", "kernel.shm_rmid_forced",
    ]

    /// Judges all parameters: each must belong to a namespace that the container has of its own.
    static func resolve(
        _ parameters: [String: String], namespaces: [OCI.Namespace], domainname: String
    ) throws(RuntimeError) -> [KernelParameter] {
        var plans: [KernelParameter] = []
        for name in parameters.keys.sorted() {
            // Said twice, it must be the same.
            let other = parameters[name] == domainname ? "" : domainname
            try check(dotted(name), namespaces, other)
            plans.append(KernelParameter(path: slashed(name), value: parameters[name] ?? ""))
        }
        return plans
    }

    private static func check(
        _ name: String, _ namespaces: [OCI.Namespace], _ domainname: String
    ) throws(RuntimeError) {
        func has(_ type: String) -> Bool { namespaces.contains { $0.type == type } }
        if name.utf8.contains(0) || name.split(separator: ".", omittingEmptySubsequences: false).contains("")
        {
            throw .refused("linux.sysctl: \"\(name)\" is not the name of a kernel parameter")
        }
        if ipcNames.contains(name) || name.hasPrefix("fs.mqueue.") {
            if has("ipc") { return }
            throw .refused("linux.sysctl: sysctl \"\(name)\" is not allowed in the hosts ipc namespace")
        }
        if name.hasPrefix("net.") {
            if has("network") { return }
            throw .refused("linux.sysctl: sysctl \"\(name)\" is not allowed in the hosts network namespace")
        }
        if name == "kernel.domainname" || name == "kernel.hostname" {
            if has("uts") && name == "kernel.domainname" && domainname.isEmpty { return }
            throw .refused(
                "linux.sysctl: sysctl \"\(name)\" conflicts with OCI field \"\(name.dropFirst(7))\"")
        }
        throw .refused("linux.sysctl: sysctl \"\(name)\" is not in a separate kernel namespace")
    }

    /// sysctl(8) takes `net/ipv4/conf/eth0.1/x` as well, where the first separator decides.
    private static func slashed(_ name: String) -> String {
        usesSlashes(name) ? name : String(decoding: name.utf8.map { $0 == 0x2E ? 0x2F : $0 }, as: UTF8.self)
    }

    private static func dotted(_ name: String) -> String {
        usesSlashes(name)
            ? String(decoding: name.utf8.map { $0 == 0x2F ? 0x2E : $0 == 0x2E ? 0x2F : $0 }, as: UTF8.self)
            : name
    }

    private static func usesSlashes(_ name: String) -> Bool {
        for byte in name.utf8 {
            if byte == 0x2F { return true }
            if byte == 0x2E { return false }
        }
        return false
    }
}
