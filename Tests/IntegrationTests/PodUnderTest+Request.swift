import Foundation
import JSON
import Wire

extension PodUnderTest {
    /// Sends one request over the bridge, through the launcher's control socket.
    func request(_ type: MessageType, _ message: some Message) throws -> ResponseBase {
        let operation: JSON = [
            "operation": "request", "type": JSON(Int(type.rawValue)),
            "payload": .string(String(decoding: message.payload, as: UTF8.self)),
        ]
        let answer = try ask(operation.serialized())
        guard let payload = answer["payload"]?.stringValue else {
            throw Cofferctl.Failure(description: "the launcher answered \(answer.text)")
        }
        return try ResponseBase(payload: Array(payload.utf8))
    }

    /// One frame each way: u32 length, u8 channel, JSON.
    private func ask(_ bytes: [UInt8]) throws -> JSON {
        let socket = try connect("\(VMTests.state)/pods/\(name)/control.sock")
        defer { close(socket) }
        let count = UInt32(bytes.count)
        let header = [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: count >> $0) } + [0]
        let frame = header + bytes
        guard write(socket, frame, frame.count) == frame.count else {
            throw Cofferctl.Failure(description: "the control socket takes nothing")
        }
        var received: [UInt8] = []
        var wanted = 5
        while received.count < wanted {
            var buffer = [UInt8](repeating: 0, count: 65536)
            let count = read(socket, &buffer, buffer.count)
            if count <= 0 { throw Cofferctl.Failure(description: "the control socket ended") }
            received += buffer.prefix(count)
            if received.count >= 5 {
                wanted = 5 + received.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
            }
        }
        return try JSON.parse(Array(received[5..<wanted]))
    }

    private func connect(_ path: String) throws -> Int32 {
        let handle = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Foundation.connect(handle, .init(__sockaddr__: $0), socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else {
            close(handle)
            throw Cofferctl.Failure(description: "no connection to \(path)")
        }
        return handle
    }
}
