internal import AttestationFormat
internal import CLinux
internal import Linux

/// Reports through /dev/sev-guest (Documentation/virt/coco/sev-guest.rst).
extension ReportSource {
    static var devicePath: String { "/dev/sev-guest" }
    private static var responseSize: Int { 4000 }
    private static var reportOffset: Int { 32 }
    /// The kernel accepts at most four pages of certificates.
    private static var tableSize: Int { 16384 }

    func deviceEvidence(_ reportData: [UInt8]) throws(AttestationError) -> Evidence {
        let device: Descriptor
        do throws(Errno) {
            device = try openFile(ReportSource.devicePath, O_RDWR)
        } catch {
            throw .openDevice(error)
        }
        var response = [UInt8](repeating: 0, count: ReportSource.responseSize)
        let table = try request(device, reportData, &response)
        let report = try ReportSource.report(inResponse: response)
        return try Evidence(report: report, certificateTable: table, reportData: reportData)
    }

    /// Asks with certificates; a host that has none makes the kernel refuse that, then asks without.
    private func request(
        _ device: borrowing Descriptor, _ reportData: [UInt8], _ response: inout [UInt8]
    ) throws(AttestationError) -> [UInt8] {
        guard let pages = coffer_pages(ReportSource.tableSize) else {
            throw .deviceRequest(Errno(ENOMEM), exitInfo: 0)
        }
        defer { coffer_free_pages(pages, ReportSource.tableSize) }
        var needed: UInt32 = 0
        var exitInfo: UInt64 = 0
        let result = coffer_sev_extended_report(
            device.raw, reportData, &response, pages, UInt32(ReportSource.tableSize), &needed, &exitInfo)
        if result == 0 {
            return [UInt8](UnsafeRawBufferPointer(start: pages, count: ReportSource.tableSize))
        }
        let plain = coffer_sev_report(device.raw, reportData, &response, &exitInfo)
        guard plain == 0 else {
            throw .deviceRequest(Errno(Int32(truncatingIfNeeded: -plain)), exitInfo: exitInfo)
        }
        return []
    }

    /// Response: u32 status, u32 size of the report, 24 reserved bytes, the report.
    static func report(inResponse response: [UInt8]) throws(AttestationError) -> [UInt8] {
        let status: UInt32
        let size: UInt32
        do throws(AttestationFormatError) {
            var reader = ByteReader(response[...], of: "report response")
            status = try reader.u32()
            size = try reader.u32()
        } catch {
            throw .format(error)
        }
        guard status == 0 else { throw .firmwareStatus(status) }
        guard Int(size) == AttestationReport.size else {
            throw .format(
                .wrongLength(
                    what: "report response", expected: AttestationReport.size, found: Int(size)))
        }
        return [UInt8](response.dropFirst(ReportSource.reportOffset).prefix(AttestationReport.size))
    }
}
