/// The result code of a response: a Windows HRESULT, sent as a signed 32-bit number.
package struct HResult: RawRepresentable, Equatable, Hashable {
    /// The signed value as it stands in the JSON.
    package var rawValue: Int32

    package init(rawValue: Int32) { self.rawValue = rawValue }

    private init(bits: UInt32) { rawValue = Int32(bitPattern: bits) }

    /// S_OK.
    package static let ok = HResult(rawValue: 0)
    /// A message that this guest does not serve, or not at this point of the connection.
    package static let notImplemented = HResult(bits: 0x8000_4001)
    /// Everything without a code of its own, refusals by the policy among them.
    package static let fail = HResult(bits: 0x8000_4005)
    /// No such process.
    package static let notFound = HResult(bits: 0x8007_0490)
    /// Defined by the protocol; this guest answers `fail`.
    package static let invalidArgument = HResult(bits: 0x8007_0057)
    /// The process did not end within WaitForProcess's limit.
    package static let timeout = HResult(bits: 0xc037_0109)
    /// Defined by the protocol; this guest answers `notImplemented`.
    package static let unknownMessage = HResult(bits: 0xc037_010b)
    /// The host's range of versions leaves out the guest's.
    package static let unsupportedProtocolVersion = HResult(bits: 0xc037_010c)
    /// The payload is not the message that its type promises.
    package static let invalidJSON = HResult(bits: 0xc037_010d)
    /// No container of that id.
    package static let systemNotFound = HResult(bits: 0xc037_010e)
    /// Create for an id that is in use.
    package static let systemAlreadyExists = HResult(bits: 0xc037_010f)
    /// The container does not run.
    package static let alreadyStopped = HResult(bits: 0xc037_0110)
    /// Defined by the protocol for a container that is still being made; this guest answers one request after
    /// another.
    package static let invalidState = HResult(bits: 0x8037_0105)

    /// Whether the request succeeded.
    package var isSuccess: Bool { rawValue >= 0 }
}

extension HResult {
    /// The code as peers write it, "0x80004005".
    package var hexadecimal: String {
        let digits = String(UInt32(bitPattern: rawValue), radix: 16)
        return "0x" + String(repeating: "0", count: 8 - digits.utf8.count) + digits
    }

    /// What the code means, nil for a code that this protocol does not use.
    package var name: String? {
        switch self {
        case .ok: return "ok"
        case .notImplemented: return "not implemented"
        case .fail: return "fail"
        case .notFound: return "not found"
        case .invalidArgument: return "invalid argument"
        case .timeout: return "timeout"
        case .unknownMessage: return "unknown message"
        case .unsupportedProtocolVersion: return "unsupported protocol version"
        case .invalidJSON: return "invalid JSON"
        case .systemNotFound: return "system not found"
        case .systemAlreadyExists: return "system already exists"
        case .alreadyStopped: return "already stopped"
        case .invalidState: return "invalid state"
        default: return nil
        }
    }
}

extension HResult: CustomStringConvertible {
    package var description: String {
        guard let name else { return "HRESULT " + hexadecimal }
        return "HRESULT " + hexadecimal + " (" + name + ")"
    }
}
