import TestSupport
import Testing

@testable import LuckySimulation

/// The 30 contradictions of the business, and the cases that hold each.
struct ScenarioTable {
    struct Row: Sendable, CustomTestStringConvertible {
        var number: Int
        var what: String
        var cases: [String]
        var testDescription: String { "\(number) \(what)" }
    }

    static func path(_ id: String) -> String {
        CaseFilesTests.folder + "/domain/\(id).json"
    }

    static let rows: [Row] = [
        Row(
            number: 1, what: "reassigned while delivered",
            cases: [
                "01-reassigned-and-b-arrived", "01-reassigned-messages-in-any-order",
                "delivered-after-reassign", "01-reassigned-and-back",
            ]),
        Row(
            number: 2, what: "both delivered",
            cases: [
                "02-both-delivered", "02-both-delivered-and-both-paid",
            ]),
        Row(
            number: 3, what: "cancelled while delivered",
            cases: [
                "03-cancelled-paid-and-failed-answer", "03-cancelled-then-taken-back",
                "delivered-after-cancel",
                "03-cancelled-and-taken-back-unheard",
            ]),
        Row(
            number: 4, what: "cancelled before",
            cases: [
                "04-delivered-in-spite-of-it", "04-cancel-arrives-first",
            ]),
        Row(
            number: 5, what: "failed and rescheduled",
            cases: [
                "05-failed-and-rescheduled", "05-second-attempt-delivered",
                "05-rescheduled-to-another-route", "05-reopened-after-the-route-was-over",
                "decided-no-proof-needed",
            ]),
        Row(
            number: 6, what: "price changed",
            cases: [
                "06-price-raised-meanwhile", "06-price-known-to-the-driver",
                "06-price-written-again",
            ]),
        Row(
            number: 7, what: "address corrected and suggested",
            cases: [
                "07-address-corrected-and-suggested", "07-suggested-while-delivering",
            ]),
        Row(
            number: 8, what: "notes of both",
            cases: [
                "08-notes-from-two-phones", "08-notes-of-all", "08-the-office-adds-a-note",
            ]),
        Row(
            number: 9, what: "quantity changed",
            cases: [
                "09-paid-for-three", "09-fewer-wanted", "09-three-wanted-two-delivered",
            ]),
        Row(
            number: 10, what: "count corrected",
            cases: [
                "10-corrected-after-invoice", "10-two-corrections-at-once",
                "10-typed-twelve-meant-two", "10-withdrawn-before-the-cancel-was-written",
                "10-corrected-by-the-office",
            ]),
        Row(
            number: 11, what: "cash recorded twice",
            cases: [
                "11-two-payments-of-one-amount", "11-one-payment-sent-again", "11-two-amounts",
            ]),
        Row(
            number: 12, what: "cash short or over",
            cases: [
                "12-cash-too-much", "12-settled-short", "12-cash-short", "12-settled-even",
                "12-settled-twice",
            ]),
        Row(
            number: 13, what: "one driver, two devices",
            cases: [
                "13-phone-and-tablet-differ",
                "13-phone-and-tablet-money-differs",
                "13-phone-and-tablet-agree", "13-replaced-phone",
                "13-phone-delivered-tablet-failed", "13-phone-failed-tablet-saw-it",
            ]),
        Row(
            number: 14, what: "route in another order",
            cases: [
                "14-new-order-while-offline", "14-the-drivers-own-order",
                "14-visited-in-another-order",
            ]),
        Row(
            number: 15, what: "stop inserted or removed",
            cases: [
                "15-removed-after-arrival", "15-inserted-urgent-stop", "15-removed-before",
                "15-moved-to-another-route-after-arrival", "15-moved-and-the-driver-knew",
                "15-moved-after-something-else-was-written",
            ]),
        Row(
            number: 16, what: "customer deleted or merged",
            cases: [
                "16-deleted-while-delivered", "16-customers-merged-while-open",
                "16-deleted-having-seen-all", "16-customer-deleted-while-open",
            ]),
        Row(
            number: 17, what: "clock wrong",
            cases: [
                "17-a-day-ahead", "17-jumps-back", "17-ten-minutes-ahead", "17-the-day-it-was",
            ]),
        Row(
            number: 18, what: "answer lost after commit",
            cases: [
                "18-answer-lost-twice", "18-cut-at-every-byte", "18-sent-twice",
            ]),
        Row(
            number: 19, what: "photo not there yet",
            cases: [
                "19-photo-after-the-facts", "19-photo-and-no-signal-for-a-day",
            ]),
        Row(
            number: 20, what: "proof on paper, next day",
            cases: [
                "20-note-on-a-failed-stop", "20-paper-scanned-next-day",
            ]),
        Row(
            number: 21, what: "not accepted for good",
            cases: [
                "21-not-accepted", "21-refused-at-the-door",
            ]),
        Row(
            number: 22, what: "token expired, driver off",
            cases: [
                "22-deactivated-midday", "22-new-phone-under-a-supervisor",
                "22-a-supervisor-brings-it", "22-token-expired",
            ]),
        Row(
            number: 23, what: "route cancelled midway",
            cases: [
                "23-one-of-the-returned-was-delivered", "23-route-cancelled-midway",
                "23-route-cancelled-at-the-desk",
            ]),
        Row(
            number: 24, what: "meter below, or read twice",
            cases: [
                "24-below-the-last-reading", "24-two-readings-of-one-day",
                "24-above-the-last-reading", "24-one-customer-read-at-two-stops",
                "24-read-many-times-at-two-stops",
            ]),
        Row(
            number: 25, what: "too many empties, serial twice",
            cases: [
                "25-more-empties-than-held", "25-as-many-empties-as-held",
                "17-the-day-it-was", "25-one-serial-at-two-customers", "25-one-serial-in-any-order",
                "25-empties-of-two-handovers", "25-empties-of-two-stops-of-one-customer",
            ]),
        Row(
            number: 26, what: "killed after the tap",
            cases: [
                "26-killed-after-the-tap", "26-killed-before-the-answer",
            ]),
        Row(
            number: 27, what: "disk full",
            cases: [
                "27-disk-full", "27-the-disk-gets-full",
            ]),
        Row(
            number: 28, what: "two dispatchers, one window",
            cases: [
                "28-a-third-edit-that-saw-both", "28-two-dispatchers-one-window",
                "28-two-fields-merge",
            ]),
        Row(
            number: 29, what: "credit blocked",
            cases: [
                "29-credit-blocked-meanwhile", "29-credit-blocked-and-paid-cash",
            ]),
        Row(
            number: 30, what: "newer than this build",
            cases: [
                "30-newer-than-this-build"
            ]),
    ]

    @Test("Every scenario has its cases, and they say so")
    func complete() throws {
        #expect(Self.rows.map(\.number) == Array(1...30))
        for row in Self.rows {
            #expect(!row.cases.isEmpty, "scenario \(row.number) has no case")
            let number = (row.number < 10 ? "0" : "") + "\(row.number)"
            for id in row.cases {
                let file = try CaseRunner.read(Self.path(id))
                #expect(file.origins.contains("DOMAIN-\(number)"), "\(id)")
            }
        }
    }

    @Test("No case of a scenario is missing from the table")
    func nothingMissing() throws {
        let named = Set(Self.rows.flatMap(\.cases))
        for path in CaseRunner.files([CaseFilesTests.folder + "/domain"]) {
            let file = try CaseRunner.read(path)
            let isOfOne = file.origins.contains { origin in
                origin.hasPrefix("DOMAIN-") && Int(origin.dropFirst(7)) != nil
            }
            #expect(!isOfOne || named.contains(file.id), "\(file.id)")
        }
    }
}
