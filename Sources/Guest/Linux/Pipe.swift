internal import CLinux

/// Both ends of a pipe, closed on execve. pipe(7).
///
/// Public and frozen because another module may only take a noncopyable value apart when it knows its layout.
@frozen
public struct Pipe: ~Copyable {
    /// Where bytes come out.
    public var readEnd: Descriptor
    /// Where bytes go in.
    public var writeEnd: Descriptor

    /// A new pipe. The corresponding C function is `pipe2`.
    package init() throws(Errno) {
        var ends: (Int32, Int32) = (0, 0)
        let result = withUnsafeMutableBytes(of: &ends) {
            coffer_pipe($0.bindMemory(to: Int32.self).baseAddress)
        }
        try valueOrErrno(Int(result))
        readEnd = Descriptor(owning: ends.0)
        writeEnd = Descriptor(owning: ends.1)
    }
}
