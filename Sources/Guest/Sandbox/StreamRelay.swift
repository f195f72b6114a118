internal import CLinux
internal import Linux

/// One end of a relay: an open file that is closed when the relay lets go of it.
private final class RelayEnd {
    let descriptor: Descriptor

    init(_ descriptor: consuming Descriptor) throws(Errno) {
        self.descriptor = descriptor
        try valueOrErrno(Int(coffer_set_nonblocking(self.descriptor.raw)))
    }
}

/// Copies one stream from a source to a sink in the loop, with a bounded buffer: while the sink takes nothing, nothing
/// is read.
///
/// The loop's watches keep it alive until both ends are done.
final class StreamRelay {
    /// Which way the stream goes, seen from the container.
    enum Direction {
        /// From the host's socket into the container: at its end the container's side is closed.
        case input
        /// From the container to the host's socket: at its end the socket is half closed, and closed when the host
        /// has closed too.
        case output
    }

    private static let capacity = 65536

    private let loop: EventLoop
    private let direction: Direction
    private var source: RelayEnd?
    /// nil once nobody takes the bytes any more; an output is then read and dropped, so that the writer goes on.
    private var sink: RelayEnd?
    private var sourceWatch: EventLoop.Watch?
    private var sinkWatch: EventLoop.Watch?
    private var buffer: [UInt8] = []
    private var sent = 0
    private var sourceEnded = false
    private var drained: (() -> Void)?

    /// Starts to copy. `drained` is called once, when all that the source had has gone to the sink.
    init(
        loop: EventLoop, direction: Direction, source: consuming Descriptor, sink: consuming Descriptor?,
        drained: @escaping () -> Void
    ) throws(Errno) {
        self.loop = loop
        self.direction = direction
        self.source = try RelayEnd(source)
        if let sink = consume sink { self.sink = try RelayEnd(sink) }
        self.drained = drained
        try watch()
    }

    private func watch() throws(Errno) {
        if let source { sourceWatch = try loop.watch(source.descriptor, for: .readable) { _ in self.pump() } }
        if let sink {
            sinkWatch = try loop.watch(sink.descriptor, for: []) { ready in self.sinkReady(ready) }
        }
    }

    /// Stops at once: what is buffered is lost.
    func stop() {
        closeSource()
        closeSink()
        finish()
    }

    /// Takes no more from the source; what is buffered still goes out. For the input of a process that has ended.
    func endSource() {
        if direction == .input, let source { _ = coffer_shutdown(source.descriptor.raw, Int32(SHUT_RD)) }
        sourceEnded = true
        closeSource()
        flush()
    }

    // MARK: - Copying

    private func pump() {
        if sourceEnded { return waitForPeer() }
        guard let source, buffer.isEmpty else { return }
        var bytes = [UInt8](repeating: 0, count: Self.capacity)
        let count = bytes.withUnsafeMutableBytes {
            Int(coffer_loop_read(source.descriptor.raw, $0.baseAddress, $0.count))
        }
        if count == -Int(EAGAIN) || count == -Int(EINTR) { return }
        if count > 0 {
            if sink == nil { return }
            bytes.removeLast(bytes.count - count)
            buffer = bytes
            sent = 0
        } else {
            // 0 is the end; a terminal whose last user has gone says EIO instead; any other error is an end as well.
            sourceEnded = true
            closeSource()
        }
        flush()
    }

    private func flush() {
        while sent < buffer.count, let sink {
            let count = buffer.withUnsafeBytes {
                Int(coffer_loop_write(sink.descriptor.raw, $0.baseAddress.map { $0 + sent }, $0.count - sent))
            }
            if count == -Int(EINTR) { continue }
            if count == -Int(EAGAIN) { return wait(forSink: true) }
            if count < 0 {
                loseSink()
                break
            }
            sent += count
        }
        buffer = []
        sent = 0
        if sourceEnded { return endSink() }
        wait(forSink: false)
    }

    /// Watches the end that can make progress, and only that one.
    private func wait(forSink: Bool) {
        do throws(Errno) {
            if let sourceWatch { try loop.change(sourceWatch, to: forSink ? [] : .readable) }
            if let sinkWatch { try loop.change(sinkWatch, to: forSink ? .writable : []) }
        } catch {
            stop()
        }
    }

    private func sinkReady(_ ready: EventLoop.Interest) {
        if sourceEnded && buffer.isEmpty { return waitForPeer() }
        if ready.contains(.hangup) && buffer.isEmpty {
            loseSink()
            return flush()
        }
        flush()
    }

    /// Nobody takes the bytes any more.
    private func loseSink() {
        closeSink()
        if direction == .input {
            sourceEnded = true
            closeSource()
        }
    }

    // MARK: - Ends

    /// The source has ended and everything has been sent.
    private func endSink() {
        if direction == .output, let sink, coffer_shutdown(sink.descriptor.raw, Int32(SHUT_WR)) == 0 {
            finish()
            // The host closes its side when it has read the end; until then the socket stays.
            do throws(Errno) {
                if let sinkWatch { try loop.change(sinkWatch, to: .readable) }
            } catch {
                closeSink()
            }
            return
        }
        closeSink()
        finish()
    }

    /// Reads what nobody expects until the host closes.
    private func waitForPeer() {
        guard let sink else { return }
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = bytes.withUnsafeMutableBytes {
            Int(coffer_loop_read(sink.descriptor.raw, $0.baseAddress, $0.count))
        }
        if count == -Int(EAGAIN) || count == -Int(EINTR) { return }
        // A host that writes to an output stream breaks the protocol; the stream ends.
        closeSink()
    }

    private func closeSource() {
        if let sourceWatch { loop.remove(sourceWatch) }
        sourceWatch = nil
        source = nil
    }

    private func closeSink() {
        if let sinkWatch { loop.remove(sinkWatch) }
        sinkWatch = nil
        sink = nil
    }

    private func finish() {
        let callback = drained
        drained = nil
        callback?()
    }
}
