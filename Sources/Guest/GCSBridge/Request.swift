internal import JSON
internal import Wire

/// Why a frame is no request that can be served.
struct RequestError: Error, Equatable {
    var result: HResult
    var message: String
}

/// A request with its payload read.
enum Request: Equatable {
    case negotiate(NegotiateRequest)
    case modify(ModifySettingsRequest)
    case create(CreateRequest)
    case start(RequestBase)
    case execute(ExecuteProcessRequest)
    case wait(WaitForProcessRequest)
    case signal(SignalProcessRequest)
    case resize(ResizeConsoleRequest)
    case shutdown(RequestBase, forced: Bool)
    case properties(GetPropertiesRequest)
    case dumpStacks(RequestBase)
    case delete(RequestBase)

    /// Reads a frame. Negotiation is the first message of a connection, and only that.
    init(_ frame: Frame, isNegotiated: Bool) throws(RequestError) {
        if isNegotiated == (frame.type == .negotiateProtocol) { throw Self.unsupported(frame.type) }
        do throws(WireError) {
            switch frame.type {
            case .negotiateProtocol: self = .negotiate(try NegotiateRequest(payload: frame.payload))
            case .modifySettings: self = .modify(try ModifySettingsRequest(payload: frame.payload))
            case .create: self = .create(try CreateRequest(payload: frame.payload))
            case .start: self = .start(try PlainRequest(payload: frame.payload).base)
            case .executeProcess: self = .execute(try ExecuteProcessRequest(payload: frame.payload))
            case .waitForProcess: self = .wait(try WaitForProcessRequest(payload: frame.payload))
            case .signalProcess: self = .signal(try SignalProcessRequest(payload: frame.payload))
            case .resizeConsole: self = .resize(try ResizeConsoleRequest(payload: frame.payload))
            case .shutdownGraceful:
                self = .shutdown(try PlainRequest(payload: frame.payload).base, forced: false)
            case .shutdownForced:
                self = .shutdown(try PlainRequest(payload: frame.payload).base, forced: true)
            case .getProperties: self = .properties(try GetPropertiesRequest(payload: frame.payload))
            case .dumpStacks: self = .dumpStacks(try PlainRequest(payload: frame.payload).base)
            case .deleteContainerState: self = .delete(try PlainRequest(payload: frame.payload).base)
            default: throw WireError.missing(field: Self.unknownType)
            }
        } catch {
            if error == .missing(field: Self.unknownType) { throw Self.unsupported(frame.type) }
            throw RequestError(result: .invalidJSON, message: error.description)
        }
    }

    private static let unknownType = "(type)"

    private static func unsupported(_ type: MessageType) -> RequestError {
        RequestError(
            result: .notImplemented, message: "bridge: function not supported, header type: \(type)")
    }

    /// The part that every request has.
    var base: RequestBase {
        switch self {
        case .negotiate(let request): return request.base
        case .modify(let request): return request.base
        case .create(let request): return request.base
        case .execute(let request): return request.base
        case .wait(let request): return request.base
        case .signal(let request): return request.base
        case .resize(let request): return request.base
        case .properties(let request): return request.base
        case .start(let base), .shutdown(let base, _), .dumpStacks(let base), .delete(let base): return base
        }
    }

    /// The activity of a request that cannot be read otherwise, so that the host can tell whose failure it is.
    static func activityID(of frame: Frame) -> String {
        do throws(WireError) {
            return try PlainRequest(payload: frame.payload).base.activityID
        } catch {
            return nullID
        }
    }
}
