/// Everything that decides the launch digest of an SEV-SNP guest with UEFI firmware.
package struct MeasuredGuest: Sendable {
    /// Every page of it is measured.
    package var firmware: MeasuredFirmware
    /// Nil when the firmware boots from a disk: then nothing of the system is in the digest.
    package var kernelHashes: KernelHashes?
    /// Virtual processors, 1 to 512.
    package var processors: Int
    /// Its CPUID signature stands in the measured save areas.
    package var model: ProcessorModel
    /// Decides the state in which processors start, and what some sections are measured as.
    package var monitor: MachineMonitor
    /// SEV_FEATURES; 1 is SNP alone, 0x21 is with DebugSwap (the default of Linux 6.6 and 6.7 hosts).
    package var features: UInt64

    package init(
        firmware: MeasuredFirmware, kernelHashes: KernelHashes? = nil, processors: Int = 1,
        model: ProcessorModel = .epycV4, monitor: MachineMonitor = .qemu, features: UInt64 = 1
    ) {
        self.firmware = firmware
        self.kernelHashes = kernelHashes
        self.processors = processors
        self.model = model
        self.monitor = monitor
        self.features = features
    }
}

extension LaunchMeasurement {
    /// The digest after the firmware's own pages.
    package static func firmwareDigest(_ firmware: MeasuredFirmware) -> [UInt8] {
        var measurement = LaunchMeasurement()
        measurement.addFirmware(firmware)
        return measurement.digest
    }

    /// The launch digest: 48 bytes, what MEASUREMENT of the guest's reports will be.
    package static func digest(of guest: MeasuredGuest) throws(LaunchMeasurementError) -> [UInt8] {
        guard (1...512).contains(guest.processors) else { throw .processorCount(guest.processors) }
        var measurement = LaunchMeasurement()
        measurement.addFirmware(guest.firmware)
        try measurement.addSections(guest)
        try measurement.addSaveAreas(guest)
        return measurement.digest
    }

    private mutating func addFirmware(_ firmware: MeasuredFirmware) {
        for offset in stride(from: 0, to: firmware.image.count, by: LaunchMeasurement.pageSize) {
            add(
                .normal, page: firmware.image[offset..<(offset + LaunchMeasurement.pageSize)],
                at: firmware.address + UInt64(offset))
        }
    }

    private mutating func addSections(_ guest: MeasuredGuest) throws(LaunchMeasurementError) {
        let sections = guest.firmware.sections
        if guest.kernelHashes != nil, !sections.contains(where: { $0.kind == .kernelHashes }) {
            throw .firmwareWithoutKernelHashes
        }
        for section in sections {
            let pages = section.size / LaunchMeasurement.pageSize
            switch section.kind {
            case .memory: add(guest.monitor == .gce ? .unmeasured : .zero, at: section.address, pages: pages)
            case .svsmCallingArea: add(.zero, at: section.address, pages: pages)
            case .secrets: add(.secrets, at: section.address)
            // EC2 measures the CPUID page after all others.
            case .cpuid: if guest.monitor != .ec2 { add(.cpuid, at: section.address) }
            case .kernelHashes: try addKernelHashes(guest, section: section, pages: pages)
            }
        }
        guard guest.monitor == .ec2 else { return }
        for section in sections where section.kind == .cpuid { add(.cpuid, at: section.address) }
    }

    private mutating func addKernelHashes(
        _ guest: MeasuredGuest, section: MeasuredFirmware.Section, pages: Int
    ) throws(LaunchMeasurementError) {
        guard let hashes = guest.kernelHashes else {
            add(.zero, at: section.address, pages: pages)
            return
        }
        guard let table = guest.firmware.hashTableAddress else { throw .firmwareWithoutKernelHashes }
        let offset = Int(table % UInt64(LaunchMeasurement.pageSize))
        guard pages == 1, offset + hashes.table.count <= LaunchMeasurement.pageSize else {
            throw .firmwareMetadata("the kernel hashes do not fit their section")
        }
        add(.normal, page: hashes.page(tableOffset: offset), at: section.address)
    }

    private mutating func addSaveAreas(_ guest: MeasuredGuest) throws(LaunchMeasurementError) {
        func page(_ entry: UInt32) -> [UInt8] {
            SaveArea(monitor: guest.monitor, model: guest.model, features: guest.features, entry: entry).page
        }
        add(.virtualMachineSaveArea, page: page(SaveArea.bootEntry), at: LaunchMeasurement.saveAreaAddress)
        guard guest.processors > 1 else { return }
        guard let reset = guest.firmware.resetAddress else {
            throw .firmwareFooter("no reset block: it does not say where further processors start")
        }
        let further = page(reset)
        for _ in 1..<guest.processors {
            add(.virtualMachineSaveArea, page: further, at: LaunchMeasurement.saveAreaAddress)
        }
    }
}
