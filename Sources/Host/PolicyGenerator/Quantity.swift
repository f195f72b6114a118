internal import Yams

/// Kubernetes quantities such as "500m" and "64Mi" (resource.Quantity of the API reference), without exponents.
package enum Quantity {
    /// Bytes, rounded up.
    static func bytes(_ reader: FieldReader, _ field: String) throws(PolicyGeneratorError) -> UInt64? {
        try value(reader, field, scale: 1)
    }

    /// Thousandths, rounded up.
    static func milli(_ reader: FieldReader, _ field: String) throws(PolicyGeneratorError) -> UInt64? {
        try value(reader, field, scale: 1000)
    }

    private static func value(
        _ reader: FieldReader, _ field: String, scale: UInt64
    ) throws(PolicyGeneratorError) -> UInt64? {
        guard let node = reader.node(field) else { return nil }
        guard case .scalar(let scalar) = node, let value = parse(scalar.string, scale: scale) else {
            throw reader.wrong(field, node, "a quantity such as 2, 500m or 64Mi")
        }
        return value
    }

    private static let factors: [String: (multiply: UInt64, divide: UInt64)] = [
        "n": (1, 1_000_000_000), "u": (1, 1_000_000), "m": (1, 1000), "": (1, 1), "k": (1000, 1),
        "M": (1_000_000, 1), "G": (1_000_000_000, 1), "T": (1_000_000_000_000, 1),
        "Ki": (1 << 10, 1), "Mi": (1 << 20, 1), "Gi": (1 << 30, 1), "Ti": (1 << 40, 1),
    ]

    /// A number with at most three decimal places and a suffix, times `scale`, rounded up; nil when it is none.
    package static func parse(_ text: String, scale: UInt64) -> UInt64? {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard let factor = factors[String(text.dropFirst(digits.count))] else { return nil }
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = parts.first.flatMap({ UInt64($0) }) else { return nil }
        var fraction: UInt64 = 0
        if parts.count == 2 {
            guard parts[1].count <= 3, let value = UInt64(parts[1].padding(to: 3)) else { return nil }
            fraction = value
        }
        let (thousandths, overflow) = whole.multipliedReportingOverflow(by: 1000)
        guard !overflow, thousandths <= UInt64.max - fraction else { return nil }
        let (scaled, high) = (thousandths + fraction).multipliedReportingOverflow(by: factor.multiply)
        guard !high else { return nil }
        let (product, higher) = scaled.multipliedReportingOverflow(by: scale)
        guard !higher else { return nil }
        let divisor = 1000 * factor.divide
        let result = product / divisor + (product % divisor == 0 ? 0 : 1)
        return result <= UInt64(Int64.max) ? result : nil
    }
}

extension Substring {
    fileprivate func padding(to count: Int) -> String {
        self + String(repeating: "0", count: count - self.count)
    }
}
