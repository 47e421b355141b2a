/// A day on the calendar, as `yyyymmdd`: the business day is Taipei's (UTC+8, no daylight saving).
public struct CivilDate: Hashable, Comparable, Sendable {
    /// 20261122 is 22 November 2026.
    public let yyyymmdd: Int32

    /// Nil for a day that no calendar has; years 1912…2200.
    public init?(yyyymmdd: Int32) {
        let year = Int(yyyymmdd / 10_000)
        let month = Int(yyyymmdd / 100 % 100)
        let day = Int(yyyymmdd % 100)
        guard (1912...2200).contains(year), (1...12).contains(month),
            day >= 1, day <= Self.days(in: month, of: year)
        else { return nil }
        self.yyyymmdd = yyyymmdd
    }

    /// Nil for a day that no calendar has; years 1912…2200.
    public init?(year: Int, month: Int, day: Int) {
        guard (1912...2200).contains(year), (1...12).contains(month), (1...31).contains(day) else {
            return nil
        }
        self.init(yyyymmdd: Int32(year * 10_000 + month * 100 + day))
    }

    /// The day in Taipei at a moment; nil outside the years.
    /// - Parameter unixMilliseconds: since 1970 in UTC.
    public init?(taipeiDayAt unixMilliseconds: Int64) {
        let (shifted, overflow) = unixMilliseconds.addingReportingOverflow(8 * 3_600_000)
        guard !overflow else { return nil }
        let millisecondsPerDay: Int64 = 86_400_000
        var day = shifted / millisecondsPerDay
        if shifted % millisecondsPerDay < 0 { day -= 1 }
        // Days since 0000-03-01 in 400-year cycles (the civil-from-days method).
        let z = day + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        guard let year = Int(exactly: year) else { return nil }
        self.init(
            year: year, month: Int(month), day: Int(dayOfYear - (153 * marchMonth + 2) / 5 + 1))
    }

    /// 1912…2200.
    public var year: Int { Int(yyyymmdd / 10_000) }
    /// 1…12.
    public var month: Int { Int(yyyymmdd / 100 % 100) }
    /// 1…31.
    public var day: Int { Int(yyyymmdd % 100) }

    /// `2026-11-22`.
    public var text: String {
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(year)-\(two(month))-\(two(day))"
    }

    static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Earlier days first.
    public static func < (a: CivilDate, b: CivilDate) -> Bool { a.yyyymmdd < b.yyyymmdd }
}
