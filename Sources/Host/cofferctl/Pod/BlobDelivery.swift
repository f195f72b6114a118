internal import Foundation
internal import Hypervisor

/// Hands bytes to the guest over a port that it dials, as often as it dials, until dropped.
final class BlobDelivery: Sendable {
    private let listener: VsockListener

    /// The port to name in a request.
    var port: UInt32 { listener.port }

    init(_ bytes: [UInt8], _ ports: StreamPorts) throws {
        let listener = try ports.listen()
        self.listener = listener
        let thread = Thread {
            while let stream = try? listener.accept() {
                // A guest that hangs up early has its reason; the request's answer tells it.
                try? stream.write(bytes, deadline: .after(seconds: 60))
                try? stream.drain(deadline: .after(seconds: 60))
                stream.finishWriting()
            }
        }
        thread.name = "delivery"
        thread.start()
    }

    deinit { listener.close() }
}
