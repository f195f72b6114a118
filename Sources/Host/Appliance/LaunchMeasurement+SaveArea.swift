/// A processor model that QEMU presents; its CPUID signature is in the measured save area.
package enum ProcessorModel: String, CaseIterable, Sendable {
    case epycV4 = "EPYC-v4"
    case rome = "EPYC-Rome"
    case milan = "EPYC-Milan"
    case genoa = "EPYC-Genoa"
    case turin = "EPYC-Turin"

    /// CPUID leaf 1 EAX.
    package var signature: UInt64 {
        switch self {
        case .epycV4: 0x80_0F12
        case .rome: 0x83_0F10
        case .milan: 0xA0_0F11
        case .genoa: 0xA1_0F10
        case .turin: 0xB0_0F00
        }
    }
}

/// Who launches the guest: hypervisors prepare the first processor state differently.
package enum MachineMonitor: String, CaseIterable, Sendable {
    /// QEMU on KVM.
    case qemu
    /// Amazon's; measures the CPUID page last.
    case ec2
    /// Google's; leaves the firmware's own memory unmeasured.
    case gce
}

/// A virtual machine save area (AMD64 manual volume 2, table B-4): a processor's state at its first instruction.
struct SaveArea {
    let monitor: MachineMonitor
    let model: ProcessorModel
    /// SEV_FEATURES: bit 0 is SNP.
    let features: UInt64
    /// Address of the first instruction.
    let entry: UInt32

    /// Where the boot processor starts on every x86.
    static let bootEntry: UInt32 = 0xFFFF_FFF0

    /// One segment register's descriptor.
    private struct Segment {
        var selector: UInt64 = 0
        var attributes: UInt64 = 0
        var limit: UInt64 = 0xFFFF
        var base: UInt64 = 0

        var bytes: [UInt8] {
            littleEndian(selector, count: 2) + littleEndian(attributes, count: 2)
                + littleEndian(limit, count: 4) + littleEndian(base, count: 8)
        }
    }

    /// The 4096-byte page.
    var page: [UInt8] {
        var page = [UInt8](repeating: 0, count: LaunchMeasurement.pageSize)
        func put(_ value: UInt64, _ count: Int, at offset: Int) {
            page.replaceSubrange(offset..<(offset + count), with: littleEndian(value, count: count))
        }
        let segments = segments
        for (index, segment) in segments.enumerated() {
            page.replaceSubrange((index * 16)..<(index * 16 + 16), with: segment.bytes)
        }
        put(0x1000, 8, at: 0xD0)  // EFER.SVME
        put(0x40, 8, at: 0x148)  // CR4.MCE
        put(0x10, 8, at: 0x158)  // CR0.ET
        put(0x400, 8, at: 0x160)  // DR7
        put(0xFFFF_0FF0, 8, at: 0x168)  // DR6
        put(2, 8, at: 0x170)  // RFLAGS
        put(UInt64(entry & 0xFFFF), 8, at: 0x178)  // RIP
        put(monitor == .gce ? 0x0007_0106 : 0x0007_0406_0007_0406, 8, at: 0x268)  // G_PAT
        put(monitor == .qemu ? model.signature : 0x600, 8, at: 0x310)  // RDX
        put(features, 8, at: 0x3B0)
        put(1, 8, at: 0x3E8)  // XCR0
        put(monitor == .qemu ? 0x1F80 : 0, 4, at: 0x408)  // MXCSR
        put(monitor == .qemu ? 0x37F : 0, 2, at: 0x410)  // x87 control word
        return page
    }

    /// ES, CS, SS, DS, FS, GS, GDTR, LDTR, IDTR, TR: their order in the page.
    private var segments: [Segment] {
        let isEC2 = monitor == .ec2
        let data = Segment(attributes: 0x93)
        let code = Segment(
            selector: 0xF000, attributes: isEC2 && entry == SaveArea.bootEntry ? 0x9A : 0x9B,
            base: UInt64(entry & 0xFFFF_0000))
        let stack = Segment(attributes: isEC2 ? 0x92 : 0x93)
        return [
            data, code, stack, data, data, data, Segment(), Segment(attributes: 0x82), Segment(),
            Segment(attributes: isEC2 ? 0x83 : 0x8B),
        ]
    }
}
