/// Certificate times: `YYMMDDHHMMSSZ` and `YYYYMMDDHHMMSSZ` (RFC 5280 4.1.2.5) to and from seconds since 1970.
package enum DERTime {
    /// Seconds since 1970 UTC, nil when the text is not of the one form allowed.
    package static func seconds(_ text: ArraySlice<UInt8>, generalized: Bool) -> Int64? {
        let digitCount = generalized ? 14 : 12
        guard text.count == digitCount + 1, text.last == 90 else { return nil }
        var numbers: [Int64] = []
        var rest = text.dropLast()
        if generalized {
            guard let century = twoDigits(&rest) else { return nil }
            guard let year = twoDigits(&rest) else { return nil }
            numbers.append(century * 100 + year)
        } else {
            guard let year = twoDigits(&rest) else { return nil }
            numbers.append(year < 50 ? 2000 + year : 1900 + year)
        }
        for _ in 0..<5 {
            guard let number = twoDigits(&rest) else { return nil }
            numbers.append(number)
        }
        guard (1...12).contains(numbers[1]), (1...31).contains(numbers[2]), numbers[3] < 24, numbers[4] < 60,
            numbers[5] <= 60
        else { return nil }
        let days = daysSince1970(year: numbers[0], month: numbers[1], day: numbers[2])
        return days * 86400 + numbers[3] * 3600 + numbers[4] * 60 + numbers[5]
    }

    /// `YYYYMMDDHHMMSSZ`.
    package static func generalizedTime(_ seconds: Int64) -> String {
        let (year, month, day) = date(days: floorDivide(seconds, 86400))
        let clock = seconds - floorDivide(seconds, 86400) * 86400
        let parts = [month, day, clock / 3600, clock / 60 % 60, clock % 60]
        var text = padded(year, 4)
        for part in parts { text += padded(part, 2) }
        return text + "Z"
    }

    private static func padded(_ number: Int64, _ count: Int) -> String {
        var text = "\(number)"
        while text.utf8.count < count { text = "0" + text }
        return text
    }

    private static func twoDigits(_ text: inout ArraySlice<UInt8>) -> Int64? {
        guard let tens = text.popFirst(), let units = text.popFirst() else { return nil }
        guard (48...57).contains(tens), (48...57).contains(units) else { return nil }
        return Int64(tens - 48) * 10 + Int64(units - 48)
    }

    private static func floorDivide(_ number: Int64, _ divisor: Int64) -> Int64 {
        let quotient = number / divisor
        return number % divisor < 0 ? quotient - 1 : quotient
    }

    // Counting from 1 March makes the leap day the last of its year.
    private static func daysSince1970(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = floorDivide(shifted, 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func date(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthIndex + 2) / 5 + 1)
    }
}
