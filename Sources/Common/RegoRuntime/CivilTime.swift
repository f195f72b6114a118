/// A moment as a calendar shows it (proleptic Gregorian), in a zone of fixed distance from UTC.
struct CivilTime {
    var year = 1970
    /// 1 to 12.
    var month = 1
    var day = 1
    var hour = 0
    var minute = 0
    var second = 0
    var nanosecond = 0
    /// Seconds east of UTC.
    var offset = 0
    /// The zone's short name; empty when it has none.
    var abbreviation = "UTC"

    init() {}

    /// The moment of so many nanoseconds since 1970, shown in a zone.
    init(nanoseconds: Int, offset: Int = 0, abbreviation: String = "UTC") {
        let (seconds, rest) = CivilTime.floorDivide(nanoseconds, 1_000_000_000)
        self.init(seconds: seconds + offset)
        nanosecond = rest
        self.offset = offset
        self.abbreviation = abbreviation
    }

    private init(seconds: Int) {
        let (days, rest) = CivilTime.floorDivide(seconds, 86_400)
        (year, month, day) = CivilTime.date(ofDay: days)
        hour = rest / 3600
        minute = rest % 3600 / 60
        second = rest % 60
    }

    static func floorDivide(_ value: Int, _ divisor: Int) -> (quotient: Int, remainder: Int) {
        let quotient = value / divisor
        let remainder = value % divisor
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    /// Days since 1970-01-01; the month may lie outside of 1 to 12, the day anywhere.
    static func day(year: Int, month: Int, day: Int) -> Int {
        let (carried, index) = floorDivide(month - 1, 12)
        // Years that begin in March, so that the leap day is the last.
        let shifted = year + carried - (index < 2 ? 1 : 0)
        let (era, yearOfEra) = floorDivide(shifted, 400)
        let dayOfYear = (153 * ((index + 10) % 12) + 2) / 5
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468 + day - 1
    }

    private static func date(ofDay days: Int) -> (Int, Int, Int) {
        let (era, dayOfEra) = floorDivide(days + 719_468, 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let index = (5 * dayOfYear + 2) / 153
        let month = index < 10 ? index + 3 : index - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * index + 2) / 5 + 1)
    }

    static func daysIn(month: Int, year: Int) -> Int {
        day(year: year, month: month + 1, day: 1) - day(year: year, month: month, day: 1)
    }

    /// Days since 1970-01-01.
    var dayNumber: Int { CivilTime.day(year: year, month: month, day: day) }
    /// 0 is Sunday.
    var weekday: Int { CivilTime.floorDivide(dayNumber + 4, 7).remainder }
    /// 1 to 366.
    var dayOfYear: Int { dayNumber - CivilTime.day(year: year, month: 1, day: 1) + 1 }

    /// Seconds since 1970 that a clock in the zone shows, as if it were in UTC.
    var localSeconds: Int { dayNumber * 86_400 + hour * 3600 + minute * 60 + second }

    /// Nanoseconds since 1970; nil when they do not fit.
    var nanoseconds: Int? {
        let seconds = localSeconds - offset
        // Below zero the product alone may not fit although the sum does.
        if seconds < 0 {
            let (product, overflow) = (seconds + 1).multipliedReportingOverflow(by: 1_000_000_000)
            if overflow { return nil }
            let (sum, tooSmall) = product.addingReportingOverflow(nanosecond - 1_000_000_000)
            return tooSmall ? nil : sum
        }
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        if overflow { return nil }
        let (sum, tooLarge) = product.addingReportingOverflow(nanosecond)
        return tooLarge ? nil : sum
    }

    static let monthNames = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    ]
    static let dayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
}
