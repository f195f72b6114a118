extension Array where Element == UInt8 {
    /// Appends a text's UTF-8 bytes.
    mutating func append(text: String) {
        append(contentsOf: text.utf8)
    }

    /// Appends a whole number in decimal.
    mutating func append(decimal number: Int) {
        if number == 0 {
            append(48)
            return
        }
        if number < 0 { append(45) }
        var magnitude = number.magnitude
        var digits = 0
        let start = count
        while magnitude > 0 {
            append(UInt8(truncatingIfNeeded: 48 + magnitude % 10))
            magnitude /= 10
            digits += 1
        }
        var low = start
        var high = start + digits - 1
        while low < high {
            swapAt(low, high)
            low += 1
            high -= 1
        }
    }
}
