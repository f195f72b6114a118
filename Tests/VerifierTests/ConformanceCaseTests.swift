import AttestationFormat
import JSON
import Testing

@testable import Verifier

/// Cases of the suite's form, made from real evidence.
@Suite struct ConformanceCaseTests {
    private static func answer(_ change: (inout JSONObject) throws -> Void) throws -> ConformanceCase.Answer {
        var input = JSONObject()
        input["schema_version"] = "1"
        input["attestation_doc_b64"] = .string(Base64.encode(try Vectors.bytes("mstav-genoa/report.bin")))
        let endorsement = try Certificate(derOrPEM: Vectors.bytes("mstav-genoa/vcek.pem"))
        input["vcek_der_b64"] = .string(Base64.encode(endorsement.encoding))
        input["expiration_check_date_unix"] = JSON(Int(Vectors.time))
        try change(&input)
        return ConformanceCase.answer(
            to: JSON.object(input).serialized(), certificates: try Vectors.roots(), now: 0,
            decompress: { $0.isEmpty ? nil : $0 })
    }

    private static func code(_ change: (inout JSONObject) throws -> Void) throws -> String? {
        try answer(change).json["rejection"]?["code"]?.stringValue
    }

    private static func changed(_ offset: Int, _ value: UInt8) throws -> JSON {
        var report = try Vectors.bytes("mstav-genoa/report.bin")
        report[offset] ^= value
        return .string(Base64.encode(report))
    }

    @Test(.enabled(if: Vectors.present, Vectors.absence)) func acceptance() throws {
        let answer = try Self.answer { _ in }
        #expect(answer.status == .accepted)
        #expect(answer.json["accepted"]?.boolValue == true)
        let register = answer.json["outputs"]?["measurement"]?["registers"]?.arrayValue?.first?.stringValue
        #expect(register?.count == 96)
    }

    @Test(.enabled(if: Vectors.present, Vectors.absence)) func refusals() throws {
        #expect(
            try Self.code { $0["attestation_doc_b64"] = try Self.changed(0x90, 1) }
                == "REPORT_SIGNATURE_INVALID")
        #expect(try Self.code { $0["attestation_doc_b64"] = "AAAA" } == "REPORT_TRUNCATED")
        #expect(try Self.code { $0["attestation_doc_b64"] = "" } == "REPORT_FORMAT_UNSUPPORTED")
        #expect(try Self.code { $0["vcek_der_b64"] = "AAAA" } == "VCEK_CHAIN_INVALID")
        #expect(try Self.code { $0["expiration_check_date_unix"] = 4_000_000_000 } == "VCEK_EXPIRED")
        let other = try Certificate(derOrPEM: Vectors.bytes("derived-oak-genoa_oc/vcek.der"))
        #expect(
            try Self.code { $0["vcek_der_b64"] = .string(Base64.encode(other.encoding)) }
                == "REPORT_SIGNATURE_INVALID")
    }

    /// Members of `policy` and the code of the refusal.
    @Test(
        .enabled(if: Vectors.present, Vectors.absence),
        arguments: [
            ("expected_measurement_hex", "MEASUREMENT_MISMATCH"),
            ("expected_host_data_hex", "HOST_DATA_MISMATCH"),
            ("expected_report_data_hex", "REPORT_DATA_MISMATCH"),
            ("expected_id_key_digest_hex", "ID_KEY_DIGEST_MISMATCH"),
            ("expected_author_key_digest_hex", "AUTHOR_KEY_DIGEST_MISMATCH"),
        ])
    func pins(key: String, code: String) throws {
        #expect(try Self.code { $0["policy"] = [key: "ff"] as JSON } == code)
    }

    @Test(
        .enabled(if: Vectors.present, Vectors.absence),
        arguments: [
            "min_tcb_bl_spl", "min_tcb_snp_spl", "min_tcb_ucode_spl",
        ])
    func levels(key: String) throws {
        #expect(try Self.code { $0["policy"] = [key: 255] as JSON } == "TCB_OUT_OF_DATE")
        #expect(try Self.answer { $0["policy"] = [key: 1] as JSON }.status == .accepted)
        #expect(try Self.answer { $0["policy"] = [key: 256] as JSON }.status == .malformed)
    }

    @Test(.enabled(if: Vectors.present, Vectors.absence)) func malformedCases() throws {
        #expect(try Self.answer { $0["schema_version"] = "2" }.status == .unsupported)
        #expect(try Self.answer { $0["vcek_der_b64"] = "*" }.status == .malformed)
        #expect(
            try Self.answer { $0["policy"] = ["expected_host_data_hex": "x"] as JSON }.status == .malformed)
        let answer = ConformanceCase.answer(to: [1], certificates: [], now: 0, decompress: { $0 })
        #expect(answer.status == .malformed)
    }
}
