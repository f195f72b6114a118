/// The right to do one thing, once: what every effect of Storage and Runtime takes by `consuming`.
///
/// Only Policy can make one, by deciding a request, and it carries the resolved request itself. An effect reads all
/// of its parameters from `action` and from nowhere else, so that what was approved is what is done.
/// It cannot be copied: one decision, one effect.
package struct Permit<Action>: ~Copyable {
    /// The approved request, exactly as it is to be executed.
    package let action: Action

    init(approving action: Action) { self.action = action }
}
