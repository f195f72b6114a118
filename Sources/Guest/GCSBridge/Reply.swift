internal import Sandbox
internal import Wire

/// The answer to one request, sent on the connection that the request came on and on no other.
struct Reply {
    private let connection: Connection
    private let type: MessageType
    private let id: UInt64

    init(connection: Connection, frame: Frame) {
        self.connection = connection
        type = frame.type.response
        id = frame.id
    }

    /// Sends the answer; false when the connection has ended meanwhile.
    @discardableResult
    func send<M: Message>(_ message: M) -> Bool {
        if connection.isOpen { connection.send(Frame(type: type, id: id, payload: message.payload)) }
        return connection.isOpen
    }

    /// A failed request: the bare base with one record.
    func fail(_ result: HResult, _ message: String, activityID: String) {
        let text = result == .fail ? message : "HRESULT \(result.hexadecimal): \(message)"
        send(ResponseBase(failure: result, message: text, activityID: activityID))
    }

    func fail(_ error: SandboxError, activityID: String) {
        fail(error.result, error.description, activityID: activityID)
    }
}

extension SandboxError {
    /// The code that hosts expect for this error.
    var result: HResult {
        switch self {
        case .denied, .invalid, .unsupported, .wrongState, .effect, .disabled: return .fail
        case .noContainer: return .systemNotFound
        case .containerExists: return .systemAlreadyExists
        case .notRunning: return .alreadyStopped
        case .noProcess: return .notFound
        case .timeout: return .timeout
        }
    }
}
