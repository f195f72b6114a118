internal import Foundation

/// Sizes for people.
enum ByteCount {
    private static let units = ["B", "KiB", "MiB", "GiB", "TiB"]

    /// Three digits and a unit: `64MiB`, `1.25GiB`.
    static func text(_ bytes: UInt64) -> String {
        var value = Double(bytes)
        var unit = 0
        while value >= 1000, unit < units.count - 1 {
            value /= 1024
            unit += 1
        }
        let digits = value >= 100 || unit == 0 ? 0 : (value >= 10 ? 1 : 2)
        var number = String(format: "%.\(digits)f", value)
        if digits > 0 {
            while number.hasSuffix("0") { number.removeLast() }
            if number.hasSuffix(".") { number.removeLast() }
        }
        return number + units[unit]
    }
}
