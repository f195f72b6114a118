internal import Attestation
internal import CLinux
internal import Linux
internal import Policy

extension Machine {
    func hostData() throws(EffectError) -> [UInt8] {
        do throws(AttestationError) { return try ReportSource.detect().hostData() } catch {
            throw EffectError(error.description)
        }
    }

    /// Listens on `attestation.sock` in a directory that a container has mounted.
    func serveEvidence(directory: String) throws(EffectError) {
        let source: ReportSource
        do throws(AttestationError) { source = try ReportSource.detect() } catch {
            throw EffectError(error.description)
        }
        evidence[directory] = try kernel("listening in \(directory)") { () throws(Errno) in
            try EvidenceServer(loop: loop, directory: directory, source: source)
        }
    }

    func endEvidence(directory: String) { evidence.removeValue(forKey: directory)?.close() }

    /// Connects to a port of the host.
    func dial(port: UInt32) throws(EffectError) -> Descriptor {
        try kernel("connecting to the host's port \(port)") { () throws(Errno) in
            try Vsock.connect(port: port)
        }
    }

    /// How long the host may keep PID 1 waiting between two pieces of what it delivers, in seconds.
    private static let patience = 60

    /// Reads exactly `size` bytes from a port of the host, and nothing after them.
    func receive(port: UInt32, size: Int) throws(EffectError) -> [UInt8] {
        let socket = try dial(port: port)
        return try kernel("reading \(size) bytes from the host's port \(port)") { () throws(Errno) in
            try valueOrErrno(coffer_set_receive_timeout(socket.raw, Self.patience))
            var bytes: [UInt8] = []
            bytes.reserveCapacity(size)
            while bytes.count < size {
                let more = try socket.read(upTo: min(size - bytes.count, 1 << 18))
                if more.isEmpty { throw Errno(ENODATA) }
                bytes += more
            }
            return bytes
        }
    }

    func allowLogging(_ permit: consuming Permit<RuntimeLogging>) { journal.open(permit) }

    func randomBytes(count: Int) throws(EffectError) -> [UInt8] {
        try kernel("making random bytes") { () throws(Errno) in
            var bytes = [UInt8](repeating: 0, count: count)
            let made = try valueOrErrno(
                bytes.withUnsafeMutableBytes { coffer_getrandom($0.baseAddress, count) })
            if made != count { throw Errno(EIO) }
            return bytes
        }
    }
}
