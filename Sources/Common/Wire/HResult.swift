/// The result code of a response: a Windows HRESULT, sent as a signed 32-bit number.
package struct HResult: RawRepresentable, Equatable, Hashable {
    /// The signed value as it stands in the JSON.
    package var rawValue: Int32

    package init(rawValue: Int32) { self.rawValue = rawValue }

    private init(bits: UInt32) { rawValue = Int32(bitPattern: bits) }

    package static let ok = HResult(rawValue: 0)
    package static let notImplemented = HResult(bits: 0x8000_4001)
    package static let fail = HResult(bits: 0x8000_4005)
    package static let notFound = HResult(bits: 0x8007_0490)
    package static let invalidArgument = HResult(bits: 0x8007_0057)
    package static let timeout = HResult(bits: 0xc037_0109)
    package static let unknownMessage = HResult(bits: 0xc037_010b)
    package static let unsupportedProtocolVersion = HResult(bits: 0xc037_010c)
    package static let invalidJSON = HResult(bits: 0xc037_010d)
    package static let systemNotFound = HResult(bits: 0xc037_010e)
    package static let systemAlreadyExists = HResult(bits: 0xc037_010f)
    package static let alreadyStopped = HResult(bits: 0xc037_0110)
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
