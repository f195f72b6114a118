/// A version "major.minor.patch" as policies declare it. semver.org 2.0.0, without build metadata.
package struct SemanticVersion: Equatable {
    /// Decides first; like the others of at most nine digits, without leading zeros.
    package var major: UInt32
    /// Decides between equal majors.
    package var minor: UInt32
    /// Decides between equal minors.
    package var patch: UInt32
    /// The part behind "-", empty for a release. It is compared only for presence: a pre-release is older.
    package var preRelease: String

    package init(_ major: UInt32, _ minor: UInt32, _ patch: UInt32) {
        self.major = major
        self.minor = minor
        self.patch = patch
        preRelease = ""
    }

    /// Reads the text; nil when it is no version.
    package init?(_ text: String) {
        let parts = text.utf8.split(
            separator: UInt8(ascii: "-"), maxSplits: 1, omittingEmptySubsequences: false)
        let numbers = parts[0].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard numbers.count == 3, let major = Self.number(numbers[0]), let minor = Self.number(numbers[1]),
            let patch = Self.number(numbers[2])
        else { return nil }
        self.init(major, minor, patch)
        if parts.count == 2 {
            if parts[1].isEmpty { return nil }
            preRelease = String(decoding: parts[1], as: UTF8.self)
        }
    }

    private static func number(_ digits: Substring.UTF8View.SubSequence) -> UInt32? {
        if digits.isEmpty || digits.count > 9 || (digits.count > 1 && digits.first == UInt8(ascii: "0")) {
            return nil
        }
        var value: UInt32 = 0
        for digit in digits {
            guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
            value = value * 10 + UInt32(digit - UInt8(ascii: "0"))
        }
        return value
    }

    /// Whether this version is `other` or newer.
    package func isAtLeast(_ other: SemanticVersion) -> Bool {
        if major != other.major { return major > other.major }
        if minor != other.minor { return minor > other.minor }
        if patch != other.patch { return patch > other.patch }
        return preRelease.isEmpty || !other.preRelease.isEmpty
    }
}
