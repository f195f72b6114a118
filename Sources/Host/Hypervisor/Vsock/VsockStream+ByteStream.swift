internal import BridgeClient

/// A vsock stream carries the bridge.
extension VsockStream: ByteStream {
    /// Waits for bytes; an empty array at the orderly end.
    package func receive(upTo limit: Int) throws -> [UInt8] { try read(upTo: limit) }

    /// Sends all of `bytes`.
    package func send(_ bytes: [UInt8]) throws { try write(bytes) }
}
