extension Builtins {
    /// A moment with its zone, and the layout where one is given.
    private struct Moment {
        var time: CivilTime
        var zone: String
        var layout: Value
    }

    private enum MomentError: Error {
        case type(String)
        case builtin(String)
    }

    /// Reads `ns`, `[ns, zone]` or `[ns, zone, layout]`.
    private static func moment(_ context: Context, _ value: Value, layout: Bool = false) throws(MomentError)
        -> Moment
    {
        guard value.isArray else {
            let nanoseconds = try timestamp(value)
            return Moment(time: CivilTime(nanoseconds: nanoseconds), zone: "", layout: .undefined)
        }
        guard value.count == 2 || (layout && value.count == 3) else {
            throw .type("must be array of [ns, timezone] but got array of wrong length")
        }
        let nanoseconds = try timestamp(value[0])
        guard let zone = value[1].string else { throw .type("must be string but got \(value[1].kindName)") }
        let found = try shown(context, nanoseconds, zone)
        return Moment(time: found, zone: zone, layout: value.count == 3 ? value[2] : .undefined)
    }

    private static func timestamp(_ value: Value) throws(MomentError) -> Int {
        guard value.isNumber else {
            throw .type("must be one of {number, array} but got \(value.kindName)")
        }
        guard let nanoseconds = value.int ?? Decimal(value).int else {
            throw Decimal(value).isWhole ? .builtin("timestamp too big") : .type("must be a whole number")
        }
        return nanoseconds
    }

    private static func shown(
        _ context: Context, _ nanoseconds: Int, _ zone: String
    ) throws(MomentError) -> CivilTime {
        if zone.isEmpty || zone == "UTC" { return CivilTime(nanoseconds: nanoseconds) }
        let seconds = CivilTime.floorDivide(nanoseconds, 1_000_000_000).quotient
        guard let (offset, name) = context.services.timeZone?(zone, seconds) else {
            throw .builtin("unknown time zone \(zone)")
        }
        return CivilTime(nanoseconds: nanoseconds, offset: offset, abbreviation: name)
    }

    private static func refuse(
        _ context: Context, _ name: StaticString, _ position: Int, _ error: MomentError
    ) throws(RegoError) -> Value {
        switch error {
        case .type(let why): return try context.operandRefused(name, position, why)
        case .builtin(let why): return try context.builtinError(name, why)
        }
    }

    /// Runs a function of one moment.
    private static func with(
        _ context: Context, _ name: StaticString, _ value: Value, layout: Bool = false,
        _ use: (Moment) -> Value
    ) throws(RegoError) -> Value {
        if value.isUndefined { return .undefined }
        do throws(MomentError) {
            return use(try moment(context, value, layout: layout))
        } catch {
            return try refuse(context, name, 1, error)
        }
    }

    /// `time.now_ns()`
    public static func timeNowNs(_ context: Context) throws(RegoError) -> Value {
        guard let now = context.services.queryTime() else {
            return try context.builtinError("time.now_ns", "the query has no clock")
        }
        return .int(now)
    }

    /// `time.date(ns)`: `[year, month, day]`
    public static func timeDate(_ context: Context, _ value: Value) throws(RegoError) -> Value {
        try with(context, "time.date", value) {
            context.array([.int($0.time.year), .int($0.time.month), .int($0.time.day)])
        }
    }

    /// `time.clock(ns)`: `[hour, minute, second]`
    public static func timeClock(_ context: Context, _ value: Value) throws(RegoError) -> Value {
        try with(context, "time.clock", value) {
            context.array([.int($0.time.hour), .int($0.time.minute), .int($0.time.second)])
        }
    }

    /// `time.weekday(ns)`
    public static func timeWeekday(_ context: Context, _ value: Value) throws(RegoError) -> Value {
        try with(context, "time.weekday", value) { context.string(CivilTime.dayNames[$0.time.weekday]) }
    }

    /// `time.format(ns)`, `time.format([ns, zone])`, `time.format([ns, zone, layout])`
    public static func timeFormat(_ context: Context, _ value: Value) throws(RegoError) -> Value {
        if value.isArray, value.count == 3, !value[2].isString {
            return try context.operandRefused("time.format", 1, "must be string but got \(value[2].kindName)")
        }
        return try with(context, "time.format", value, layout: true) {
            let layout = $0.layout.isString ? Array($0.layout.utf8) : Array("RFC3339Nano".utf8)
            return context.string(TimeLayout(layout).format($0.time))
        }
    }

    /// `time.parse_ns(layout, text)`
    public static func timeParseNs(_ context: Context, _ layout: Value, _ text: Value) throws(RegoError)
        -> Value
    {
        guard layout.isString, text.isString else {
            return try context.refuse("time.parse_ns", [layout, text], ["string", "string"])
        }
        return try parse(context, "time.parse_ns", Array(layout.utf8), text)
    }

    /// `time.parse_rfc3339_ns(text)`
    public static func timeParseRfc3339Ns(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        guard text.isString else { return try context.refuse("time.parse_rfc3339_ns", [text], ["string"]) }
        return try parse(context, "time.parse_rfc3339_ns", Array("RFC3339".utf8), text)
    }

    private static func parse(
        _ context: Context, _ name: StaticString, _ layout: [UInt8], _ text: Value
    ) throws(RegoError) -> Value {
        try context.tick((layout.count + text.length) / 8 + 1)
        do throws(TimeLayout.Failure) {
            let time = try TimeLayout(layout).parse(Array(text.utf8))
            if let nanoseconds = time.nanoseconds { return .int(nanoseconds) }
        } catch {
            return try context.builtinError(name, "parsing time \(text.description): \(error.reason)")
        }
        return try context.builtinError(name, "time outside of valid range")
    }

    /// `time.add_date(ns, years, months, days)`
    public static func timeAddDate(
        _ context: Context, _ value: Value, _ years: Value, _ months: Value, _ days: Value
    ) throws(RegoError) -> Value {
        let name: StaticString = "time.add_date"
        guard !value.isUndefined, years.isNumber, months.isNumber, days.isNumber else {
            return try context.refuse(
                name, [value, years, months, days], ["", "number", "number", "number"])
        }
        let limit = 1 << 40
        var amounts: [Int] = []
        for (position, amount) in [years, months, days].enumerated() {
            guard let whole = amount.int else { return try context.wholeNumberError(name, position + 2) }
            guard whole.magnitude < limit else {
                return try context.builtinError(name, "time outside of valid range")
            }
            amounts.append(whole)
        }
        do throws(MomentError) {
            let start = try moment(context, value)
            if let moved = try add(context, start, amounts) { return .int(moved) }
        } catch {
            return try refuse(context, name, 1, error)
        }
        return try context.builtinError(name, "time outside of valid range")
    }

    private static func add(
        _ context: Context, _ start: Moment, _ amounts: [Int]
    ) throws(MomentError) -> Int? {
        var time = start.time
        let day = CivilTime.day(
            year: time.year + amounts[0], month: time.month + amounts[1], day: time.day + amounts[2])
        // Far outside of what nanoseconds can say, and before days are multiplied.
        guard day.magnitude < 1 << 32 else { return nil }
        (time.year, time.month, time.day) = (1970, 1, 1 + day)
        guard let guess = time.nanoseconds else { return nil }
        let there = try shown(context, guess, start.zone)
        time.offset = there.offset
        return time.nanoseconds
    }

    /// `time.diff(ns1, ns2)`: `[years, months, days, hours, minutes, seconds]`
    public static func timeDiff(_ context: Context, _ left: Value, _ right: Value) throws(RegoError) -> Value
    {
        if left.isUndefined || right.isUndefined { return .undefined }
        var first: Moment
        var second: Moment
        do throws(MomentError) { first = try moment(context, left) } catch {
            return try refuse(context, "time.diff", 1, error)
        }
        do throws(MomentError) {
            second = try moment(context, right)
            if let nanoseconds = second.time.nanoseconds {
                second.time = try shown(context, nanoseconds, first.zone)
            }
        } catch {
            return try refuse(context, "time.diff", 2, error)
        }
        let isLater = (first.time.nanoseconds ?? 0) > (second.time.nanoseconds ?? 0)
        if isLater { swap(&first, &second) }
        return context.array(difference(first.time, second.time).map { Value.int($0) })
    }

    /// Whole units from one time to a later one.
    private static func difference(_ a: CivilTime, _ b: CivilTime) -> [Int] {
        var parts = [
            b.year - a.year, b.month - a.month, b.day - a.day, b.hour - a.hour, b.minute - a.minute,
            b.second - a.second,
        ]
        for (index, size) in [(5, 60), (4, 60), (3, 24)] where parts[index] < 0 {
            parts[index] += size
            parts[index - 1] -= 1
        }
        if parts[2] < 0 {
            // Days of the month in which the span began.
            parts[2] += CivilTime.daysIn(month: a.month, year: a.year)
            parts[1] -= 1
        }
        if parts[1] < 0 {
            parts[1] += 12
            parts[0] -= 1
        }
        return parts
    }

    /// `time.parse_duration_ns(text)`, such as `1h15m30.5s`
    public static func timeParseDurationNs(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        guard text.isString else { return try context.refuse("time.parse_duration_ns", [text], ["string"]) }
        if let found = duration(Array(text.utf8)) { return .int(found) }
        return try context.builtinError(
            "time.parse_duration_ns", "time: invalid duration \(text.description)")
    }

    private static func duration(_ text: [UInt8]) -> Int? {
        var rest = text[...]
        let isNegative = rest.first == 45
        if rest.first == 45 || rest.first == 43 { rest = rest.dropFirst() }
        if rest.elementsEqual([48]) { return 0 }
        var total = 0
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            guard let part = durationPart(&rest) else { return nil }
            let (sum, overflow) = total.addingReportingOverflow(isNegative ? -part : part)
            if overflow { return nil }
            total = sum
        }
        return total
    }

    private static func durationPart(_ rest: inout ArraySlice<UInt8>) -> Int? {
        let whole = rest.prefix { $0 >= 48 && $0 <= 57 }
        rest = rest.dropFirst(whole.count)
        var fraction: ArraySlice<UInt8> = []
        if rest.first == 46 {
            fraction = rest.dropFirst().prefix { $0 >= 48 && $0 <= 57 }
            rest = rest.dropFirst(fraction.count + 1)
        }
        guard whole.count + fraction.count > 0, whole.count < 20 else { return nil }
        let name = rest.prefix { $0 != 46 && !($0 >= 48 && $0 <= 57) }
        rest = rest.dropFirst(name.count)
        let units: [(String, Int)] = [
            ("ns", 1), ("us", 1000), ("µs", 1000), ("μs", 1000), ("ms", 1_000_000), ("s", 1_000_000_000),
            ("m", 60_000_000_000), ("h", 3_600_000_000_000), ("d", 86_400_000_000_000),
            ("w", 604_800_000_000_000), ("y", 31_536_000_000_000_000),
        ]
        guard let unit = units.first(where: { name.elementsEqual($0.0.utf8) })?.1 else { return nil }
        var value = 0
        for digit in whole {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, tooLarge) = product.addingReportingOverflow(Int(digit - 48))
            if overflow || tooLarge { return nil }
            value = sum
        }
        let (product, overflow) = value.multipliedReportingOverflow(by: unit)
        if overflow { return nil }
        var scale = unit
        var extra = 0
        for digit in fraction.prefix(13) {
            // Below a nanosecond nothing counts.
            extra += Int(digit - 48) * scale / 10
            scale /= 10
        }
        let (sum, tooLarge) = product.addingReportingOverflow(extra)
        return tooLarge ? nil : sum
    }
}
