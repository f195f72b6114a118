extension AttestationReport {
    /// The report's 1184 bytes. Fields of another length than the layout's are cut or padded with zeros, so the
    /// result always has the right size.
    public func encoded() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendLittleEndian(UInt64(version), count: 4)
        bytes.appendLittleEndian(UInt64(guestSVN), count: 4)
        bytes.appendLittleEndian(policy.rawValue, count: 8)
        bytes.appendField(familyID, count: 16)
        bytes.appendField(imageID, count: 16)
        bytes.appendLittleEndian(UInt64(vmpl), count: 4)
        bytes.appendLittleEndian(UInt64(signatureAlgorithm), count: 4)
        bytes.appendField(currentTCB.bytes, count: 8)
        bytes.appendLittleEndian(platformInfo.rawValue, count: 8)
        bytes.appendLittleEndian(UInt64(keyInfo.rawValue), count: 8)
        bytes.appendField(reportData, count: 64)
        bytes.appendField(measurement, count: 48)
        bytes.appendField(hostData, count: 32)
        bytes.appendField(idKeyDigest, count: 48)
        bytes.appendField(authorKeyDigest, count: 48)
        bytes.appendField(reportID, count: 32)
        bytes.appendField(migrationAgentReportID, count: 32)
        bytes.appendField(reportedTCB.bytes, count: 8)
        if version > 2, let cpuid { bytes += [cpuid.family, cpuid.model, cpuid.stepping] }
        bytes.padZeros(to: 0x1A0)
        bytes.appendField(chipID, count: 64)
        bytes.appendField(committedTCB.bytes, count: 8)
        bytes += [currentFirmware.build, currentFirmware.minor, currentFirmware.major, 0]
        bytes += [committedFirmware.build, committedFirmware.minor, committedFirmware.major, 0]
        bytes.appendField(launchTCB.bytes, count: 8)
        if version >= 5 {
            bytes.appendLittleEndian(launchMitigations ?? 0, count: 8)
            bytes.appendLittleEndian(currentMitigations ?? 0, count: 8)
        }
        bytes.padZeros(to: AttestationReport.signedSize)
        bytes.appendField(signature, count: 512)
        return bytes
    }

    /// r and s big-endian, 48 bytes each, or nil when the slots or the rest of the signature field hold more
    /// than a P-384 signature can.
    public var signatureScalars: (r: [UInt8], s: [UInt8])? {
        guard signature.count == 512 else { return nil }
        let unused = [48..<72, 120..<512]
        for range in unused where !signature[range].allSatisfy({ $0 == 0 }) { return nil }
        return ([UInt8](signature[0..<48].reversed()), [UInt8](signature[72..<120].reversed()))
    }

    /// The signature field for big-endian scalars of at most 48 bytes.
    public static func signatureField(r: [UInt8], s: [UInt8]) -> [UInt8] {
        var field: [UInt8] = []
        field.appendField([UInt8](r.reversed()), count: 72)
        field.appendField([UInt8](s.reversed()), count: 72)
        field.padZeros(to: 512)
        return field
    }
}

extension [UInt8] {
    fileprivate mutating func appendField(_ field: [UInt8], count: Int) {
        let end = self.count + count
        append(contentsOf: field.prefix(count))
        padZeros(to: end)
    }
}
