/// The Open Container Initiative's data: what a runtime is asked to run (runtime-spec 1.3.0) and what an image
/// says about itself (image-spec 1.1).
///
/// The types keep what the JSON says and judge nothing: an unknown capability, namespace or seccomp action is
/// still text here and is refused where it would take effect. Fields that the specification does not know are
/// ignored, as the specification demands.
package enum OCI {
    /// The newest runtime-spec version that these types describe.
    package static let version = "1.3.0"
}
