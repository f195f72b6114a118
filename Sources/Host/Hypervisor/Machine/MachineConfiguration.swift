/// Everything a machine is started with.
package struct MachineConfiguration: Sendable {
    /// A disk: a plain raw file on the host, found by the guest through its serial.
    package struct Disk: Sendable, Equatable {
        /// On the host; the emulator opens it itself.
        package let path: String
        /// The controller and unit numbers by which the bridge's requests name the disk.
        package let controller: UInt8
        /// 0 to 63 for the guest, which refuses others.
        package let unit: UInt8
        /// Whether the emulator opens the file for reading alone; the guest's writes then fail.
        package let readOnly: Bool

        package init(path: String, controller: UInt8, unit: UInt8, readOnly: Bool) {
            self.path = path
            self.controller = controller
            self.unit = unit
            self.readOnly = readOnly
        }

        /// What the guest looks for in /sys/block/*/serial; at most 20 bytes.
        package var serial: String { "coffer-\(controller)-\(unit)" }
    }

    /// A port on the host's loopback address that leads to a port of the guest.
    package struct Forward: Sendable, Equatable {
        /// TCP on 127.0.0.1.
        package let hostPort: UInt16
        /// TCP at the guest's network card.
        package let guestPort: UInt16

        package init(hostPort: UInt16, guestPort: UInt16) {
            self.hostPort = hostPort
            self.guestPort = guestPort
        }
    }

    /// Path of the kernel image.
    package var kernel: String
    /// Path of the initramfs.
    package var initramfs: String
    /// Exactly what the kernel gets, and what is measured.
    package var commandLine: String
    /// In mebibytes.
    package var memory = 512
    /// Virtual processors; under translation one thread of the host runs them all.
    package var processors = 2
    /// Their order means nothing: the guest goes by serials.
    package var disks: [Disk] = []
    /// Only with `network`.
    package var forwards: [Forward] = []
    /// A virtual network card behind the emulator's user-mode network; none without it.
    package var network = true
    /// Where sockets and logs go; must exist. Its path is short, because socket paths are limited to 107 bytes.
    package var directory: String
    /// The vsock context identifier, 3 or more.
    package var guestCID: UInt32 = 42
    /// A serial console written to `directory`/console.log. Development only: the guest may print to it.
    package var console = false
    /// nil: hardware virtualisation where a probe shows that it works, else translation.
    package var accelerator: Accelerator?

    package init(kernel: String, initramfs: String, commandLine: String, directory: String) {
        self.kernel = kernel
        self.initramfs = initramfs
        self.commandLine = commandLine
        self.directory = directory
    }
}

/// How the emulator runs the guest's instructions.
package enum Accelerator: String, Sendable {
    /// Hardware virtualisation through /dev/kvm.
    case kvm
    /// Translation by QEMU; works everywhere, ten times slower or more.
    case tcg
}
