internal import Foundation
internal import Hypervisor
internal import JSON

/// One connection over a pod's control socket. Frames: u32 length, u8 channel, the bytes; little endian.
///
/// A connection carries one operation: the asker's JSON first, then events and streams until the answer.
final class ControlConnection: @unchecked Sendable {
    enum Channel: UInt8 {
        /// JSON: a request, an event, an answer.
        case control = 0
        /// Standard streams; an empty frame is the stream's end.
        case input = 1
        case output = 2
        case error = 3
    }

    struct Frame {
        let channel: Channel
        let bytes: [UInt8]

        /// The JSON of a control frame, nil for anything else.
        var json: JSONObject? { channel == .control ? (try? JSON.parse(bytes))?.objectValue : nil }
    }

    /// A larger frame ends the connection.
    static let frameLimit = 4 << 20

    private let socket: Int32
    private let sending = NSLock()

    /// Takes a connected socket over.
    init(owning socket: Int32) { self.socket = socket }

    deinit { close(socket) }

    /// Connects to a launcher.
    static func connect(_ path: String) throws -> ControlConnection {
        ControlConnection(owning: try UnixSocket.connect(path: path))
    }

    /// Connects to a pod's launcher, or says that the pod does not run.
    static func connect(to directory: PodDirectory) throws -> ControlConnection {
        do { return try connect(directory.control) } catch {
            throw Failure("pod \"\(directory.name)\" is not running", hint: "cofferctl ps lists the pods")
        }
    }

    /// Asks a pod's launcher one question that has one answer.
    static func ask(
        _ directory: PodDirectory, _ request: JSON, hintOfRefusal: String
    ) throws -> JSONObject {
        let connection = try connect(to: directory)
        try connection.send(request)
        guard let event = try connection.receive()?.json else {
            throw Failure("pod \"\(directory.name)\" has ended")
        }
        guard event["event"]?.stringValue == "failed" else { return event }
        let message = event["message"]?.stringValue ?? "no reason given"
        if event["refused"]?.boolValue == true { throw Failure.refused(message, hint: hintOfRefusal) }
        throw Failure(message)
    }

    /// Sends one frame; from any thread.
    func send(_ channel: Channel, _ bytes: [UInt8]) throws {
        var frame: [UInt8] = []
        let count = UInt32(bytes.count)
        for shift in stride(from: 0, to: 32, by: 8) {
            frame.append(UInt8(truncatingIfNeeded: count >> shift))
        }
        frame.append(channel.rawValue)
        frame += bytes
        try sending.withLock { try writeAll(frame) }
    }

    /// Sends a JSON frame.
    func send(_ json: JSON) throws { try send(.control, json.serialized()) }

    /// Waits for the next frame; nil at the end.
    func receive() throws -> Frame? {
        guard let header = try readExactly(5) else { return nil }
        let count = header.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
        guard count <= Self.frameLimit, let channel = Channel(rawValue: header[4]) else {
            throw Failure("the control connection carries something else than frames")
        }
        guard let bytes = count == 0 ? [] : try readExactly(count) else { return nil }
        return Frame(channel: channel, bytes: bytes)
    }

    /// Wakes a `receive` that waits in another thread.
    func shutdown() { _ = Foundation.shutdown(socket, Int32(SHUT_RDWR)) }

    private func writeAll(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes {
                Foundation.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else {
                throw Failure("the control connection broke: \(String(cString: strerror(errno)))")
            }
            rest = rest.dropFirst(written)
        }
    }

    private func readExactly(_ count: Int) throws -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let received = bytes.withUnsafeMutableBytes {
                recv(socket, $0.baseAddress.map { $0 + filled }, count - filled, 0)
            }
            if received < 0 && errno == EINTR { continue }
            if received <= 0 { return nil }
            filled += received
        }
        return bytes
    }
}
