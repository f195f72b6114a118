package import AttestationFormat

/// A report and the certificates that the host gave with it.
package struct Evidence {
    /// The report's 1184 bytes.
    package let report: [UInt8]
    /// The certificate table as the host gave it; empty when it gave none. Untrusted: the verifier judges it.
    package let certificateTable: [UInt8]
    /// The report, parsed.
    package let fields: AttestationReport

    /// Accepts an answer only when it is a report for this request by this guest.
    package init(
        report: [UInt8], certificateTable: [UInt8], reportData: [UInt8]
    ) throws(AttestationError) {
        self.report = report
        self.certificateTable = certificateTable
        do throws(AttestationFormatError) {
            fields = try AttestationReport(parsing: report)
        } catch {
            throw .format(error)
        }
        guard fields.reportData == reportData else { throw .otherReportData }
        guard fields.vmpl != AttestationReport.hostRequestedVMPL else { throw .requestedByHost }
    }
}
