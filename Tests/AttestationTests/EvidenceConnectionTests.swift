import AttestationFormat
import Foundation
import Testing

@testable import Attestation

/// The attestation socket's protocol, without a socket.
@Suite struct EvidenceConnectionTests {
    /// Answers like a processor: the report carries what was asked for.
    private static func connection() -> EvidenceConnection {
        EvidenceConnection { reportData throws(AttestationError) in
            var report = AttestationReport()
            report.reportData = reportData
            return try Evidence(
                report: report.encoded(), certificateTable: [1, 2, 3], reportData: reportData)
        }
    }

    private static func exchange(_ text: String) -> String {
        var connection = connection()
        return String(decoding: connection.receive(text.utf8), as: UTF8.self)
    }

    private static func status(_ text: String) -> Int? {
        let words = exchange(text).split(separator: " ")
        return words.count > 1 ? Int(words[1]) : nil
    }

    private static func body(_ answer: String) throws -> String {
        let range = try #require(answer.range(of: "\r\n\r\n"))
        return String(answer[range.upperBound...])
    }

    @Test func evidence() throws {
        let data = [UInt8](repeating: 0xAB, count: 64)
        let query = Base64.encode(data, alphabet: .url)
        let answer = Self.exchange("GET /aa/evidence?runtime_data=\(query) HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
        var report = AttestationReport()
        report.reportData = data
        #expect(
            try Self.body(answer)
                == "{\"attestation_report\":\"\(Base64.encode(report.encoded()))\",\"cert_table\":\"AQID\"}")
    }

    /// Fewer than 64 bytes are followed by zeros.
    @Test func shortRuntimeDataIsPadded() throws {
        let answer = Self.exchange("GET /aa/evidence?runtime_data=AQI HTTP/1.1\r\n\r\n")
        var report = AttestationReport()
        report.reportData = [1, 2] + [UInt8](repeating: 0, count: 62)
        #expect(try Self.body(answer).contains(Base64.encode(report.encoded())))
    }

    @Test func raw() throws {
        let body = "{\"runtime_data\":\"AQI=\"}"
        let answer = Self.exchange(
            "POST /attest/raw HTTP/1.1\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
        var report = AttestationReport()
        report.reportData = [1, 2] + [UInt8](repeating: 0, count: 62)
        #expect(try Self.body(answer) == "{\"report\":\"\(Hexadecimal.encode(report.encoded()))\"}")
    }

    /// The same answers, however the bytes are cut.
    @Test(arguments: [1, 2, 3, 7, 50]) func piecesOfAnySize(size: Int) {
        let body = "{\"runtime_data\":\"AQI=\"}"
        let text =
            "GET /aa/evidence?runtime_data=AQI HTTP/1.1\r\n\r\n"
            + "POST /attest/raw HTTP/1.1\r\ncontent-length:\(body.utf8.count)\r\nconnection: close\r\n\r\n\(body)"
        let whole = Self.exchange(text)
        var connection = Self.connection()
        var answer: [UInt8] = []
        var rest = [UInt8](text.utf8)[...]
        while !rest.isEmpty {
            answer += connection.receive(rest.prefix(size))
            rest = rest.dropFirst(size)
        }
        #expect(String(decoding: answer, as: UTF8.self) == whole)
        #expect(connection.isFinished)
        #expect(connection.receive("GET / HTTP/1.1\r\n\r\n".utf8).isEmpty)
    }

    /// Requests and the status that refuses them.
    @Test(arguments: [
        ("GET / HTTP/1.1\r\n\r\n", 404),
        ("GET /aa/evidence HTTP/1.1\r\n\r\n", 400),
        ("GET /aa/evidence? HTTP/1.1\r\n\r\n", 400),
        ("GET /aa/evidence?runtime_data=* HTTP/1.1\r\n\r\n", 400),
        ("GET /aa/evidence?runtime_data=AQ&runtime_data=AQ HTTP/1.1\r\n\r\n", 400),
        ("GET /aa/evidence?other=AQ HTTP/1.1\r\n\r\n", 400),
        ("POST /aa/evidence?runtime_data=AQ HTTP/1.1\r\n\r\n", 405),
        ("GET /attest/raw HTTP/1.1\r\n\r\n", 405),
        ("POST /attest/raw HTTP/1.1\r\n\r\n", 400),
        ("POST /attest/raw HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}", 400),
        ("POST /attest/raw HTTP/1.1\r\nContent-Length: 22\r\n\r\n{\"runtime_data\":\"****\"}", 400),
        ("GET / HTTP/2\r\n\r\n", 505),
        ("GET  / HTTP/1.1\r\n\r\n", 400),
        ("GET http://a/ HTTP/1.1\r\n\r\n", 400),
        ("nonsense\r\n\r\n", 400),
        ("\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nfield\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\n: value\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\na: b\r\n folded\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\na : b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\na: \u{1}\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\na: b\nc: d\r\n\r\n", 400),
        ("GET /é HTTP/1.1\r\n\r\n", 400),
        ("POST /attest/raw HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
        ("POST /attest/raw HTTP/1.1\r\nContent-Length: +1\r\n\r\n", 400),
        ("POST /attest/raw HTTP/1.1\r\nContent-Length: 1x\r\n\r\n", 400),
        ("POST /attest/raw HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n", 400),
        ("POST /attest/raw HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        ("POST /attest/raw HTTP/1.1\r\nContent-Length: 4097\r\n\r\n", 413),
        ("POST /attest/raw HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", 501),
    ])
    func refusals(text: String, expected: Int) {
        #expect(Self.status(text) == expected)
    }

    @Test func tooMuchRuntimeDataIsRefused() {
        let query = Base64.encode([UInt8](repeating: 0, count: 65), alphabet: .url)
        #expect(Self.status("GET /aa/evidence?runtime_data=\(query) HTTP/1.1\r\n\r\n") == 400)
    }

    @Test func endlessHeadsAreRefused() {
        #expect(Self.status("GET /" + String(repeating: "a", count: 8192)) == 431)
        let line = "a: " + String(repeating: "b", count: 100) + "\r\n"
        #expect(Self.status("GET / HTTP/1.1\r\n" + String(repeating: line, count: 100) + "\r\n") == 431)
    }

    @Test func failuresOfTheProcessorAreTold() throws {
        var connection = EvidenceConnection { _ throws(AttestationError) in throw .noSecurityProcessor }
        let answer = connection.receive("GET /aa/evidence?runtime_data=AQ HTTP/1.1\r\n\r\n".utf8)
        let text = String(decoding: answer, as: UTF8.self)
        #expect(text.hasPrefix("HTTP/1.1 500 "))
        #expect(text.contains("no security processor"))
        #expect(!connection.isFinished)
    }

    @Test func randomBytesNeverTrap() {
        var state: UInt64 = 42
        func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
        let words = [
            "GET ", "POST ", "/attest/raw", "/aa/evidence?runtime_data=", "AQ", " HTTP/1.1\r\n", "\r\n",
            "\r\n\r\n",
            "Content-Length: 5", "connection: close", ":", "=", "&", "?", " ", "\n", "\r", "\u{0}", "é",
        ]
        for _ in 0..<3000 {
            var connection = Self.connection()
            var text = ""
            for _ in 0..<(next() % 20) { text += words[Int(next() % UInt64(words.count))] }
            let answer = connection.receive(text.utf8)
            #expect(answer.isEmpty || answer.starts(with: "HTTP/1.1 ".utf8))
        }
    }
}
