extension TimeLayout {
    /// The time as the layout writes it.
    func format(_ time: CivilTime) -> [UInt8] {
        var out: [UInt8] = []
        for element in elements { TimeLayout.write(element, time, into: &out) }
        return out
    }

    private static func write(_ element: Element, _ time: CivilTime, into out: inout [UInt8]) {
        let hour12 = time.hour % 12 == 0 ? 12 : time.hour % 12
        switch element {
        case .literal(let bytes): out += bytes
        case .longMonth: out.append(text: CivilTime.monthNames[time.month - 1])
        case .month: out += CivilTime.monthNames[time.month - 1].utf8.prefix(3)
        case .numericMonth: number(time.month, into: &out)
        case .paddedMonth: number(time.month, 2, into: &out)
        case .longWeekday: out.append(text: CivilTime.dayNames[time.weekday])
        case .weekday: out += CivilTime.dayNames[time.weekday].utf8.prefix(3)
        case .day: number(time.day, into: &out)
        case .spacedDay: number(time.day, 2, pad: 32, into: &out)
        case .paddedDay: number(time.day, 2, into: &out)
        case .spacedYearDay: number(time.dayOfYear, 3, pad: 32, into: &out)
        case .paddedYearDay: number(time.dayOfYear, 3, into: &out)
        case .hour: number(time.hour, 2, into: &out)
        case .hour12: number(hour12, into: &out)
        case .paddedHour12: number(hour12, 2, into: &out)
        case .minute: number(time.minute, into: &out)
        case .paddedMinute: number(time.minute, 2, into: &out)
        case .second: number(time.second, into: &out)
        case .paddedSecond: number(time.second, 2, into: &out)
        case .longYear: number(time.year, 4, into: &out)
        case .year: number(time.year % 100, 2, into: &out)
        case .upperMeridiem: out.append(text: time.hour < 12 ? "AM" : "PM")
        case .lowerMeridiem: out.append(text: time.hour < 12 ? "am" : "pm")
        case .zoneName:
            if time.abbreviation.isEmpty {
                zone(time.offset, colons: false, parts: time.offset % 3600 == 0 ? 1 : 2, into: &out)
            } else {
                out.append(text: time.abbreviation)
            }
        case .zone(let utcAsZ, let colons, let parts):
            if utcAsZ, time.offset == 0 {
                out.append(90)
            } else {
                zone(time.offset, colons: colons, parts: parts, into: &out)
            }
        case .fraction(let digits, let exact, let mark):
            fraction(time.nanosecond, digits, exact, mark, into: &out)
        }
    }

    private static func number(_ value: Int, _ width: Int = 1, pad: UInt8 = 48, into out: inout [UInt8]) {
        if value < 0 { out.append(45) }
        let digits = Array(String(value.magnitude).utf8)
        for _ in 0..<max(0, width - digits.count) { out.append(pad) }
        out += digits
    }

    private static func zone(_ offset: Int, colons: Bool, parts: Int, into out: inout [UInt8]) {
        out.append(offset < 0 ? 45 : 43)
        let seconds = Int(offset.magnitude)
        let values = [seconds / 3600, seconds % 3600 / 60, seconds % 60]
        for (turn, value) in values.prefix(parts).enumerated() {
            if colons, turn > 0 { out.append(58) }
            number(value, 2, into: &out)
        }
    }

    private static func fraction(
        _ nanosecond: Int, _ digits: Int, _ exact: Bool, _ mark: UInt8, into out: inout [UInt8]
    ) {
        var text: [UInt8] = []
        number(nanosecond, 9, into: &text)
        while text.count < digits { text.append(48) }
        text = Array(text.prefix(digits))
        if !exact {
            while text.last == 48 { text.removeLast() }
            if text.isEmpty { return }
        }
        out.append(mark)
        out += text
    }
}
