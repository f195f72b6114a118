package import AttestationFormat
package import Linux

/// Why the guest could not get a report. One case per step.
package enum AttestationError: Error {
    /// The requested report data has not exactly 64 bytes.
    case reportDataLength(Int)
    /// No security processor answers in this machine.
    case noSecurityProcessor
    /// A step of the kernel's report directory failed; `step` is the file's name.
    case configuration(step: StaticString, Errno)
    /// The kernel's report directory keeps changing under the reader.
    case generationMoved
    /// The device could not be opened.
    case openDevice(Errno)
    /// The device's request failed; `exitInfo` holds the firmware's (low) and the hypervisor's (high) answer.
    case deviceRequest(Errno, exitInfo: UInt64)
    /// The firmware refused.
    case firmwareStatus(UInt32)
    #if SimulatedPSP
        /// A step of the simulated processor's channel failed.
        case channel(step: StaticString, Errno)
    #endif
    /// The answer is not a report.
    case format(AttestationFormatError)
    /// The report answers another request: its report data is not what was asked for.
    case otherReportData
    /// The report was asked for by the host, not by this guest.
    case requestedByHost
}

extension AttestationError: CustomStringConvertible {
    /// What was wrong and what was expected.
    package var description: String {
        switch self {
        case .reportDataLength(let count): "report data: \(count) bytes, expected 64"
        case .noSecurityProcessor:
            "no security processor: neither /sys/kernel/config/tsm/report nor /dev/sev-guest exists"
        case .configuration(let step, let errno):
            "tsm report directory: \(step): \(errno.description)"
        case .generationMoved: "tsm report directory: another writer keeps changing the request"
        case .openDevice(let errno): "/dev/sev-guest: \(errno.description)"
        case .deviceRequest(let errno, let exitInfo):
            "/dev/sev-guest: \(errno.description) (firmware \(exitInfo & 0xFFFF_FFFF), hypervisor \(exitInfo >> 32))"
        case .firmwareStatus(let status): "security processor: report refused with status \(status)"
        #if SimulatedPSP
            case .channel(let step, let errno): "simulated security processor: \(step): \(errno.description)"
        #endif
        case .format(let error): "security processor's answer: \(error.description)"
        case .otherReportData: "security processor's answer: another request's report data"
        case .requestedByHost: "security processor's answer: a report that the host asked for"
        }
    }
}
