internal import CLinux

/// A new network namespace, with its loopback interface up, that is being made while this process does something else.
///
/// It belongs to the user namespace of who begins. A child of this process makes it, which ends without a signal; a clone of
/// this process has no part in it.
package final class NetworkMaker {
    private var child: Int32?
    /// A descriptor that the child replaces by the namespace.
    private let place: Int32

    /// Begins. When there can be no child nothing is made, as when it fails.
    package init() {
        var place: Int32 = -1
        let child = coffer_start_network(&place)
        self.place = place
        self.child = child < 0 ? nil : Int32(truncatingIfNeeded: child)
    }

    /// The child is not left behind.
    deinit { _ = take() }

    /// Waits for the namespace; nil when it could not be made, and when it was taken before.
    package func take() -> Descriptor? {
        guard let child else { return nil }
        self.child = nil
        let result = coffer_finish_network(child, place)
        return result < 0 ? nil : Descriptor(owning: Int32(truncatingIfNeeded: result))
    }
}
