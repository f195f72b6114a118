internal import Foundation

/// How a layer's archive is packed, told by its first bytes.
enum Compression: Equatable {
    case none, gzip, zstd

    init(magic: [UInt8]) {
        if magic.starts(with: [0x1F, 0x8B]) {
            self = .gzip
        } else if magic.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
            self = .zstd
        } else {
            self = .none
        }
    }
}

/// Unpacks a stream with the `gzip` or `zstd` program, which works on another processor meanwhile.
///
/// A thread feeds the program from the packed source. Every failure, the program's too, shows as an error of `read`:
/// the end is reported only after the program has exited with 0.
final class Decompressor: ByteSource {
    private let name: String
    private let process = Process()
    private let output: FileHandle
    private let feeder: Feeder
    private var isFinished = false

    init(_ compression: Compression, _ source: any ByteSource) throws(LayersError) {
        name = compression == .zstd ? "zstd" : "gzip"
        let input = Pipe()
        let result = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [name, "-dc"]
        process.standardInput = input
        process.standardOutput = result
        process.standardError = FileHandle.nullDevice
        output = result.fileHandleForReading
        // A program that ends early must not end us: its pipe then gives EPIPE.
        signal(SIGPIPE, SIG_IGN)
        do { try process.run() } catch {
            throw .decompressor(program: name, "cannot be started: \(error.localizedDescription)")
        }
        feeder = Feeder(source, input.fileHandleForWriting)
        feeder.start()
    }

    deinit {
        if !isFinished {
            process.terminate()
            process.waitUntilExit()
            // Only now: closing the read end under a running program would be the same as terminating it.
            feeder.wait()
        }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(LayersError) -> Int {
        if isFinished { return 0 }
        while true {
            let count = Foundation.read(output.fileDescriptor, buffer.baseAddress, buffer.count)
            if count > 0 { return count }
            if count < 0 && errno == EINTR { continue }
            if count < 0 { throw .system(operation: "read", path: name, errno: errno) }
            break
        }
        isFinished = true
        process.waitUntilExit()
        feeder.wait()
        if let error = feeder.failure { throw error }
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            throw .decompressor(
                program: name, "the layer is not intact (status \(process.terminationStatus))")
        }
        return 0
    }

    func skip(_ count: UInt64) -> Bool { false }
}

/// Writes a source into a pipe from a thread of its own.
private final class Feeder: @unchecked Sendable {
    // Only the thread touches `source` and `pipe`; `failure` is read after `wait`.
    private let source: any ByteSource
    private let pipe: FileHandle
    private let done = DispatchSemaphore(value: 0)
    private(set) var failure: LayersError?
    private var isWaitedFor = false

    init(_ source: any ByteSource, _ pipe: FileHandle) {
        self.source = source
        self.pipe = pipe
    }

    func start() {
        let thread = Thread { [self] in
            do throws(LayersError) { try copy() } catch { failure = error }
            close(pipe.fileDescriptor)
            done.signal()
        }
        thread.start()
    }

    func wait() {
        if isWaitedFor { return }
        isWaitedFor = true
        done.wait()
    }

    private func copy() throws(LayersError) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = try source.read(into: buffer)
            if count == 0 { return }
            var rest = UnsafeRawBufferPointer(rebasing: buffer[..<count])
            while !rest.isEmpty {
                let written = write(pipe.fileDescriptor, rest.baseAddress, rest.count)
                if written < 0 && errno == EINTR { continue }
                // The program has ended; its status tells why.
                if written < 0 && errno == EPIPE { return }
                if written <= 0 { throw .system(operation: "write", path: "pipe", errno: errno) }
                rest = UnsafeRawBufferPointer(rebasing: rest[written...])
            }
        }
    }
}
