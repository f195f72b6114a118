internal import CLinux

/// The number a failed system call leaves behind. errno(3).
package struct Errno: Error, Equatable, Hashable {
    /// The positive errno value, for instance `ENOENT`.
    package let code: Int32

    package init(_ code: Int32) { self.code = code }
}

extension Errno: CustomStringConvertible {
    /// The C library's text for the number, for instance "No such file or directory".
    package var description: String { String(cString: strerror(code)) }
}

/// Turns the `-errno` that CLinux's wrappers return into a thrown `Errno`.
@discardableResult
@inline(__always)
package func valueOrErrno(_ result: Int) throws(Errno) -> Int {
    if result < 0 { throw Errno(Int32(truncatingIfNeeded: -result)) }
    return result
}
