import Foundation

/// One parser of bytes that an attacker chooses. It may refuse them; it must not trap, hang or grow without bound.
typealias FuzzTarget = @Sendable ([UInt8]) -> Void

/// All fuzz targets by the name that `hack/fuzz` takes.
let fuzzTargets: [String: FuzzTarget] = [
    "json": fuzzJSON,
    "rego-json": fuzzRegoJSON,
    "graphql": fuzzGraphQL,
    "template": fuzzTemplate,
    "json-schema": fuzzSchema,
    "x509": fuzzCertificates,
    "plugin": fuzzPlugin,
    "frame": fuzzFrame,
    "message": fuzzMessage,
    "oci-spec": fuzzSpecification,
    "report": fuzzReport,
    "certificate": fuzzCertificate,
    "certificate-table": fuzzCertificateTable,
    "evidence-request": fuzzEvidenceRequest,
    "evidence": fuzzEvidence,
    "firmware": fuzzFirmware,
    "superblock": fuzzSuperblock,
    "tar": fuzzTar,
    "vsock-packet": fuzzVsockPacket,
    "filter": fuzzFilter,
]

private let chosen: FuzzTarget = {
    let name = ProcessInfo.processInfo.environment["COFFER_FUZZ"] ?? ""
    guard let target = fuzzTargets[name] else {
        let known = fuzzTargets.keys.sorted().joined(separator: " ")
        FileHandle.standardError.write(
            Data("unknown fuzz target \"\(name)\", expected one of: \(known)\n".utf8))
        exit(2)
    }
    return target
}()

/// libFuzzer's driver; the package manager gives the executable a main function of its own, so it is called by name.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ one: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

@main
enum Fuzz {
    static func main() {
        var count = CommandLine.argc
        var arguments = CommandLine.unsafeArgv
        exit(
            runDriver(&count, &arguments) { start, count in
                chosen(Array(UnsafeBufferPointer(start: start, count: count)))
                return 0
            })
    }
}
