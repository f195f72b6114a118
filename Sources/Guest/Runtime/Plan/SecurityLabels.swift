internal import CLinux
internal import Linux

/// What a container's process and its file systems are called by the kernel's security modules. Empty for no wish.
package struct SecurityLabels: Equatable {
    /// AppArmor profile that the program runs under. apparmor(7).
    package var appArmor = ""
    /// SELinux label that the program runs under. selinux(8).
    package var process = ""
    /// SELinux label of the container's own file systems.
    package var mount = ""

    /// Whether the process wants any.
    var concernProcess: Bool { !appArmor.isEmpty || !process.isEmpty }

    /// Refuses labels that cannot be one line of a file of /proc.
    func check() throws(RuntimeError) {
        for (field, text) in [
            ("process.apparmorProfile", appArmor), ("process.selinuxLabel", process),
            ("linux.mountLabel", mount),
        ] where text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) || text.utf8.count > 4096 {
            throw .refused("\(field): expected one line of text, found \"\(text)\"")
        }
        if mount.utf8.contains(UInt8(ascii: "\"")) {
            throw .refused("linux.mountLabel: expected a label without quotes, found \"\(mount)\"")
        }
    }

    /// Refuses labels that nobody on this machine would enforce: a container that was meant to be confined must not
    /// run unconfined.
    func requireModules() throws(RuntimeError) {
        if !appArmor.isEmpty && !Self.hasAppArmor {
            throw .refused(
                "process.apparmorProfile: profile \"\(appArmor)\" is asked for, but AppArmor is not enabled in this kernel"
            )
        }
        if !(process.isEmpty && mount.isEmpty) && !Self.hasSELinux {
            throw .refused(
                "selinux label is specified in config, but selinux is disabled or not supported: \"\(process.isEmpty ? mount : process)\""
            )
        }
    }

    /// Documentation/admin-guide/LSM/apparmor.rst.
    private static var hasAppArmor: Bool {
        do throws(Errno) {
            let file = try Descriptor.open("/sys/module/apparmor/parameters/enabled", O_RDONLY)
            return try file.read(upTo: 1) == [UInt8(ascii: "Y")]
        } catch {
            return false
        }
    }

    /// SELINUX_MAGIC, linux/magic.h: the file system is there when the module is.
    private static var hasSELinux: Bool {
        do throws(Errno) {
            let directory = try Descriptor.open("/sys/fs/selinux", O_PATH | O_DIRECTORY)
            return try directory.filesystemType() == 0xf97c_ff8c
        } catch {
            return false
        }
    }
}
