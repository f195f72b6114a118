import Appliance
import AttestationFormat
import JSON
import Verifier

/// A relying party's input is the host's: whatever it is, there is a verdict or an error, and never an acceptance.
func fuzzEvidence(_ bytes: [UInt8]) {
    var evidence = (try? Evidence(parsing: bytes)) ?? Evidence(report: bytes)
    try? evidence.add(file: bytes)
    // No report that anybody has signed carries this; real ones are among the inputs.
    var policy = VerificationPolicy(time: 1_795_219_200)
    policy.hostData = [UInt8](repeating: 0xEE, count: 32)
    let verdict = Verification.verdict(on: evidence, policy: policy)
    precondition(!verdict.isAccepted, "accepted without a key to sign")
    precondition(!verdict.table.isEmpty && !verdict.json.serialized().isEmpty)
}

/// Firmware with hostile tables; its last bytes are what is read first.
func fuzzFirmware(_ bytes: [UInt8]) {
    let size = (bytes.count / 4096 + 1) * 4096
    let image = [UInt8](repeating: 0, count: size - bytes.count) + bytes
    guard let firmware = try? MeasuredFirmware(image: image) else { return }
    // Sections may be as large as memory: measuring those is slow, not wrong.
    guard firmware.sections.allSatisfy({ $0.size <= 1 << 20 }) else { return }
    let hashes = KernelHashes(kernel: [], initrd: [], commandLine: "")
    _ = try? LaunchMeasurement.digest(
        of: MeasuredGuest(firmware: firmware, kernelHashes: hashes, processors: 2))
}
