internal import CLinux

/// The two calls that stand for many on old architectures, socketcall(2) and ipc(2): their first argument says which.
struct Multiplexers {
    private let socketcall: Int
    private let ipc: Int
    /// Rows of the calls that they stand for, with the first argument's value; empty where there are no such calls.
    private var operations: [(row: Int32, number: Int, operation: UInt64)] = []

    /// linux/net.h, from 1 on.
    private static let socketCalls: [StaticString] = [
        "socket", "bind", "connect", "listen", "accept", "getsockname", "getpeername", "socketpair", "send",
        "recv", "sendto", "recvfrom", "shutdown", "setsockopt", "getsockopt", "sendmsg", "recvmsg", "accept4",
        "recvmmsg", "sendmmsg",
    ]
    /// linux/ipc.h.
    private static let ipcCalls: [(name: StaticString, operation: UInt64)] = [
        ("semop", 1), ("semget", 2), ("semctl", 3), ("semtimedop", 4), ("msgsnd", 11), ("msgrcv", 12),
        ("msgget", 13), ("msgctl", 14), ("shmat", 21), ("shmdt", 22), ("shmget", 23), ("shmctl", 24),
    ]

    init(_ column: Int32) {
        socketcall = coffer_system_call_number(Self.row("socketcall"), column)
        ipc = coffer_system_call_number(Self.row("ipc"), column)
        if socketcall >= 0 {
            for (index, name) in Self.socketCalls.enumerated() {
                operations.append((Self.row(name), socketcall, UInt64(index + 1)))
            }
        }
        if ipc >= 0 {
            for (name, operation) in Self.ipcCalls { operations.append((Self.row(name), ipc, operation)) }
        }
    }

    /// The number of the call that stands for a row's, and the first argument with which it does.
    func find(_ row: Int32) -> (number: Int, operation: UInt64)? {
        guard let found = operations.first(where: { $0.row == row }) else { return nil }
        return (found.number, found.operation)
    }

    private static func row(_ name: StaticString) -> Int32 {
        UnsafeRawPointer(name.utf8Start).withMemoryRebound(to: CChar.self, capacity: name.utf8CodeUnitCount) {
            coffer_system_call($0, name.utf8CodeUnitCount)
        }
    }
}
