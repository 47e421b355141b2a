import LuckyModel
import Testing

@Suite struct CivilDateTests {
    @Test(arguments: [
        "2026-11-22", "2026/11/22", "2026.11.22", "20261122", "115/11/22", "115-11-22", "1151122",
        "１１５／１１／２２", " 2026-11-22 ",
    ])
    func reads(_ text: String) {
        #expect(CivilDate(text: text)?.yyyymmdd == 20_261_122)
    }

    @Test(arguments: [
        "", "2026-11-31", "2026-2-29", "2026-13-01", "11/22/2026", "22-11-2026", "2026-11",
        "115112",
        "2026-11-22T00:00", "0/1/1", "99999999", "二〇二六", "2026/11-22", "-115/11/22",
    ])
    func refuses(_ text: String) {
        #expect(CivilDate(text: text) == nil)
    }

    @Test func republicYears() throws {
        let first = try #require(CivilDate(text: "1100101"))
        #expect(first.text == "2021-01-01")
        #expect(first.rocText == "110/01/01")
        #expect(first.rocCompactText == "1100101")
        #expect(CivilDate(text: "99/12/31")?.text == "2010-12-31")
    }

    /// Every day of the range against plain counting: no day skipped, none twice, weekdays in turn.
    @Test func everyDay() throws {
        var date = try #require(CivilDate(yyyymmdd: 19_120_101))
        #expect(date.weekday == 1)
        var count = 1
        while let next = date.adding(days: 1) {
            try #require(next.dayNumber == date.dayNumber + 1)
            try #require(next.weekday == date.weekday % 7 + 1)
            try #require(next > date)
            try #require(CivilDate(text: next.rocText) == next)
            date = next
            count += 1
        }
        #expect(date.text == "2200-12-31")
        #expect(count == 289 * 365 + 71)
        #expect(date.adding(days: .max) == nil)
        #expect(date.adding(days: .min) == nil)
    }

    @Test func midnightInTaipei() throws {
        let day = try #require(CivilDate(text: "2026-11-22"))
        let start = day.startUnixMilliseconds
        #expect(start == 1_795_276_800_000)
        #expect(CivilDate(taipeiDayAt: start) == day)
        #expect(CivilDate(taipeiDayAt: start - 1)?.text == "2026-11-21")
        #expect(CivilDate(taipeiDayAt: start + 86_399_999) == day)
        #expect(TaipeiTime.minuteOfDay(start) == 0)
        #expect(TaipeiTime.minuteOfDay(start - 1) == 1439)
        #expect(TaipeiTime.minuteOfDay(.min) < 1440)
        #expect(TaipeiTime.minuteOfDay(.max) < 1440)
        #expect(TaipeiTime.clock(minute: 872) == "14:32")
    }
}
