import Attestation
import AttestationFormat

/// A report that is accepted must encode to the bytes it came from.
func fuzzReport(_ bytes: [UInt8]) {
    guard let report = try? AttestationReport(parsing: bytes) else { return }
    // Reserved bytes that are not zero are noted, not kept.
    guard report.nonZeroReserved.isEmpty else { return }
    precondition((try? AttestationReport(parsing: report.encoded())) == report)
}

func fuzzCertificate(_ bytes: [UInt8]) {
    _ = try? Certificate.all(derOrPEM: bytes)
    _ = try? RevocationList(parsing: bytes)
}

func fuzzCertificateTable(_ bytes: [UInt8]) {
    _ = try? CertificateTable(parsing: bytes)
}

/// What a container sends to its evidence socket; it gets an answer or silence, never a crash.
func fuzzEvidenceRequest(_ bytes: [UInt8]) {
    var connection = EvidenceConnection { (data) throws(AttestationError) in
        try Evidence(report: data, certificateTable: data, reportData: data)
    }
    for piece in stride(from: 0, to: bytes.count, by: 11) {
        _ = connection.receive(bytes[piece..<min(piece + 11, bytes.count)])
    }
}
