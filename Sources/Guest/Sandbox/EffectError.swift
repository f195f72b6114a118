/// An effect that failed: what was done, and what the kernel or the device answered.
package struct EffectError: Error, Equatable, CustomStringConvertible {
    /// A sentence for the host and the log.
    package let description: String

    package init(_ description: String) { self.description = description }
}
