/// Families of the suite that are not complete: how many cases fail and how many are not run.
///
/// A family that is not listed passes entirely. The numbers may only go down.
enum SuiteShortfalls {
    static let v0: [String: (failed: Int, notRun: Int)] = [
        "cryptoparsersaprivatekeys": (3, 0),
        "cryptox509parseandverifycertificates": (2, 0),
        "cryptox509parsecertificaterequest": (5, 0),
        "cryptox509parsecertificates": (10, 0),
        "cryptox509parsekeypair": (2, 0),
        "cryptox509parsersaprivatekey": (2, 0),
        "globsmatch": (6, 0),
        "graphql": (141, 0),
        "invalidkeyerror": (0, 2),
        "jsonschema": (9, 0),
        "netlookupipaddr": (0, 3),
        "providers-aws": (0, 18),
        "regoparsemodule": (0, 2),
        "rendertemplate": (5, 0),
        "time": (0, 1),
        "withkeyword": (0, 1),
    ]
    static let v1: [String: (failed: Int, notRun: Int)] = [
        "cryptoparsersaprivatekeys": (3, 0),
        "cryptox509parseandverifycertificates": (2, 0),
        "cryptox509parsecertificaterequest": (5, 0),
        "cryptox509parsecertificates": (10, 0),
        "cryptox509parsekeypair": (2, 0),
        "cryptox509parsersaprivatekey": (2, 0),
        "globsmatch": (6, 0),
        "graphql": (144, 0),
        "invalidkeyerror": (0, 2),
        "jsonschema": (9, 0),
        "logic_operators": (0, 138),
        "netlookupipaddr": (0, 3),
        "providers-aws": (0, 18),
        "regoparsemodule": (0, 2),
        "rendertemplate": (5, 0),
        "time": (0, 1),
        "withkeyword": (0, 1),
    ]
}
