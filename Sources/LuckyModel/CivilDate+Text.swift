extension CivilDate {
    /// The year of the Republic (民國): 115 for 2026.
    public var rocYear: Int { year - 1911 }

    /// `115/11/22`.
    public var rocText: String {
        "\(rocYear)/" + Self.pad(month, 2) + "/" + Self.pad(day, 2)
    }

    /// `1151122`.
    public var rocCompactText: String {
        Self.pad(rocYear, 3) + Self.pad(month, 2) + Self.pad(day, 2)
    }

    /// What somebody typed: `2026-11-22`, `2026/11/22`, `20261122`, or in years of the Republic
    /// `115/11/22`, `115-11-22`, `1151122`. Full-width digits are accepted. Nil otherwise.
    public init?(text: String) {
        let plain = PlainText.structured(text)
        let separators: [UInt8] = [UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: ".")]
        for separator in separators where plain.contains(separator) {
            let parts = plain.split(separator: separator, omittingEmptySubsequences: false)
            guard parts.count == 3, parts[0].count <= 4, parts[1].count <= 2, parts[2].count <= 2,
                let year = PlainText.digits(parts[0]), let month = PlainText.digits(parts[1]),
                let day = PlainText.digits(parts[2])
            else { return nil }
            self.init(anyYear: Int(year), month: Int(month), day: Int(day))
            return
        }
        guard (7...8).contains(plain.count), let all = PlainText.digits(plain) else { return nil }
        self.init(anyYear: Int(all / 10_000), month: Int(all / 100 % 100), day: Int(all % 100))
    }

    /// A year of up to three digits is one of the Republic.
    private init?(anyYear year: Int, month: Int, day: Int) {
        guard year > 0 else { return nil }
        self.init(year: year < 1000 ? year + 1911 : year, month: month, day: day)
    }

    /// 1 is Monday, 7 Sunday.
    public var weekday: Int {
        let fromThursday = (dayNumber + 3) % 7
        return (fromThursday + 7) % 7 + 1
    }

    /// Days since 1970-01-01.
    public var dayNumber: Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
            - 719_468
    }

    /// So many days later, or earlier; nil outside the years.
    public func adding(days: Int) -> CivilDate? {
        let (number, overflow) = dayNumber.addingReportingOverflow(days)
        let (morning, tooFar) = Int64(number).multipliedReportingOverflow(by: 86_400_000)
        return overflow || tooFar ? nil : CivilDate(taipeiDayAt: morning)
    }

    /// Unix milliseconds of its first moment in Taipei.
    public var startUnixMilliseconds: Int64 { Int64(dayNumber) * 86_400_000 - TaipeiTime.offset }

    private static func pad(_ value: Int, _ width: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}

/// Wall-clock time in Taiwan.
public enum TaipeiTime {
    /// Milliseconds ahead of UTC, all year.
    public static let offset: Int64 = 8 * 3_600_000

    /// The minute of the day, 0…1439, at that Unix time in milliseconds.
    public static func minuteOfDay(_ unixMilliseconds: Int64) -> Int {
        let day = Int64(86_400_000)
        let local = (unixMilliseconds % day + offset + day) % day
        return Int(local / 60_000)
    }

    /// `14:32`; 1440 is `24:00`.
    public static func clock(minute: Int) -> String {
        let (hours, minutes) = minute.quotientAndRemainder(dividingBy: 60)
        return (hours < 10 ? "0" : "") + "\(hours):" + (minutes < 10 ? "0" : "") + "\(minutes)"
    }
}
