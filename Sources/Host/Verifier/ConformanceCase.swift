package import AttestationFormat
package import JSON

/// One case of a public accept-or-refuse suite for SEV-SNP verifiers (tinfoil-conformance, stage
/// `verify-attestation-sev`): JSON in, JSON and an exit code out.
package struct ConformanceCase {
    /// The suite's exit codes.
    package enum Status: Int32, Sendable {
        /// Every demand is met.
        case accepted = 0
        /// The evidence is to blame, with a code that says of what.
        case rejected = 10
        /// Another version of the suite's format.
        case unsupported = 20
        /// The case itself cannot be read.
        case malformed = 30
    }

    /// What is printed and how the process ends.
    package struct Answer {
        /// For standard output.
        package let json: JSON
        /// For the process's end.
        package let status: Status
    }

    private let evidence: Evidence
    private let policy: VerificationPolicy

    /// Judges a case.
    ///
    /// - Parameters:
    ///   - certificates: intermediates and roots for cases that bring none.
    ///   - now: the time for cases that name none, seconds since 1970.
    ///   - decompress: undoes gzip; nil when the bytes are none.
    package static func answer(
        to input: [UInt8], certificates: [Certificate], now: Int64, decompress: ([UInt8]) -> [UInt8]?
    ) -> Answer {
        do {
            let json = try JSON.parse(input)
            guard json["schema_version"]?.stringValue == "1" else {
                return Answer(json: ["error": "schema_version is not 1"], status: .unsupported)
            }
            let judged = try ConformanceCase(json, certificates, now, decompress)
            return judged.answer()
        } catch let problem as Problem {
            return problem.code.map(rejection)
                ?? Answer(json: ["error": .string(problem.text)], status: .malformed)
        } catch {
            return Answer(json: ["error": .string("\(error)")], status: .malformed)
        }
    }

    /// A case that ends before judging: with a rejection code when the evidence itself is to blame.
    private struct Problem: Error {
        let text: String
        var code: String?
    }

    private init(
        _ json: JSON, _ certificates: [Certificate], _ now: Int64, _ decompress: ([UInt8]) -> [UInt8]?
    ) throws {
        guard let document = json["attestation_doc_b64"]?.stringValue.flatMap({ Base64.decode($0.utf8) }),
            let endorsement = json["vcek_der_b64"]?.stringValue.flatMap({ Base64.decode($0.utf8) })
        else { throw Problem(text: "attestation_doc_b64 and vcek_der_b64 must be base64") }
        guard let report = decompress(document) else {
            throw Problem(text: "not gzip", code: "REPORT_FORMAT_UNSUPPORTED")
        }
        guard report.count >= AttestationReport.size else {
            throw Problem(text: "too short", code: "REPORT_TRUNCATED")
        }
        var policy = VerificationPolicy(
            time: json["expiration_check_date_unix"]?.intValue.map(Int64.init) ?? now)
        var evidence = Evidence(report: report, certificates: certificates)
        do {
            evidence.certificates.append(try Certificate(parsing: endorsement))
            if let text = json["ask_pem"]?.stringValue {
                evidence.certificates.append(try Certificate(derOrPEM: [UInt8](text.utf8)))
            }
            if let text = json["amd_root_ca_pem"]?.stringValue {
                policy.developmentRoot = try Certificate(derOrPEM: [UInt8](text.utf8))
            }
        } catch {
            throw Problem(text: "\(error)", code: "VCEK_CHAIN_INVALID")
        }
        try ConformanceCase.apply(json["policy"], to: &policy)
        self.evidence = evidence
        self.policy = policy
    }

    private static func apply(_ demands: JSON?, to policy: inout VerificationPolicy) throws {
        guard let demands else { return }
        func bytes(_ key: String) throws -> [UInt8]? {
            guard let text = demands[key]?.stringValue else { return nil }
            guard let bytes = Hexadecimal.decode(text) else {
                throw Problem(text: "\(key) is not hexadecimal")
            }
            return bytes
        }
        func level(_ key: String) throws -> UInt8? {
            guard let number = demands[key]?.intValue else { return nil }
            guard let level = UInt8(exactly: number) else { throw Problem(text: "\(key) is not 0 to 255") }
            return level
        }
        policy.measurements = try bytes("expected_measurement_hex").map { [$0] } ?? []
        policy.hostData = try bytes("expected_host_data_hex")
        policy.reportData = try bytes("expected_report_data_hex")
        policy.idKeyDigests = try bytes("expected_id_key_digest_hex").map { [$0] } ?? []
        policy.authorKeyDigests = try bytes("expected_author_key_digest_hex").map { [$0] } ?? []
        let levels = [
            try level("min_tcb_bl_spl"), try level("min_tcb_tee_spl"), try level("min_tcb_snp_spl"),
            try level("min_tcb_ucode_spl"),
        ]
        guard levels.contains(where: { $0 != nil }) else { return }
        policy.minimumTCB = TCBComponents(
            fmc: nil, bootLoader: levels[0] ?? 0, tee: levels[1] ?? 0, snp: levels[2] ?? 0,
            microcode: levels[3] ?? 0)
    }

    private func answer() -> Answer {
        let verdict = Verification.verdict(on: evidence, policy: policy)
        guard verdict.isAccepted, let report = verdict.report else {
            let failed = Set(verdict.failures.map(\.subject))
            let code = ConformanceCase.codes.first { failed.contains($0.subject) }?.code
            return ConformanceCase.rejection(code ?? "REPORT_FORMAT_UNSUPPORTED")
        }
        let measured = Hexadecimal.encode(report.measurement)
        let fields: JSON = [
            "version": JSON(Int(report.version)), "guest_svn": JSON(Int(report.guestSVN)),
            "measurement_hex": .string(measured),
            "host_data_hex": .string(Hexadecimal.encode(report.hostData)),
            "report_data_hex": .string(Hexadecimal.encode(report.reportData)),
            "chip_id_hex": .string(Hexadecimal.encode(report.chipID)),
        ]
        let measurement: JSON = [
            "type": "https://tinfoil.sh/predicate/sev-snp-guest/v2", "registers": [.string(measured)],
        ]
        return Answer(
            json: [
                "stage": "verify-attestation-sev", "accepted": true,
                "outputs": ["measurement": measurement, "body_fields": fields],
            ], status: .accepted)
    }

    private static func rejection(_ code: String) -> Answer {
        Answer(
            json: [
                "stage": "verify-attestation-sev", "accepted": false, "rejection": ["code": .string(code)],
            ],
            status: .rejected)
    }

    /// The suite's code for each refusal; the first that applies is told.
    private static let codes: [(subject: Check.Subject, code: String)] = [
        (.version, "WRONG_REPORT_VERSION"), (.format, "REPORT_FORMAT_UNSUPPORTED"),
        (.signatureAlgorithm, "REPORT_FORMAT_UNSUPPORTED"), (.reservedFields, "REPORT_FORMAT_UNSUPPORTED"),
        (.signingKey, "SIGNER_INFO_INVALID"), (.chain, "VCEK_CHAIN_INVALID"), (.root, "ARK_UNTRUSTED"),
        (.names, "VCEK_CHAIN_INVALID"), (.family, "VCEK_CHAIN_INVALID"), (.validity, "VCEK_EXPIRED"),
        (.revocation, "ASK_INVALID"), (.signature, "REPORT_SIGNATURE_INVALID"),
        (.chipID, "VCEK_HWID_MISMATCH"),
        (.certificateTCB, "VCEK_TCB_MISMATCH"), (.minimumTCB, "TCB_OUT_OF_DATE"),
        (.provisionalFirmware, "TCB_OUT_OF_DATE"), (.policyBits, "GUEST_POLICY_RESERVED_BIT_SET"),
        (.debug, "GUEST_POLICY_DEBUG_SET"), (.migration, "GUEST_POLICY_MIGRATE_MA_SET"),
        (.measurement, "MEASUREMENT_MISMATCH"), (.hostData, "HOST_DATA_MISMATCH"),
        (.reportData, "REPORT_DATA_MISMATCH"), (.idKey, "ID_KEY_DIGEST_MISMATCH"),
        (.authorKey, "AUTHOR_KEY_DIGEST_MISMATCH"),
    ]
}
