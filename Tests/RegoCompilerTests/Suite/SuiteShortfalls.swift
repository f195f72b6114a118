/// Families of the suite that are not complete: how many cases fail and how many are not run.
///
/// A family that is not listed passes entirely. The numbers may only go down.
enum SuiteShortfalls {
    static let v0 = v1
    static let v1: [String: (failed: Int, notRun: Int)] = [
        "invalidkeyerror": (0, 2),
        "netlookupipaddr": (0, 3),
        "providers-aws": (0, 18),
        "regoparsemodule": (0, 2),
        "time": (0, 1),
        "withkeyword": (0, 1),
    ]
}
