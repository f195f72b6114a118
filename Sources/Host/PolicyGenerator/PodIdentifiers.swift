/// Identifiers of one run of a pod: 64 lower-case hexadecimal digits each.
package enum PodIdentifiers {
    /// A new random identifier.
    package static func random() -> String {
        let digits = Array("0123456789abcdef")
        var generator = SystemRandomNumberGenerator()
        return String((0..<64).map { _ in digits[Int.random(in: 0..<16, using: &generator)] })
    }
}
