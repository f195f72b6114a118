internal import Foundation
internal import Hypervisor
internal import Wire

/// The host's ends of one process's standard streams: a listener per stream that the guest dials.
final class ProcessStreams: @unchecked Sendable {
    private let input: VsockListener?
    private let output: VsockListener?
    private let error: VsockListener?
    private let finished = DispatchGroup()

    /// Listens for the streams that the parameters ask for.
    init(_ parameters: ProcessParameters, _ ports: StreamPorts) throws {
        input = parameters.createStdInPipe ? try ports.listen() : nil
        output = parameters.createStdOutPipe ? try ports.listen() : nil
        error = parameters.createStdErrPipe ? try ports.listen() : nil
    }

    /// What goes into the request.
    var ports: StdioPorts {
        StdioPorts(input: input?.port ?? 0, output: output?.port ?? 0, error: error?.port ?? 0)
    }

    /// Reads both outputs in their own threads until they end. `nil` bytes say that a stream ended.
    ///
    /// - Parameter isInit: the guest may dial a container's init streams again after a break.
    func pump(isInit: Bool, _ handler: @escaping @Sendable (PodLog.Stream, [UInt8]?) -> Void) {
        for (listener, stream) in [(output, PodLog.Stream.output), (error, .error)] {
            guard let listener else { continue }
            finished.enter()
            let thread = Thread { [finished] in
                repeat {
                    guard let connection = try? listener.accept() else { break }
                    let ended = Self.drain(connection) { handler(stream, $0) }
                    if ended { break }
                } while isInit
                handler(stream, nil)
                finished.leave()
            }
            thread.name = "stream \(stream.rawValue)"
            thread.start()
        }
    }

    /// Reads to the end; true when the end was orderly.
    private static func drain(_ stream: VsockStream, _ handler: ([UInt8]) -> Void) -> Bool {
        while true {
            do throws(VsockError) {
                let bytes = try stream.read(upTo: 65536)
                if bytes.isEmpty { return true }
                handler(bytes)
            } catch {
                return false
            }
        }
    }

    /// The stream to write standard input to; the guest has dialled it when the process runs.
    func acceptInput() throws -> VsockStream? { try input?.accept(deadline: .after(seconds: 30)) }

    /// Waits until both outputs have ended; false when they had not after that many seconds.
    func waitForEnd(seconds: Double) -> Bool { finished.wait(timeout: .now() + seconds) == .success }

    /// Gives the ports back.
    func close() {
        input?.close()
        output?.close()
        error?.close()
    }
}
