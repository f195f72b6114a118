internal import AttestationFormat
internal import JSON

/// One connection to a container's attestation socket: request bytes in, answer bytes out. A pure state machine; the
/// owner moves the bytes.
package struct EvidenceConnection {
    /// True when the owner should close after writing what was returned.
    package private(set) var isFinished = false
    private var input: [UInt8] = []
    private let evidence: ([UInt8]) throws(AttestationError) -> Evidence

    /// - Parameter evidence: gets a report over 64 bytes of report data.
    package init(evidence: @escaping ([UInt8]) throws(AttestationError) -> Evidence) {
        self.evidence = evidence
    }

    /// Takes what the client sent, in pieces of any size, and returns what to write to it: answers to every request
    /// that is complete now, in order.
    package mutating func receive(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        guard !isFinished else { return [] }
        input.append(contentsOf: bytes)
        var output: [UInt8] = []
        while !isFinished {
            do throws(EvidenceRefusal) {
                guard let answer = try next() else { break }
                output += answer
            } catch {
                // After a refusal of the head nothing says where the next request starts.
                isFinished = true
                output += EvidenceConnection.refusal(error)
            }
        }
        if isFinished { input = [] }
        return output
    }

    /// The answer to the first complete request, nil when there is none yet.
    private mutating func next() throws(EvidenceRefusal) -> [UInt8]? {
        guard let headEnd = HTTPHead.end(in: input) else {
            if input.count >= HTTPHead.maximumSize {
                throw EvidenceRefusal(431, "the head is larger than 8192 bytes")
            }
            return nil
        }
        guard headEnd <= HTTPHead.maximumSize else {
            throw EvidenceRefusal(431, "the head is larger than 8192 bytes")
        }
        let head = try HTTPHead(parsing: input[..<headEnd])
        guard input.count - headEnd >= head.contentLength else { return nil }
        let body = [UInt8](input[headEnd..<(headEnd + head.contentLength)])
        input.removeFirst(headEnd + head.contentLength)
        if head.closes { isFinished = true }
        return answer(head, body)
    }

    private func answer(_ head: HTTPHead, _ body: [UInt8]) -> [UInt8] {
        let request: EvidenceRequest
        do throws(EvidenceRefusal) {
            request = try EvidenceRequest(method: head.method, target: head.target, body: body)
        } catch {
            return EvidenceConnection.refusal(error)
        }
        do throws(AttestationError) {
            return EvidenceConnection.response(200, try json(request))
        } catch {
            return EvidenceConnection.refusal(EvidenceRefusal(500, error.description))
        }
    }

    private func json(_ request: EvidenceRequest) throws(AttestationError) -> JSON {
        var object = JSONObject()
        switch request {
        case .evidence(let reportData):
            let evidence = try evidence(reportData)
            object["attestation_report"] = .string(Base64.encode(evidence.report))
            object["cert_table"] = .string(Base64.encode(evidence.certificateTable))
        case .raw(let reportData):
            object["report"] = .string(Hexadecimal.encode(try evidence(reportData).report))
        }
        return .object(object)
    }

    private static func refusal(_ refusal: EvidenceRefusal) -> [UInt8] {
        var object = JSONObject()
        object["error"] = .string(refusal.reason)
        return response(refusal.status, .object(object))
    }

    private static func response(_ status: Int, _ json: JSON) -> [UInt8] {
        let body = json.serialized()
        let head =
            "HTTP/1.1 \(status) \(phrase(status))\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.count)\r\n\r\n"
        return [UInt8](head.utf8) + body
    }

    private static func phrase(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 400: "Bad Request"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 413: "Content Too Large"
        case 431: "Request Header Fields Too Large"
        case 501: "Not Implemented"
        case 505: "HTTP Version Not Supported"
        default: "Internal Server Error"
        }
    }
}
