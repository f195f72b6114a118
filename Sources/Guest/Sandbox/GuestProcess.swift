internal import Linux

/// One process of a container: its init, or one that was added to it.
final class GuestProcess {
    let processID: Int32
    /// The arguments with which it was started; the policy asks for them when it is signalled.
    let arguments: [String]
    let isInit: Bool
    let streams: ProcessStreams
    /// How it ended, once it has and its output has gone out.
    private(set) var exitCode: UInt32?
    private var ended = false
    private var waiters: [UInt64: (UInt32) -> Void] = [:]
    private var nextWaiter: UInt64 = 1

    init(processID: Int32, arguments: [String], isInit: Bool, streams: ProcessStreams) {
        self.processID = processID
        self.arguments = arguments
        self.isInit = isInit
        self.streams = streams
    }

    /// Whether the kernel has reported its end.
    var hasEnded: Bool { ended }

    /// Calls `waiter` with the exit code when there is one; the number takes the waiter back.
    func addWaiter(_ waiter: @escaping (UInt32) -> Void) -> UInt64 {
        let number = nextWaiter
        nextWaiter += 1
        waiters[number] = waiter
        return number
    }

    /// Takes a waiter back; false when it has been called.
    func removeWaiter(_ number: UInt64) -> Bool { waiters.removeValue(forKey: number) != nil }

    /// The kernel has reported the end.
    func markEnded() { ended = true }

    /// The exit code is known and all output has gone out: whoever waits is told, in the order of the waiting.
    func publish(_ code: UInt32) {
        if exitCode != nil { return }
        exitCode = code
        let numbers = waiters.keys.sorted()
        for number in numbers { waiters.removeValue(forKey: number)?(code) }
    }
}
