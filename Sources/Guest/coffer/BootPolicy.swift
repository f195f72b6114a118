internal import Policy

/// The policy that is part of this binary.
enum BootPolicy {
    /// nil: no policy is compiled in, and the host has to deliver one as a detached plugin.
    static var linked: LinkedPolicy? { nil }
}
