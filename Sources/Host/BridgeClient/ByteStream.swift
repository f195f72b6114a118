/// A connection's bytes in both directions: a vsock stream, or a socket in tests.
package protocol ByteStream: AnyObject, Sendable {
    /// Waits for bytes; at most `limit`, an empty array at the end.
    func receive(upTo limit: Int) throws -> [UInt8]
    /// Sends all of `bytes`, waiting while the peer takes nothing.
    func send(_ bytes: [UInt8]) throws
    /// Ends the connection; a waiting `receive` returns or throws.
    func close()
}
