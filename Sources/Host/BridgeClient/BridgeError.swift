package import Wire

/// Why a request over the bridge brought no result.
package enum BridgeError: Error {
    /// The guest answered with a failure: the message type and the whole answer.
    case refused(MessageType, ResponseBase)
    /// No answer in time; the bridge was closed, as its state is unknown now.
    case timedOut(MessageType, seconds: Double)
    /// The connection ended, or the guest broke the protocol, before the answer came.
    case disconnected(String)
    /// The answer is not what its type promises.
    case badAnswer(MessageType, WireError)
    /// The request does not fit into a frame.
    case tooLarge(MessageType, FrameError)
}

extension BridgeError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .refused(let type, let answer):
            "\(type) failed: \(RefusalText.readable(answer.errorMessage)) [\(answer.result)]"
        case .timedOut(let type, let seconds): "\(type): no answer within \(Int(seconds)) seconds"
        case .disconnected(let reason): "the bridge to the guest is closed: \(reason)"
        case .badAnswer(let type, let error): "\(type): the guest's answer is malformed: \(error)"
        case .tooLarge(let type, let error): "\(type): \(error)"
        }
    }
}
