import TestSupport
import Testing

@testable import LuckyDriver

/// What people and machines write that nobody meant.
struct OddInputTests {
    @Test(
        "A cell is quoted by its scalars, whatever marks stand over them",
        arguments: [
            ("a,b", "\"a,b\""), ("a,\u{301}b", "\"a,\u{301}b\""),
            ("a\u{600},b", "\"a\u{600},b\""), ("a\"\u{301}b", "\"a\"\"\u{301}b\""),
            ("\u{600}\"", "\"\u{600}\"\"\""), ("a\r\nb", "\"a\r\nb\""),
            ("a\n\u{301}b", "\"a\n\u{301}b\""), ("=1+1", "'=1+1"),
            ("=\u{301}1+1", "'=\u{301}1+1"), ("@\u{20DD}A1", "'@\u{20DD}A1"),
            ("-\u{FE0F}2+3", "'-\u{FE0F}2+3"), ("\t\u{301}=1", "'\t\u{301}=1"),
            ("\n=1", "\"'\n=1\""), ("-12.5", "-12.5"), ("王小姐", "王小姐"), ("", ""),
        ])
    func cells(cell: String, expected: String) {
        #expect(Array(DayExport.quoted(cell).utf8) == Array(expected.utf8))
    }

    @Test(
        "A token that names no moment says nothing of its end",
        arguments: [
            -1e300, 1e300, -1, 1e11, .nan, .infinity, -.infinity, -.leastNonzeroMagnitude,
        ] as [Double])
    func noMoment(second: Double) {
        #expect(Checkup.tokenEnd(atSecond: second) == nil)
    }

    @Test("A token ends when it says")
    func moments() {
        #expect(Checkup.tokenEnd(atSecond: 0) == 0)
        #expect(Checkup.tokenEnd(atSecond: 1_795_312_800.5) == 1_795_312_800_500)
    }
}
