internal import AttestationFormat
internal import CLinux
internal import Linux

/// Where this machine's attestation reports come from.
package enum ReportSource: Equatable {
    /// The kernel's portable interface, /sys/kernel/config/tsm/report (Linux 6.7 and later).
    case configuration
    /// The device /dev/sev-guest (Linux 5.19 and later).
    case device
    #if SimulatedPSP
        /// The launcher's simulated processor, over vsock.
        case simulated
    #endif

    /// The best source that is here: hardware first. A development build falls back to the simulated processor; any
    /// other build fails without hardware.
    package static func detect() throws(AttestationError) -> ReportSource {
        mountConfiguration()
        if exists(configurationDirectory), hasProvider(in: configurationDirectory) { return .configuration }
        if exists(devicePath) { return .device }
        #if SimulatedPSP
            return .simulated
        #else
            throw .noSecurityProcessor
        #endif
    }

    /// A report over 64 bytes of the caller's choice.
    ///
    /// Waits for the security processor: usually some milliseconds, up to a minute when the host is busy.
    package func evidence(reportData: [UInt8]) throws(AttestationError) -> Evidence {
        guard reportData.count == 64 else { throw .reportDataLength(reportData.count) }
        switch self {
        case .configuration: return try configurationEvidence(reportData)
        case .device: return try deviceEvidence(reportData)
        #if SimulatedPSP
            case .simulated: return try simulatedEvidence(reportData)
        #endif
        }
    }

    /// HOST_DATA: the 32 bytes that the launcher set, immutable since; Coffer's policy digest.
    package func hostData() throws(AttestationError) -> [UInt8] {
        try evidence(reportData: [UInt8](repeating: 0, count: 64)).fields.hostData
    }

    /// The kernel's module makes the mount point, nobody else mounts it.
    private static func mountConfiguration() {
        let point = "/sys/kernel/config"
        guard exists(point), !exists(configurationDirectory) else { return }
        do throws(Errno) {
            try mountFilesystem(
                type: "configfs", source: "configfs", target: point,
                flags: UInt(MS_NOSUID) | UInt(MS_NODEV) | UInt(MS_NOEXEC))
        } catch {
            // Without it the device is asked, which is there whenever the directory would be.
        }
    }

    private static func exists(_ path: String) -> Bool {
        var status = stat()
        return coffer_stat(path, &status) == 0
    }
}
