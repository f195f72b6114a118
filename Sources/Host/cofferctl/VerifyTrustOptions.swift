internal import ArgumentParser
internal import AttestationFormat
internal import Foundation
internal import Verifier

/// Roots, certificates, revocation and time.
struct TrustOptions: ParsableArguments {
    @Option(
        help:
            "Certificates or revocation lists that are not in the evidence: PEM, DER or THIM JSON. Repeatable."
    )
    var certificates: [String] = []

    @Option(help: "A DEVELOPMENT root (PEM) to trust beside AMD's. The verdict says so.")
    var trustRoot: String?

    @Option(help: "Judge certificates at this time (2026-11-21T09:00:00Z) instead of now.")
    var at: String?

    @Flag(help: "Accept certificates that are out of their validity period.")
    var ignoreExpiry = false

    @Flag(help: "Refuse when no current revocation list of the root is at hand.")
    var requireRevocationList = false

    func time() throws -> Int64 {
        guard let at else { return Int64(Date().timeIntervalSince1970) }
        guard let date = ISO8601DateFormatter().date(from: at) else {
            throw Failure.usage("--at \(at): not a time like 2026-11-21T09:00:00Z")
        }
        return Int64(date.timeIntervalSince1970)
    }

    func apply(to policy: inout VerificationPolicy) throws {
        policy.ignoreValidity = ignoreExpiry
        policy.requireRevocationList = requireRevocationList
        guard let trustRoot else { return }
        do {
            policy.developmentRoot = try Certificate(derOrPEM: CommandFile.read(trustRoot))
        } catch let error as AttestationFormatError {
            throw Failure("\(trustRoot): \(error)")
        }
    }
}
