import Hypervisor
import Testing

/// The emulator's command line as a pure function.
@Suite struct MachineArgumentsTests {
    private func configuration() -> MachineConfiguration {
        MachineConfiguration(
            kernel: "/k", initramfs: "/i", commandLine: "quiet panic=-1", directory: "/state/pod")
    }

    private func make(
        _ change: (inout MachineConfiguration) -> Void = { _ in }, accelerator: Accelerator = .tcg
    ) throws -> [String] {
        var value = configuration()
        change(&value)
        return try MachineArguments.make(value, accelerator: accelerator)
    }

    private func values(_ arguments: [String], after option: String) -> [String] {
        zip(arguments, arguments.dropFirst()).filter { $0.0 == option }.map(\.1)
    }

    @Test func kernelInitramfsAndCommandLineAreThoseOfTheAppliance() throws {
        let arguments = try make()
        #expect(values(arguments, after: "-kernel") == ["/k"])
        #expect(values(arguments, after: "-initrd") == ["/i"])
        // Exactly, because it is measured.
        #expect(values(arguments, after: "-append") == ["quiet panic=-1"])
    }

    @Test func memoryIsSharedForTheDevice() throws {
        let arguments = try make { $0.memory = 768 }
        #expect(values(arguments, after: "-object") == ["memory-backend-memfd,id=mem,size=768M,share=on"])
        #expect(values(arguments, after: "-m") == ["768M"])
    }

    @Test(arguments: [(Accelerator.kvm, ["kvm", "host"]), (.tcg, ["tcg,thread=single", "max"])])
    func acceleratorDecidesTheProcessor(_ accelerator: Accelerator, _ expected: [String]) throws {
        let arguments = try make(accelerator: accelerator)
        #expect(values(arguments, after: "-accel") + values(arguments, after: "-cpu") == expected)
    }

    @Test func productionHasNoConsole() throws {
        #expect(values(try make(), after: "-serial") == ["none"])
        #expect(values(try make { $0.console = true }, after: "-serial") == ["file:/state/pod/console.log"])
    }

    @Test func disksAreFoundBySerial() throws {
        let arguments = try make {
            $0.disks = [
                .init(path: "/scratch.img", controller: 0, unit: 0, readOnly: false),
                .init(path: "/layer,with,commas", controller: 3, unit: 63, readOnly: true),
            ]
        }
        let devices = values(arguments, after: "-device").filter { $0.hasPrefix("virtio-blk") }
        #expect(devices.count == 2)
        #expect(devices[0].contains("serial=coffer-0-0,"))
        #expect(devices[1].contains("serial=coffer-3-63,"))
        let files = values(arguments, after: "-blockdev").filter { $0.hasPrefix("driver=file") }
        #expect(files[0].contains("filename=/scratch.img,read-only=off"))
        #expect(files[1].contains("filename=/layer,,with,,commas,read-only=on"))
    }

    @Test func everyDeviceHasItsOwnPlace() throws {
        let arguments = try make {
            $0.disks = (0..<200).map {
                .init(path: "/d\($0)", controller: UInt8($0 / 64), unit: UInt8($0 % 64), readOnly: true)
            }
        }
        let places = values(arguments, after: "-device").compactMap { device in
            device.split(separator: ",").first { $0.hasPrefix("addr=") }
        }
        #expect(places.count == 202)
        #expect(Set(places).count == 202)
    }

    @Test func tooManyDisksAreRefused() {
        #expect(throws: MachineError.tooManyDisks(count: 223, limit: 222)) {
            _ = try make {
                $0.disks = (0..<223).map {
                    .init(path: "/d", controller: UInt8($0 / 64), unit: UInt8($0 % 64), readOnly: true)
                }
            }
        }
    }

    @Test func forwardsAreOnTheLoopbackAddressOnly() throws {
        let arguments = try make { $0.forwards = [.init(hostPort: 8080, guestPort: 80)] }
        #expect(
            values(arguments, after: "-netdev") == ["user,id=net,ipv6=off,hostfwd=tcp:127.0.0.1:8080-:80"])
        #expect(values(try make { $0.network = false }, after: "-netdev").isEmpty)
    }
}
