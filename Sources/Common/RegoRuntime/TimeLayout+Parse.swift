extension TimeLayout {
    /// Why a text is not a time of the layout.
    struct Failure: Error {
        var reason: String
    }

    /// Reads a text; parts that the layout lacks are those of 1 January of year 0, 00:00:00 UTC.
    func parse(_ text: [UInt8]) throws(Failure) -> CivilTime {
        var reader = TimeReader(rest: text[...])
        for (position, element) in elements.enumerated() {
            let next = position + 1 < elements.count ? elements[position + 1] : nil
            try reader.read(element, next: next)
        }
        guard reader.rest.isEmpty else { throw reader.failure("extra text") }
        return try reader.finish()
    }
}

/// Reads one text along a layout.
private struct TimeReader {
    var rest: ArraySlice<UInt8>
    private var time = CivilTime()
    private var isAfternoon: Bool?
    private var yearDay: Int?
    /// Read, but the date alone decides.
    private var weekday = 0

    init(rest: ArraySlice<UInt8>) {
        self.rest = rest
        time.year = 0
    }

    func failure(_ what: String) -> TimeLayout.Failure {
        TimeLayout.Failure(reason: what + ": \"" + String(decoding: rest, as: UTF8.self) + "\"")
    }

    mutating func read(_ element: TimeLayout.Element, next: TimeLayout.Element?) throws(TimeLayout.Failure) {
        switch element {
        case .literal(let bytes):
            guard rest.starts(with: bytes) else { throw failure("cannot parse") }
            rest = rest.dropFirst(bytes.count)
        case .longMonth: time.month = try name(CivilTime.monthNames) + 1
        case .month: time.month = try name(CivilTime.monthNames, short: true) + 1
        case .longWeekday: weekday = try name(CivilTime.dayNames)
        case .weekday: weekday = try name(CivilTime.dayNames, short: true)
        case .numericMonth: time.month = try digits(1, 2)
        case .paddedMonth: time.month = try digits(2, 2)
        case .spacedDay, .day, .paddedDay:
            if element == .spacedDay, rest.first == 32 { rest = rest.dropFirst() }
            time.day = try digits(element == .paddedDay ? 2 : 1, 2)
        case .spacedYearDay:
            while rest.first == 32 { rest = rest.dropFirst() }
            yearDay = try digits(1, 3)
        case .paddedYearDay: yearDay = try digits(3, 3)
        case .hour: time.hour = try within(24, digits(2, 2), "hour")
        case .hour12: time.hour = try within(13, digits(1, 2), "hour")
        case .paddedHour12: time.hour = try within(13, digits(2, 2), "hour")
        case .minute: time.minute = try within(60, digits(1, 2), "minute")
        case .paddedMinute: time.minute = try within(60, digits(2, 2), "minute")
        case .second, .paddedSecond:
            time.second = try within(60, digits(element == .second ? 1 : 2, 2), "second")
            if case .fraction? = next { return }
            try looseFraction()
        case .longYear: time.year = try digits(4, 4)
        case .year:
            let short = try digits(2, 2)
            time.year = short >= 69 ? short + 1900 : short + 2000
        case .upperMeridiem: try meridiem("AM", "PM")
        case .lowerMeridiem: try meridiem("am", "pm")
        case .zoneName: try zoneName()
        case .zone(let utcAsZ, let colons, let parts): try zone(utcAsZ, colons, parts)
        case .fraction(let count, let exact, _): try fraction(count, exact)
        }
    }

    private func within(_ limit: Int, _ value: Int, _ what: String) throws(TimeLayout.Failure) -> Int {
        guard value < limit else { throw failure(what + " out of range") }
        return value
    }

    private mutating func digits(_ least: Int, _ most: Int) throws(TimeLayout.Failure) -> Int {
        let run = rest.prefix(most).prefix { $0 >= 48 && $0 <= 57 }
        guard run.count >= least else { throw failure("cannot parse") }
        rest = rest.dropFirst(run.count)
        return run.reduce(0) { $0 * 10 + Int($1 - 48) }
    }

    private mutating func name(_ names: [String], short: Bool = false) throws(TimeLayout.Failure) -> Int {
        for (number, name) in names.enumerated() {
            let wanted = short ? Array(name.utf8.prefix(3)) : Array(name.utf8)
            let got = rest.prefix(wanted.count)
            guard got.count == wanted.count, zip(got, wanted).allSatisfy({ $0 | 32 == $1 | 32 }) else {
                continue
            }
            rest = rest.dropFirst(wanted.count)
            return number
        }
        throw failure("cannot parse")
    }

    private mutating func meridiem(_ morning: String, _ afternoon: String) throws(TimeLayout.Failure) {
        if rest.starts(with: morning.utf8) {
            isAfternoon = false
        } else if rest.starts(with: afternoon.utf8) {
            isAfternoon = true
        } else {
            throw failure("cannot parse")
        }
        rest = rest.dropFirst(2)
    }

    /// Seconds may have a fraction that the layout does not mention.
    private mutating func looseFraction() throws(TimeLayout.Failure) {
        guard let mark = rest.first, mark == 46 || mark == 44, let digit = rest.dropFirst().first,
            digit >= 48, digit <= 57
        else { return }
        try fraction(0, false)
    }

    private mutating func fraction(_ count: Int, _ exact: Bool) throws(TimeLayout.Failure) {
        guard let mark = rest.first, mark == 46 || mark == 44 else {
            if exact { throw failure("cannot parse") }
            return
        }
        let run = rest.dropFirst().prefix { $0 >= 48 && $0 <= 57 }
        if exact, run.count != count { throw failure("cannot parse") }
        guard !run.isEmpty else { throw failure("cannot parse") }
        rest = rest.dropFirst(run.count + 1)
        var value = 0
        for turn in 0..<9 {
            value = value * 10 + (turn < run.count ? Int(run[run.startIndex + turn] - 48) : 0)
        }
        time.nanosecond = value
    }

    private mutating func zone(_ utcAsZ: Bool, _ colons: Bool, _ parts: Int) throws(TimeLayout.Failure) {
        if utcAsZ, rest.first == 90 {
            rest = rest.dropFirst()
            return
        }
        guard let sign = rest.first, sign == 43 || sign == 45 else { throw failure("cannot parse") }
        rest = rest.dropFirst()
        var seconds = try within(24, digits(2, 2), "time zone offset hour") * 3600
        for unit in [60, 1].prefix(parts - 1) {
            if colons {
                guard rest.first == 58 else { throw failure("cannot parse") }
                rest = rest.dropFirst()
            }
            seconds += try within(60, digits(2, 2), "time zone offset minute") * unit
        }
        time.offset = sign == 45 ? -seconds : seconds
        time.abbreviation = ""
    }

    /// An abbreviation; only UTC and GMT say where they are, others are taken as UTC.
    private mutating func zoneName() throws(TimeLayout.Failure) {
        let letters = rest.prefix { $0 >= 65 && $0 <= 90 }
        guard letters.count >= 3, letters.count <= 5 else { throw failure("cannot parse") }
        rest = rest.dropFirst(letters.count)
        time.abbreviation = String(decoding: letters, as: UTF8.self)
    }

    mutating func finish() throws(TimeLayout.Failure) -> CivilTime {
        if let isAfternoon {
            if isAfternoon, time.hour < 12 {
                time.hour += 12
            } else if !isAfternoon, time.hour == 12 {
                time.hour = 0
            }
        }
        if let yearDay {
            guard yearDay >= 1,
                yearDay <= CivilTime.day(year: time.year + 1, month: 1, day: 1)
                    - CivilTime.day(year: time.year, month: 1, day: 1)
            else { throw TimeLayout.Failure(reason: "day-of-year out of range") }
            time.month = 1
            time.day = yearDay
            return time
        }
        guard time.month >= 1, time.month <= 12 else {
            throw TimeLayout.Failure(reason: "month out of range")
        }
        guard time.day >= 1, time.day <= CivilTime.daysIn(month: time.month, year: time.year) else {
            throw TimeLayout.Failure(reason: "day out of range")
        }
        return time
    }
}
