internal import AttestationFormat
internal import JSON

/// What a container asks of its attestation socket.
package enum EvidenceRequest: Equatable {
    /// `GET /aa/evidence?runtime_data=BASE64URL`: report and certificates as JSON.
    case evidence(reportData: [UInt8])
    /// `POST /attest/raw {"runtime_data": BASE64}`: the report in hexadecimal.
    case raw(reportData: [UInt8])
}

/// A refusal: an HTTP status and why.
package struct EvidenceRefusal: Error, Equatable {
    /// HTTP status, 400 or above.
    package let status: Int
    /// For whoever wrote the request: `error` of the answer's JSON.
    package let reason: String

    package init(_ status: Int, _ reason: String) {
        self.status = status
        self.reason = reason
    }
}

extension EvidenceRequest {
    /// Bytes of runtime data at most; fewer are followed by zeros in REPORT_DATA.
    package static let maximumRuntimeData = 64

    /// Decides what a parsed request asks for.
    package init(method: String, target: String, body: [UInt8]) throws(EvidenceRefusal) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = String(parts[0])
        switch path {
        case "/aa/evidence":
            guard method == "GET" else { throw EvidenceRefusal(405, "/aa/evidence answers GET only") }
            self = .evidence(reportData: try EvidenceRequest.query(parts.count > 1 ? String(parts[1]) : ""))
        case "/attest/raw":
            guard method == "POST" else { throw EvidenceRefusal(405, "/attest/raw answers POST only") }
            self = .raw(reportData: try EvidenceRequest.runtimeData(inBody: body))
        default:
            throw EvidenceRefusal(404, "known paths are /aa/evidence and /attest/raw")
        }
    }

    private static func query(_ text: String) throws(EvidenceRefusal) -> [UInt8] {
        var found: [UInt8]?
        for pair in text.split(separator: "&", omittingEmptySubsequences: false) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0] == "runtime_data", found == nil else {
                throw EvidenceRefusal(400, "the query must be runtime_data=BASE64URL, once")
            }
            guard let bytes = Base64.decode(parts[1].utf8, alphabet: .url) else {
                throw EvidenceRefusal(400, "runtime_data is not base64url")
            }
            found = bytes
        }
        guard let found else { throw EvidenceRefusal(400, "the query must be runtime_data=BASE64URL, once") }
        return try padded(found)
    }

    private static func runtimeData(inBody body: [UInt8]) throws(EvidenceRefusal) -> [UInt8] {
        let json: JSON
        do throws(JSONError) {
            json = try JSON.parse(body)
        } catch {
            throw EvidenceRefusal(400, "the body is not JSON")
        }
        guard let text = json["runtime_data"]?.stringValue else {
            throw EvidenceRefusal(400, "the body must be {\"runtime_data\": BASE64}")
        }
        guard let bytes = Base64.decode(text.utf8) else {
            throw EvidenceRefusal(400, "runtime_data is not base64")
        }
        return try padded(bytes)
    }

    private static func padded(_ bytes: [UInt8]) throws(EvidenceRefusal) -> [UInt8] {
        guard bytes.count <= maximumRuntimeData else {
            throw EvidenceRefusal(400, "runtime_data has more than 64 bytes; send a SHA-512 of it")
        }
        var data = bytes
        data.padZeros(to: maximumRuntimeData)
        return data
    }
}
