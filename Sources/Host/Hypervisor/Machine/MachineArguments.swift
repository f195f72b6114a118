/// The emulator's command line for a configuration: a pure function, so that tests can read it.
package struct MachineArguments {
    private let configuration: MachineConfiguration
    private let accelerator: Accelerator
    private var arguments: [String] = []
    private var places = 0

    /// Devices go on the root bus in slots 2 to 29 with eight functions each.
    package static let placeLimit = 28 * 8

    /// The arguments, without the program's name.
    package static func make(
        _ configuration: MachineConfiguration, accelerator: Accelerator
    ) throws(MachineError) -> [String] {
        let limit = placeLimit - 2
        guard configuration.disks.count <= limit else {
            throw .tooManyDisks(count: configuration.disks.count, limit: limit)
        }
        var maker = MachineArguments(configuration: configuration, accelerator: accelerator)
        maker.addBase()
        maker.addBoot()
        maker.addVsock()
        if configuration.network { maker.addNetwork() }
        for (index, disk) in configuration.disks.enumerated() { maker.addDisk(disk, index) }
        return maker.arguments
    }

    private init(configuration: MachineConfiguration, accelerator: Accelerator) {
        self.configuration = configuration
        self.accelerator = accelerator
    }

    private mutating func add(_ words: String...) { arguments += words }

    /// The next free place on the root bus. Several functions share a slot, because slots are few.
    private mutating func place() -> String {
        defer { places += 1 }
        return "addr=0x\(String(2 + places / 8, radix: 16)).\(places % 8),multifunction=on"
    }

    private mutating func addBase() {
        add("-nodefaults", "-no-user-config", "-display", "none", "-no-reboot")
        add("-machine", "q35,memory-backend=mem,usb=off,smbus=off,sata=off,vmport=off")
        add("-m", "\(configuration.memory)M", "-smp", "\(configuration.processors)")
        // vhost-user needs the guest's memory in a file that another process can map.
        add("-object", "memory-backend-memfd,id=mem,size=\(configuration.memory)M,share=on")
        switch accelerator {
        case .kvm: add("-accel", "kvm", "-cpu", "host")
        // One thread for all processors: with more, a processor may still run the old translation of code that
        // another one is patching (static keys, by way of int3), and the kernel ends with "Oops: int3".
        case .tcg: add("-accel", "tcg,thread=single", "-cpu", "max")
        }
        add("-qmp", "unix:\(escaped(configuration.directory))/qmp.sock,server=on,wait=off")
        if configuration.console {
            add("-serial", "file:\(configuration.directory)/console.log")
        } else {
            add("-serial", "none")
        }
    }

    private mutating func addBoot() {
        add("-kernel", configuration.kernel, "-initrd", configuration.initramfs)
        add("-append", configuration.commandLine)
    }

    private mutating func addVsock() {
        add("-chardev", "socket,id=vsock,path=\(escaped(configuration.directory))/vsock.sock")
        add("-device", "vhost-user-vsock-pci,chardev=vsock,\(place())")
    }

    private mutating func addNetwork() {
        var network = "user,id=net,ipv6=off"
        for forward in configuration.forwards {
            network += ",hostfwd=tcp:127.0.0.1:\(forward.hostPort)-:\(forward.guestPort)"
        }
        add("-netdev", network, "-device", "virtio-net-pci,netdev=net,romfile=,\(place())")
    }

    private mutating func addDisk(_ disk: MachineConfiguration.Disk, _ index: Int) {
        let readOnly = disk.readOnly ? "on" : "off"
        add(
            "-blockdev",
            "driver=file,node-name=file\(index),filename=\(escaped(disk.path)),read-only=\(readOnly),discard=unmap"
        )
        add("-blockdev", "driver=raw,node-name=disk\(index),file=file\(index),read-only=\(readOnly)")
        add(
            "-device",
            "virtio-blk-pci,drive=disk\(index),serial=\(disk.serial),num-queues=1,vectors=2,\(place())")
    }

    /// A comma inside an option's value is written twice.
    private func escaped(_ text: String) -> String { text.replacing(",", with: ",,") }
}
