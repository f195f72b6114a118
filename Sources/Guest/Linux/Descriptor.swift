public import CLinux

/// An open file that is closed when its owner goes: `borrowing` to use it, `consuming` to hand it over.
///
/// Public with an inlinable deinit because Embedded Swift must see it from other modules.
@frozen
public struct Descriptor: ~Copyable {
    /// The kernel's number. Only Linux and the few places that hand a number to the kernel read it.
    public let raw: Int32

    /// Takes ownership of an open file number.
    @inlinable
    public init(owning raw: Int32) { self.raw = raw }

    @inlinable deinit { _ = close(raw) }

    /// Gives the number up without closing it; the caller owns it now.
    @inlinable
    public consuming func release() -> Int32 {
        let number = raw
        discard self
        return number
    }
}
