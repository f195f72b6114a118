import BridgeClient
import Foundation
import JSON
import Wire

/// A guest at the other end of a bridge, played by a test through two queues of bytes.
final class PlayedGuest: @unchecked Sendable {
    /// The host's end.
    final class HostEnd: ByteStream, @unchecked Sendable {
        fileprivate let toHost = Pipe()
        fileprivate let toGuest = Pipe()

        func receive(upTo limit: Int) throws -> [UInt8] { toHost.take(upTo: limit) }
        func send(_ bytes: [UInt8]) throws {
            guard toGuest.put(bytes) else { throw Closed() }
        }
        func close() {
            toHost.close()
            toGuest.close()
        }
    }

    struct Closed: Error {}

    /// Bytes from one thread to another.
    fileprivate final class Pipe: @unchecked Sendable {
        private let condition = NSCondition()
        private var bytes: [UInt8] = []
        private var isClosed = false

        func put(_ more: [UInt8]) -> Bool {
            condition.withLock {
                guard !isClosed else { return false }
                bytes += more
                condition.broadcast()
                return true
            }
        }

        func take(upTo limit: Int) -> [UInt8] {
            condition.withLock {
                while bytes.isEmpty, !isClosed { condition.wait() }
                let part = Array(bytes.prefix(limit))
                bytes.removeFirst(part.count)
                return part
            }
        }

        func close() {
            condition.withLock {
                isClosed = true
                condition.broadcast()
            }
        }
    }

    let host = HostEnd()
    private var decoder = FrameDecoder()

    /// The host's next frame, nil at the end.
    func nextFrame() throws -> Frame? {
        while true {
            if let frame = try decoder.next() { return frame }
            let bytes = host.toGuest.take(upTo: 65536)
            if bytes.isEmpty { return nil }
            decoder.append(bytes)
        }
    }

    /// Sends bytes to the host, a few at a time when asked.
    func send(_ bytes: [UInt8], piece: Int = 65536) {
        for start in stride(from: 0, to: bytes.count, by: piece) {
            _ = host.toHost.put(Array(bytes[start..<min(start + piece, bytes.count)]))
        }
    }

    func send(_ type: MessageType, id: UInt64, _ message: some Message) throws {
        send(try Frame(type: type, id: id, payload: message.payload).encoded())
    }

    /// Answers a request.
    func answer(_ request: Frame, _ message: some Message) throws {
        try send(request.type.response, id: request.id, message)
    }

    func close() { host.close() }
}

/// A result computed by another thread.
final class Later<T: Sendable>: @unchecked Sendable {
    private let condition = NSCondition()
    private var result: Result<T, any Error>?

    init(_ body: @escaping @Sendable () throws -> T) {
        let thread = Thread { [self] in
            let value = Result { try body() }
            condition.withLock {
                result = value
                condition.broadcast()
            }
        }
        thread.start()
    }

    func get() throws -> T {
        try condition.withLock {
            while true {
                if let result { return try result.get() }
                condition.wait()
            }
        }
    }
}
