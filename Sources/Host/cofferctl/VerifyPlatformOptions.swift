internal import ArgumentParser
internal import AttestationFormat
internal import Verifier

/// Families, TCB minimums and policy bits.
struct PlatformOptions: ParsableArguments {
    @Option(help: "An accepted chip family: Milan, Genoa or Turin. Repeatable; all when not given.")
    var family: [String] = []

    @Flag(help: "Refuse Milan, whose endorsement keys can be extracted by software, instead of warning.")
    var refuseMilan = false

    @Option(help: "An accepted VMPL; 0 when not given. Repeatable.")
    var vmpl: [UInt32] = []

    @Option(help: "Least TCB: bl=4,tee=0,snp=24,ucode=219 (Turin: fmc=... too).")
    var minimumTcb: String?

    @Option(help: "Least firmware version: 1.55.38.")
    var minimumFirmware: String?

    @Flag(help: "Refuse platforms whose firmware did not look for aliased memory.")
    var requireAliasCheck = false

    @Flag(help: "Refuse guests that may run with simultaneous multithreading.")
    var refuseSmt = false

    @Flag(help: "Accept firmware that runs without being committed.")
    var allowProvisionalFirmware = false

    @Flag(help: "Accept guests whose memory the host may decrypt: for tests only.")
    var allowDebug = false

    @Option(help: "A refused chip, 128 hexadecimal digits of its CHIP_ID. Repeatable.")
    var refuseChip: [String] = []

    func apply(to policy: inout VerificationPolicy) throws {
        if !family.isEmpty { policy.families = Set(try family.map(chipFamily)) }
        policy.refuseMilan = refuseMilan
        if !vmpl.isEmpty { policy.privilegeLevels = Set(vmpl) }
        policy.minimumTCB = try minimumTcb.map(components)
        policy.minimumFirmware = try minimumFirmware.map(firmware)
        policy.requireAliasCheck = requireAliasCheck
        policy.refuseSMT = refuseSmt
        policy.allowProvisionalFirmware = allowProvisionalFirmware
        policy.allowDebug = allowDebug
        policy.refusedChips = try refuseChip.map { try CommandFile.hexadecimal("--refuse-chip", $0, 64...64) }
    }

    private func chipFamily(_ name: String) throws -> ChipFamily {
        guard let family = ChipFamily(productName: name) else {
            throw Failure.usage("--family \(name): expected Milan, Genoa or Turin")
        }
        return family
    }

    private func components(_ text: String) throws -> TCBComponents {
        var components = TCBComponents(fmc: nil, bootLoader: 0, tee: 0, snp: 0, microcode: 0)
        for pair in text.split(separator: ",") {
            let parts = pair.split(separator: "=")
            guard parts.count == 2, let level = UInt8(parts[1]) else {
                throw Failure.usage("--minimum-tcb \(text): expected like bl=4,tee=0,snp=24,ucode=219")
            }
            switch parts[0] {
            case "fmc": components.fmc = level
            case "bl": components.bootLoader = level
            case "tee": components.tee = level
            case "snp": components.snp = level
            case "ucode": components.microcode = level
            default:
                throw Failure.usage(
                    "--minimum-tcb: unknown component \(parts[0]); known: fmc, bl, tee, snp, ucode")
            }
        }
        return components
    }

    private func firmware(_ text: String) throws -> FirmwareVersion {
        let parts = text.split(separator: ".").map { UInt8($0) }
        guard parts.count == 3, let major = parts[0], let minor = parts[1], let build = parts[2] else {
            throw Failure.usage("--minimum-firmware \(text): expected like 1.55.38")
        }
        return FirmwareVersion(major: major, minor: minor, build: build)
    }
}
