import Foundation
import Linux
import Testing

@testable import Attestation

/// The server over a real unix socket, on a machine without the hardware: every request gets the processor's failure.
@Suite struct EvidenceServerTests {
    /// Through a descriptor of the directory, because the path is too long for an address.
    private static func connect(_ path: String) -> Int32 {
        let parent = open((path as NSString).deletingLastPathComponent, O_DIRECTORY)
        defer { close(parent) }
        let path = "/proc/self/fd/\(parent)/" + EvidenceServer.socketName
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        let client = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Foundation.connect(client, .init(__sockaddr__: $0), size)
            }
        }
        #expect(result == 0)
        return client
    }

    private static func isClosed(_ client: Int32) -> Bool {
        var byte: UInt8 = 0
        return recv(client, &byte, 1, 0) == 0
    }

    private static func read(_ client: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = recv(client, &buffer, buffer.count, 0)
        return String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
    }

    @Test func clientsAreServedAndTheSocketIsRemoved() throws {
        // Longer than a unix address, as a container's directory is.
        let directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("coffer-" + String(repeating: "0", count: 100)).path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let loop = try EventLoop()
        let server = try EvidenceServer(loop: loop, directory: directory, source: .device)
        #expect(throws: Errno.self) { try EvidenceServer(loop: loop, directory: directory, source: .device) }
        let path = directory + "/" + EvidenceServer.socketName

        let first = Self.connect(path)
        let second = Self.connect(path)
        let request = "GET /aa/evidence?runtime_data=AQ HTTP/1.1\r\n\r\n"
        let nonsense = "nonsense\r\n\r\n"
        #expect(send(first, request, request.utf8.count, 0) == request.utf8.count)
        #expect(send(second, nonsense, nonsense.utf8.count, 0) == nonsense.utf8.count)
        for _ in 0..<6 { try loop.turn(atMost: 50) }
        let answer = Self.read(first)
        #expect(answer.hasPrefix("HTTP/1.1 500 ") && answer.contains("/dev/sev-guest"))
        #expect(Self.read(second).hasPrefix("HTTP/1.1 400 "))
        // The refused client was closed, the other may go on.
        #expect(Self.isClosed(second))
        #expect(send(first, request, request.utf8.count, 0) == request.utf8.count)
        for _ in 0..<3 { try loop.turn(atMost: 50) }
        #expect(Self.read(first).hasPrefix("HTTP/1.1 500 "))

        server.close()
        #expect(!FileManager.default.fileExists(atPath: path))
        close(first)
        close(second)
    }

    @Test func missingDirectoriesAreRefused() throws {
        let loop = try EventLoop()
        #expect(throws: Errno.self) { try EvidenceServer(loop: loop, directory: "/nowhere", source: .device) }
    }
}
