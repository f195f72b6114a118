/// What criu says: the end of what it was asked for, or a moment at which its caller may want to do something.
/// images/rpc.proto of criu, `criu_resp`.
struct CriuReply {
    let task: CriuTask
    let success: Bool
    /// The error number of a failure, 0 when criu gives none.
    let errorNumber: UInt64
    /// What a notification is about; nil in other replies.
    let moment: String?
    /// The first process of what was restored.
    let pid: Int32?
    /// Major, minor and third number of the version as one: 3.16.1 is 31601.
    let version: UInt64?
    /// Whether changed memory can be told from unchanged.
    let tracksMemory: Bool
    /// Whether memory can be left behind and fetched on demand.
    let hasLazyPages: Bool

    /// Nil for what is no reply.
    init?(_ bytes: [UInt8]) {
        guard let reader = ProtobufReader(bytes), let number = reader.number(1),
            let task = CriuTask(rawValue: number), let success = reader.number(2)
        else { return nil }
        self.task = task
        self.success = success != 0
        errorNumber = reader.number(7) ?? 0
        let notification = reader.message(5)
        moment = task == .notify ? notification?.text(1) ?? "" : nil
        // In a notification, or in the reply to a restore.
        let pid = notification?.number(2) ?? reader.message(4)?.number(1)
        self.pid = pid.flatMap { Int32(exactly: $0) }
        version = reader.message(10).map { version in
            let minor = (version.number(2) ?? 0) &* 100 &+ (version.number(4) ?? 0)
            return (version.number(1) ?? 0) &* 10_000 &+ minor
        }
        let features = reader.message(8)
        tracksMemory = features?.number(1) == 1
        hasLazyPages = features?.number(2) == 1
    }
}
