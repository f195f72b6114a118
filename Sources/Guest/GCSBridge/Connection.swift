internal import CLinux
internal import Linux
internal import Wire

/// One connection to the host: frames in, frames out, nothing in between.
final class Connection {
    private let loop: EventLoop
    private let socket: Descriptor
    private var watch: EventLoop.Watch?
    private var decoder = FrameDecoder()
    /// Bytes of answers that the host has not taken, above which no further request is served.
    private static let outputLimit = 1 << 18
    private var output: [UInt8] = []
    private var sent = 0
    private(set) var isOpen = true
    /// Whether the host and the guest have agreed on a version.
    var isNegotiated = false

    private let received: (Frame) -> Void
    private let refused: (FrameHeader, FrameError) -> Void
    private let closed: (String) -> Void

    /// Starts to read. `received` is called for each frame in order, `refused` for a header that cannot be believed,
    /// `closed` once at the end, with the reason.
    init(
        loop: EventLoop, socket: consuming Descriptor, received: @escaping (Frame) -> Void,
        refused: @escaping (FrameHeader, FrameError) -> Void, closed: @escaping (String) -> Void
    ) {
        self.loop = loop
        self.socket = socket
        self.received = received
        self.refused = refused
        self.closed = closed
    }

    func start() {
        do throws(Errno) {
            try valueOrErrno(Int(coffer_set_nonblocking(socket.raw)))
            watch = try loop.watch(socket, for: .readable) { ready in self.ready(ready) }
        } catch {
            close("the connection cannot be watched: \(error)")
        }
    }

    /// Queues a frame. Frames go out in the order of the calls.
    func send(_ frame: Frame) {
        do throws(FrameError) {
            output += try frame.encoded()
        } catch {
            // Only a response can be that long; its id must be answered all the same.
            let base = ResponseBase(
                failure: .fail, message: "the response is too large: \(error)", activityID: "")
            do throws(FrameError) {
                output += try Frame(type: frame.type, id: frame.id, payload: base.payload).encoded()
            } catch {
                return close("a short response is too large")
            }
        }
        flush()
    }

    /// Ends the connection; `closed` is told.
    func close(_ reason: String) {
        if !isOpen { return }
        isOpen = false
        if let watch { loop.remove(watch) }
        watch = nil
        _ = coffer_shutdown(socket.raw, Int32(SHUT_RDWR))
        closed(reason)
    }

    private func ready(_ ready: EventLoop.Interest) {
        if ready.contains(.writable) {
            flush()
            serve()
        }
        if ready.contains(.readable) { read() }
    }

    private func read() {
        if !isOpen { return }
        var bytes = [UInt8](repeating: 0, count: FrameHeader.maximumFrameSize)
        let count = bytes.withUnsafeMutableBytes {
            Int(coffer_loop_read(socket.raw, $0.baseAddress, $0.count))
        }
        if count == -Int(EAGAIN) || count == -Int(EINTR) { return }
        if count <= 0 {
            return close(
                count == 0 ? "the host closed it" : Errno(Int32(truncatingIfNeeded: -count)).description)
        }
        decoder.append(bytes[..<count])
        serve()
    }

    /// Serves the requests that have arrived, as long as the host takes the answers.
    private func serve() {
        do throws(FrameError) {
            while isOpen, output.count - sent < Self.outputLimit, let frame = try decoder.next() {
                received(frame)
            }
        } catch {
            if let header = decoder.failedHeader { refused(header, error) }
            close(error.description)
        }
    }

    private func flush() {
        while isOpen, sent < output.count {
            let count = output.withUnsafeBytes {
                Int(coffer_loop_write(socket.raw, $0.baseAddress.map { $0 + sent }, $0.count - sent))
            }
            if count == -Int(EINTR) { continue }
            if count == -Int(EAGAIN) {
                return wait(for: output.count - sent < Self.outputLimit ? [.readable, .writable] : .writable)
            }
            if count < 0 { return close(Errno(Int32(truncatingIfNeeded: -count)).description) }
            sent += count
        }
        output = []
        sent = 0
        wait(for: .readable)
    }

    private func wait(for interest: EventLoop.Interest) {
        guard let watch else { return }
        do throws(Errno) { try loop.change(watch, to: interest) } catch {
            close("the connection cannot be watched: \(error)")
        }
    }
}
