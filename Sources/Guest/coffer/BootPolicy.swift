internal import Policy

#if LINKED_POLICY
    internal import GeneratedPolicy
#endif

/// The policy that is part of this binary.
enum BootPolicy {
    /// nil: no policy is compiled in, and the host has to deliver one as a detached plugin.
    static var linked: LinkedPolicy? {
        #if LINKED_POLICY
            return LinkedPolicy(evaluate: makeResponder())
        #else
            return nil
        #endif
    }
}
