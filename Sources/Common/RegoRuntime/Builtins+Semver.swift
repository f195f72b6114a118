/// A semantic version: three numbers, a pre-release and ignored build metadata.
struct SemanticVersion {
    var numbers: [Int] = []
    var prerelease: [UInt8] = []

    /// Nil when the text is no semantic version. A leading `v` is allowed.
    init?(_ text: UnsafeRawBufferPointer) {
        var bytes = Array(text)
        if bytes.first == 118 { bytes.removeFirst() }
        let (withoutMetadata, metadata) = SemanticVersion.cut(bytes, 43)
        let (core, prerelease) = SemanticVersion.cut(withoutMetadata, 45)
        guard SemanticVersion.areIdentifiers(metadata), SemanticVersion.areIdentifiers(prerelease) else {
            return nil
        }
        self.prerelease = prerelease
        let parts = core.split(separator: 46, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        for part in parts {
            guard let number = SemanticVersion.number(Array(part)) else { return nil }
            numbers.append(number)
        }
    }

    private static func cut(_ bytes: [UInt8], _ separator: UInt8) -> ([UInt8], [UInt8]) {
        guard let index = bytes.firstIndex(of: separator) else { return (bytes, []) }
        return (Array(bytes[..<index]), Array(bytes[(index + 1)...]))
    }

    private static func areIdentifiers(_ bytes: [UInt8]) -> Bool {
        if bytes.isEmpty { return true }
        return bytes.split(separator: 46, omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty
                && part.allSatisfy { byte in
                    (byte >= 48 && byte <= 57) || (byte | 32 >= 97 && byte | 32 <= 122) || byte == 45
                }
        }
    }

    /// A number with an optional sign, as Go's strconv.ParseInt takes it.
    private static func number(_ bytes: [UInt8]) -> Int? {
        var digits = bytes[...]
        let negative = digits.first == 45
        if negative || digits.first == 43 { digits.removeFirst() }
        if digits.isEmpty { return nil }
        var value = 0
        for byte in digits {
            guard byte >= 48, byte <= 57 else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int(byte - 48))
            if overflow || carry { return nil }
            value = sum
        }
        return negative ? -value : value
    }

    /// -1, 0 or 1.
    static func compare(_ left: SemanticVersion, _ right: SemanticVersion) -> Int {
        for position in 0..<3 where left.numbers[position] != right.numbers[position] {
            return left.numbers[position] < right.numbers[position] ? -1 : 1
        }
        if left.prerelease == right.prerelease { return 0 }
        if left.prerelease.isEmpty { return 1 }
        if right.prerelease.isEmpty { return -1 }
        let a = left.prerelease.split(separator: 46).map { Array($0) }
        let b = right.prerelease.split(separator: 46).map { Array($0) }
        for position in 0..<min(a.count, b.count) {
            let order = compareIdentifiers(a[position], b[position])
            if order != 0 { return order }
        }
        return a.count == b.count ? 0 : (a.count < b.count ? -1 : 1)
    }

    private static func compareIdentifiers(_ left: [UInt8], _ right: [UInt8]) -> Int {
        let leftIsNumber = left.allSatisfy { $0 >= 48 && $0 <= 57 }
        let rightIsNumber = right.allSatisfy { $0 >= 48 && $0 <= 57 }
        if leftIsNumber != rightIsNumber { return leftIsNumber ? -1 : 1 }
        if leftIsNumber {
            return BigInteger.compare(
                BigInteger(digits: left.map { $0 - 48 }), BigInteger(digits: right.map { $0 - 48 }))
        }
        return left == right ? 0 : (left.lexicographicallyPrecedes(right) ? -1 : 1)
    }
}

extension Builtins {
    /// `semver.is_valid(x)`; false for anything that is no string.
    public static func semverIsValid(_ context: Context, _ version: Value) throws(RegoError) -> Value {
        if version.isUndefined { return .undefined }
        return .boolean(version.isString && SemanticVersion(version.utf8) != nil)
    }

    /// `semver.compare(a, b)`: -1, 0 or 1.
    public static func semverCompare(_ context: Context, _ left: Value, _ right: Value) throws(RegoError)
        -> Value
    {
        guard left.isString, right.isString else {
            return try context.refuse("semver.compare", [left, right], ["string", "string"])
        }
        guard let a = SemanticVersion(left.utf8) else {
            return try context.builtinError(
                "semver.compare", "operand 1: string \(left) is not a valid SemVer")
        }
        guard let b = SemanticVersion(right.utf8) else {
            return try context.builtinError(
                "semver.compare", "operand 2: string \(right) is not a valid SemVer")
        }
        return .int(SemanticVersion.compare(a, b))
    }
}
