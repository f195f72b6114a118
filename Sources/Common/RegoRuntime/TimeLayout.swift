/// A layout in the manner of Go's `time` package: the reference time Mon Jan 2 15:04:05 MST 2006, taken apart.
struct TimeLayout {
    enum Element: Equatable {
        case literal([UInt8])
        case longMonth, month, numericMonth, paddedMonth
        case longWeekday, weekday
        case day, spacedDay, paddedDay, spacedYearDay, paddedYearDay
        case hour, hour12, paddedHour12
        case minute, paddedMinute, second, paddedSecond
        case longYear, year
        case upperMeridiem, lowerMeridiem
        case zoneName
        /// `Z07:00` and its relatives; `utcAsZ` for those that begin with Z.
        case zone(utcAsZ: Bool, colons: Bool, parts: Int)
        /// `.000` (exact) or `.999` (trailing zeros dropped), with a point or comma.
        case fraction(digits: Int, exact: Bool, mark: UInt8)
    }

    private(set) var elements: [Element] = []

    /// The layouts that have names.
    private static let named: [(String, String)] = [
        ("ANSIC", "Mon Jan _2 15:04:05 2006"), ("UnixDate", "Mon Jan _2 15:04:05 MST 2006"),
        ("RubyDate", "Mon Jan 02 15:04:05 -0700 2006"), ("RFC822", "02 Jan 06 15:04 MST"),
        ("RFC822Z", "02 Jan 06 15:04 -0700"), ("RFC850", "Monday, 02-Jan-06 15:04:05 MST"),
        ("RFC1123", "Mon, 02 Jan 2006 15:04:05 MST"), ("RFC1123Z", "Mon, 02 Jan 2006 15:04:05 -0700"),
        ("RFC3339", "2006-01-02T15:04:05Z07:00"), ("RFC3339Nano", "2006-01-02T15:04:05.999999999Z07:00"),
    ]

    /// In the order in which they are tried: longer ones before their beginnings.
    private static let parts: [(String, Element)] = [
        ("January", .longMonth), ("Monday", .longWeekday), ("MST", .zoneName), ("2006", .longYear),
        ("__2", .spacedYearDay), ("002", .paddedYearDay), ("_2", .spacedDay), ("15", .hour),
        ("01", .paddedMonth), ("02", .paddedDay), ("03", .paddedHour12), ("04", .paddedMinute),
        ("05", .paddedSecond), ("06", .year), ("PM", .upperMeridiem), ("pm", .lowerMeridiem),
        ("Z07:00:00", .zone(utcAsZ: true, colons: true, parts: 3)),
        ("Z070000", .zone(utcAsZ: true, colons: false, parts: 3)),
        ("Z07:00", .zone(utcAsZ: true, colons: true, parts: 2)),
        ("Z0700", .zone(utcAsZ: true, colons: false, parts: 2)),
        ("Z07", .zone(utcAsZ: true, colons: false, parts: 1)),
        ("-07:00:00", .zone(utcAsZ: false, colons: true, parts: 3)),
        ("-070000", .zone(utcAsZ: false, colons: false, parts: 3)),
        ("-07:00", .zone(utcAsZ: false, colons: true, parts: 2)),
        ("-0700", .zone(utcAsZ: false, colons: false, parts: 2)),
        ("-07", .zone(utcAsZ: false, colons: false, parts: 1)),
        ("1", .numericMonth), ("2", .day), ("3", .hour12), ("4", .minute), ("5", .second),
    ]

    init(_ text: [UInt8]) {
        var bytes = text[...]
        for (name, layout) in TimeLayout.named where text.elementsEqual(name.utf8) {
            bytes = Array(layout.utf8)[...]
        }
        var literal: [UInt8] = []
        while let first = bytes.first {
            if let (element, length) = TimeLayout.element(at: bytes) {
                if !literal.isEmpty { elements.append(.literal(literal)) }
                literal = []
                elements.append(element)
                bytes = bytes.dropFirst(length)
            } else {
                literal.append(first)
                bytes = bytes.dropFirst()
            }
        }
        if !literal.isEmpty { elements.append(.literal(literal)) }
    }

    private static func element(at bytes: ArraySlice<UInt8>) -> (Element, Int)? {
        for (name, element) in parts where bytes.starts(with: name.utf8) {
            // `_2006` is an underscore and a year.
            if element == .spacedDay, bytes.starts(with: "_2006".utf8) { return nil }
            return (element, name.utf8.count)
        }
        for (name, element) in [("Jan", Element.month), ("Mon", .weekday)] where bytes.starts(with: name.utf8)
        {
            let next = bytes.dropFirst(3).first ?? 0
            if next < 97 || next > 122 { return (element, 3) }
        }
        return fraction(at: bytes)
    }

    private static func fraction(at bytes: ArraySlice<UInt8>) -> (Element, Int)? {
        guard let mark = bytes.first, mark == 46 || mark == 44, let digit = bytes.dropFirst().first,
            digit == 48 || digit == 57
        else { return nil }
        let run = bytes.dropFirst().prefix { $0 == digit }.count
        if let next = bytes.dropFirst(run + 1).first, next >= 48, next <= 57 { return nil }
        return (.fraction(digits: run, exact: digit == 48, mark: mark), run + 1)
    }
}
