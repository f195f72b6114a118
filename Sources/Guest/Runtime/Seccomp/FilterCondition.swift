internal import OCI

/// A condition on one argument of a system call. The kernel hands a filter unsigned 64-bit values.
struct FilterCondition: Equatable {
    enum Comparison: UInt8 {
        case equal, notEqual, less, lessOrEqual, greaterOrEqual, greater
    }

    /// 0 to 5.
    let argument: UInt32
    let comparison: Comparison
    /// Bits of the argument that are looked at.
    let mask: UInt64
    /// What it is compared with, without bits outside the mask.
    let value: UInt64

    init(_ argument: UInt32, _ comparison: Comparison, _ value: UInt64, mask: UInt64 = .max) {
        self.argument = argument
        self.comparison = comparison
        self.mask = mask
        self.value = value & mask
    }

    private static let operators: [(name: String, comparison: Comparison)] = [
        ("SCMP_CMP_NE", .notEqual), ("SCMP_CMP_LT", .less), ("SCMP_CMP_LE", .lessOrEqual),
        ("SCMP_CMP_EQ", .equal), ("SCMP_CMP_GE", .greaterOrEqual), ("SCMP_CMP_GT", .greater),
        ("SCMP_CMP_MASKED_EQ", .equal),
    ]

    /// The operators' names.
    static var operatorNames: [String] { operators.map { $0.name } }

    /// A specification's condition: `value` is the mask of MASKED_EQ, and `valueTwo` what remains of the argument.
    init(_ argument: OCI.SyscallArgument, field: String) throws(RuntimeError) {
        guard let comparison = Self.operators.first(where: { $0.name == argument.op })?.comparison else {
            throw .refused(
                "\(field).op: unknown operator \"\(argument.op)\"; expected names such as SCMP_CMP_EQ")
        }
        if argument.index > 5 { throw .refused("\(field).index: expected 0 to 5, found \(argument.index)") }
        if argument.op == "SCMP_CMP_MASKED_EQ" {
            self.init(argument.index, comparison, argument.valueTwo, mask: argument.value)
        } else {
            self.init(argument.index, comparison, argument.value)
        }
    }

    /// False where no bit is looked at, so that it always holds and is as if it was not there; as in libseccomp.
    func decides(wide: Bool) -> Bool { wide ? mask != 0 : mask & 0xffff_ffff != 0 }
}
