package import AttestationFormat
internal import JSON

/// What a relying party was given: a report, and certificates and revocation lists of any origin. Nothing in it is
/// trusted before a chain to a pinned root holds.
package struct Evidence: Sendable {
    /// The bytes that claim to be a report.
    package var report: [UInt8]
    /// Certificates in any order; duplicates do no harm.
    package var certificates: [Certificate]
    /// Of any issuer and any age; the verification picks those that count.
    package var revocationLists: [RevocationList]
    /// What was found beside the report and could not be read, in words.
    package var unreadable: [String]

    package init(report: [UInt8], certificates: [Certificate] = [], revocationLists: [RevocationList] = []) {
        self.report = report
        self.certificates = certificates
        self.revocationLists = revocationLists
        unreadable = []
    }

    /// Reads an evidence file: a bare report, a report followed by a certificate table, or the JSON that a container's
    /// attestation socket answers (`attestation_report` and `cert_table` in base64, or `report` in hexadecimal).
    package init(parsing bytes: [UInt8]) throws(EvidenceError) {
        if bytes.first(where: { !" \t\r\n".utf8.contains($0) }) == UInt8(ascii: "{") {
            try self.init(json: bytes)
            return
        }
        guard bytes.count >= AttestationReport.size else { throw .tooShort(bytes.count) }
        self.init(report: [UInt8](bytes.prefix(AttestationReport.size)))
        try add(table: [UInt8](bytes.dropFirst(AttestationReport.size)))
    }

    private init(json bytes: [UInt8]) throws(EvidenceError) {
        let json: JSON
        do throws(JSONError) {
            json = try JSON.parse(bytes)
        } catch {
            throw .json(error.description)
        }
        if let text = json["attestation_report"]?.stringValue {
            guard let report = Base64.decode(text.utf8) else {
                throw .json("attestation_report is not base64")
            }
            self.init(report: report)
        } else if let text = json["report"]?.stringValue {
            guard let report = Hexadecimal.decode(text) else { throw .json("report is not hexadecimal") }
            self.init(report: report)
        } else {
            throw .json("neither attestation_report nor report is a member")
        }
        guard let text = json["cert_table"]?.stringValue else { return }
        guard let table = Base64.decode(text.utf8) else { throw .json("cert_table is not base64") }
        try add(table: table)
    }

    /// Adds the certificates and revocation lists of a host's table. Entries of unknown kind are left out, damaged ones
    /// named in `unreadable`: the host may send rubbish, and a chain may hold without it.
    package mutating func add(table bytes: [UInt8]) throws(EvidenceError) {
        let table: CertificateTable
        do throws(AttestationFormatError) {
            table = try CertificateTable(parsing: bytes)
        } catch {
            throw .table(error)
        }
        for entry in table.entries {
            do throws(AttestationFormatError) {
                if [GUID.vcek, .vlek, .ask, .ark].contains(entry.guid) {
                    certificates += try Certificate.all(derOrPEM: entry.contents)
                } else if entry.guid == .crl {
                    revocationLists.append(try Evidence.revocationList(entry.contents))
                }
            } catch {
                unreadable.append("certificate table entry \(entry.guid): \(error)")
            }
        }
    }

    /// Adds a file of certificates or revocation lists that the caller names: PEM, DER, or Azure's THIM JSON.
    package mutating func add(file bytes: [UInt8]) throws(EvidenceError) {
        do throws(AttestationFormatError) {
            if PEM.isPEM(bytes) {
                try add(pem: bytes)
            } else if bytes.first == UInt8(ascii: "{") {
                try add(thim: bytes)
            } else {
                try add(der: bytes)
            }
        } catch {
            throw .file(error)
        }
    }

    private mutating func add(pem bytes: [UInt8]) throws(AttestationFormatError) {
        for block in try PEM.parse(bytes) {
            switch block.label {
            case "CERTIFICATE": certificates.append(try Certificate(parsing: block.contents))
            case "X509 CRL": revocationLists.append(try RevocationList(parsing: block.contents))
            default: throw .malformed(what: "PEM block that is neither CERTIFICATE nor X509 CRL")
            }
        }
    }

    private mutating func add(der bytes: [UInt8]) throws(AttestationFormatError) {
        do throws(AttestationFormatError) {
            certificates.append(try Certificate(parsing: bytes))
        } catch let certificateError {
            // Not a certificate: then it must be a list, else the certificate's error says more.
            do throws(AttestationFormatError) {
                revocationLists.append(try RevocationList(parsing: bytes))
            } catch {
                throw certificateError
            }
        }
    }

    private mutating func add(thim bytes: [UInt8]) throws(AttestationFormatError) {
        let json: JSON
        do throws(JSONError) {
            json = try JSON.parse(bytes)
        } catch {
            throw .malformed(what: "THIM JSON")
        }
        for key in ["vcekCert", "certificateChain"] {
            guard let text = json[key]?.stringValue else { throw .malformed(what: "THIM JSON") }
            try add(pem: [UInt8](text.utf8))
        }
    }

    private static func revocationList(_ bytes: [UInt8]) throws(AttestationFormatError) -> RevocationList {
        guard PEM.isPEM(bytes) else { return try RevocationList(parsing: bytes) }
        for block in try PEM.parse(bytes) where block.label == "X509 CRL" {
            return try RevocationList(parsing: block.contents)
        }
        throw .malformed(what: "PEM text without an X509 CRL block")
    }
}

/// Why a file is not evidence.
package enum EvidenceError: Error, CustomStringConvertible {
    /// Fewer bytes than a report has.
    case tooShort(Int)
    /// JSON without the members of an evidence answer.
    case json(String)
    /// The certificate table is damaged.
    case table(AttestationFormatError)
    /// A named file holds no certificate and no revocation list.
    case file(AttestationFormatError)

    package var description: String {
        switch self {
        case .tooShort(let count):
            "evidence: \(count) bytes, expected at least a report's \(AttestationReport.size), or JSON"
        case .json(let reason): "evidence: \(reason)"
        case .table(let error): "evidence: \(error)"
        case .file(let error): "certificates: \(error)"
        }
    }
}
