/// What criu is asked to do, or says something about. images/rpc.proto of criu, `criu_req_type`.
enum CriuTask: UInt64 {
    case dump = 1
    case restore = 2
    case dumpMemory = 4
    case notify = 6
    case checkFeatures = 9
    case version = 10

    /// As it is called in messages that others look for.
    var name: String {
        switch self {
        case .dump: "DUMP"
        case .restore: "RESTORE"
        case .dumpMemory: "PRE_DUMP"
        case .notify: "NOTIFY"
        case .checkFeatures: "FEATURE_CHECK"
        case .version: "VERSION"
        }
    }
}

/// How a checkpoint is to be written or read, in criu's words: each is a field of its `criu_opts`.
struct CriuOptions {
    /// Fields, by number. images/rpc.proto of criu.
    enum Field: Int {
        case imagesDirectory = 1
        case process = 2
        case leaveRunning = 3
        case externalSockets = 4
        case establishedConnections = 5
        case evasiveDevices = 6
        case shellJob = 7
        case fileLocks = 8
        case logLevel = 9
        case logFile = 10
        case pageServer = 11
        case notifies = 12
        case root = 13
        case parentImages = 14
        case tracksMemory = 15
        case removesDuplicates = 16
        case workDirectory = 17
        case linksBack = 18
        case externalMount = 23
        case managesGroups = 24
        case groupRoot = 25
        case restoresSibling = 26
        case inheritedDescriptor = 27
        case groupsMode = 34
        case external = 37
        case emptyNamespaces = 38
        case joinedNamespace = 39
        case freezer = 44
        case skipsInFlight = 46
        case lazyPages = 48
        case orphanTerminal = 50
        case configuration = 51
        case securityProfile = 53
        case mountContext = 63
    }

    private(set) var message = ProtobufWriter()

    mutating func put(_ field: Field, _ flag: Bool) { message.put(field.rawValue, flag) }
    mutating func put(_ field: Field, _ number: Int32) { message.put(field.rawValue, number) }
    mutating func put(_ field: Field, _ number: UInt64) { message.put(field.rawValue, number) }
    mutating func put(_ field: Field, _ text: String) { message.put(field.rawValue, text) }

    /// A field of two parts, a text and what belongs to it: mounts, groups, namespaces.
    mutating func put(_ field: Field, _ first: String, _ second: String) {
        var pair = ProtobufWriter()
        pair.put(1, first)
        pair.put(2, second)
        message.put(field.rawValue, pair)
    }

    /// A name and a number that goes with it: descriptors, and the page server with its port.
    mutating func put(_ field: Field, _ name: String, _ number: Int32) {
        var pair = ProtobufWriter()
        pair.put(1, name)
        pair.put(2, number)
        message.put(field.rawValue, pair)
    }
}

extension CriuTask {
    /// A request for this, as bytes.
    func request(_ options: CriuOptions?, features: ProtobufWriter? = nil) -> [UInt8] {
        var request = ProtobufWriter()
        request.put(1, rawValue)
        if let options { request.put(2, options.message) }
        if let features { request.put(5, features) }
        return request.bytes
    }

    /// The answer to a notification: what was to be done is done.
    static var acknowledgement: [UInt8] {
        var request = ProtobufWriter()
        request.put(1, CriuTask.notify.rawValue)
        request.put(3, true)
        return request.bytes
    }
}
