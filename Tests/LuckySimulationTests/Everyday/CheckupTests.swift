import LuckyCausality
import LuckyDriver
import LuckyModel
import LuckySync
import Testing

@testable import LuckyStore

/// What `lucky doctor` finds, from what was looked at.
struct CheckupTests {
    private static let now: Int64 = 1_764_000_000_000

    private static func seen(
        _ change: (inout Checkup.Evidence) -> Void = { _ in }
    ) -> Checkup.Evidence {
        let position = SyncPosition(
            replica: ReplicaID(install: 1, epoch: 1), head: nil, history: nil, depot: nil,
            checkpoint: nil, resume: [], standing: [], pendingCount: 0,
            oldestPendingWrittenAt: nil, quarantinedCount: 0, parkedCount: 0, unconfirmedCount: 0,
            differingCount: 0, lastReceiptAt: nil, lastPageAt: now - 60_000, retry: RetryState(),
            recovery: nil)
        var seen = Checkup.Evidence(
            position: position, storeVersion: 6, hub: "https://hub.example.tw", hasToken: true,
            now: now)
        change(&seen)
        return seen
    }

    @Test("A phone that is well has nothing to see to")
    func well() {
        let checkup = Checkup(Self.seen())
        #expect(checkup.level == .well)
        #expect(checkup.findings.allSatisfy { $0.level == .well })
    }

    @Test("Each fault is found where it is, and alone")
    func faults() {
        let cases: [(String, Checkup.Level, (inout Checkup.Evidence) -> Void)] = [
            ("store", .damaged, { $0.damage = ["row 3"] }),
            ("clock", .degraded, { $0.position.lastPageAt = Self.now + 3_600_000 }),
            ("token", .degraded, { $0.hasToken = false }),
            ("token", .degraded, { $0.tokenEndsAt = Self.now - 1 }),
            ("hub", .degraded, { $0.hub = nil }),
            ("link", .degraded, { $0.exchange = "timed_out" }),
            ("link", .degraded, { $0.exchange = "not_a_hub" }),
            (
                "link", .degraded,
                { $0.position.retry = RetryState(attempts: 1, lastError: "offline") }
            ),
            ("hub", .degraded, { $0.exchange = "busy" }),
            ("hub", .degraded, { $0.exchange = "refused" }),
            ("hub", .degraded, { $0.exchange = "other_depot" }),
            ("hub", .degraded, { $0.exchange = "insecure" }),
            ("token", .degraded, { $0.exchange = "unauthorised" }),
            (
                "clock", .degraded,
                {
                    $0.exchange = ""
                    $0.position.lastPageAt = Self.now - 300_001
                }
            ),
            ("proofs", .degraded, { $0.photosMissing = 1 }),
            ("disk", .degraded, { $0.disk = DiskUse(bytes: 100_000, free: 1) }),
            ("files", .degraded, { $0.openFiles = ["replica.sqlite"] }),
            ("files", .degraded, { $0.lockedFiles = ["replica.sqlite"] }),
            ("version", .degraded, { $0.position.parkedCount = 2 }),
            ("rules", .degraded, { $0.position.hubRules = ReviewRules.version + 1 }),
            ("refused", .degraded, { $0.position.quarantinedCount = 1 }),
        ]
        for (check, level, change) in cases {
            let seen = Self.seen(change)
            let checkup = Checkup(seen)
            #expect(checkup.level == level, "\(check)")
            let bad = checkup.findings.filter { $0.level != .well }
            #expect(bad.map(\.check) == [check])
            for language in Language.allCases {
                for finding in checkup.findings {
                    #expect(!finding.words(in: language, because: seen).contains("{"))
                }
            }
        }
    }

    @Test("A clock is ahead only of what the depot has just said")
    func ahead() {
        let level = { (exchange: String?, apart: Int64) in
            Checkup(
                Self.seen {
                    $0.exchange = exchange
                    $0.position.lastPageAt = Self.now - apart
                }
            ).findings.first { $0.check == "clock" }?.level
        }
        #expect(level("", 300_000) == .well)
        #expect(level("", 300_001) == .degraded)
        // Heard an hour ago, or not now: and then it is not said that the two agree.
        let phrase = { (exchange: String?) in
            Checkup(Self.seen { $0.exchange = exchange }).findings.first { $0.check == "clock" }?
                .phrase
        }
        #expect(phrase("") == .doctorClockWell && phrase(nil) == .doctorClockNotBehind)
        #expect(level(nil, 3_600_000) == .well)
        #expect(level("offline", 3_600_000) == .well)
    }

    @Test("What waits for more than a day is seen to, though nothing failed")
    func overdue() {
        let found = { (age: Int64) in
            Checkup(
                Self.seen {
                    $0.position.pendingCount = 1
                    $0.position.oldestPendingWrittenAt = Self.now - age
                }
            ).findings.first { $0.check == "outbox" }
        }
        let day = Bounds.pendingOverdueMilliseconds
        #expect(found(day)?.level == .well)
        #expect(found(day + 1)?.level == .degraded)
        let seen = Self.seen { $0.position.pendingCount = 1 }
        #expect(found(20 * day)?.words(in: .en, because: seen).contains("20 days") == true)
    }

    @Test(
        "Whoever could not save is not told to go on, and what was not looked at is not called well"
    )
    func canSave() {
        #expect(Checkup(Self.seen()).canSave)
        #expect(!Checkup(Self.seen { $0.lockedFiles = ["replica.sqlite"] }).canSave)
        #expect(!Checkup(Self.seen { $0.disk = DiskUse(bytes: 100_000, free: 1) }).canSave)
        let untold = Checkup(Self.seen { $0.position.lastPageAt = nil }).findings
            .filter(\.isUntold).map(\.check)
        #expect(untold == ["clock", "link", "hub", "disk"])
    }

    @Test("Every failure of an exchange has its words, and none shows a code")
    func kinds() {
        for kind in ExchangeFailure.Kind.allCases.map(\.rawValue) {
            let seen = Self.seen {
                $0.exchange = kind
                $0.position.pendingCount = 1
            }
            #expect(Phrase.linkFault(kind) != nil, "\(kind)")
            for language in Language.allCases {
                let words =
                    Checkup(seen).findings.map { $0.words(in: language, because: seen) }
                    + [Phrase.linkFault(kind)?.text(in: language) ?? kind]
                let codes = ["unauthorised", "timed_out", "too_large", "not_a_hub", "other_depot"]
                #expect(!words.contains { line in codes.contains { line.contains($0) } })
                #expect(!words.contains { $0.contains("{") || $0.contains("_") }, "\(words)")
            }
        }
        // A token that is not taken is not said to be a way that is closed.
        let seen = Self.seen { $0.exchange = "unauthorised" }
        let found = Checkup(seen).findings
        let token = found.first { $0.check == "token" }?.words(in: .en, because: seen) ?? ""
        #expect(token.contains("does not take this token (ask for a new one"), "\(token)")
        #expect(found.first { $0.check == "link" }?.level == .well)
    }

    @Test("Reasons are counted apart: what holds the changes back, and photos that are gone")
    func counted() {
        let seen = Self.seen {
            $0.position.pendingCount = 2
            $0.hasToken = false
            $0.photosMissing = 1
        }
        let outbox = Checkup(seen).findings.first { $0.check == "outbox" }
        #expect(
            outbox?.words(in: .zhHant, because: seen)
                == "2 筆待送：2 筆需要重新登入，1 張照片不在手機上")
        #expect(Checkup.reasons(seen).map(\.code) == ["needs_token", "photo_missing"])
        #expect(Checkup.reasons(seen).map(\.count) == [2, 1])
    }

    @Test("Why what waits has not gone is said by what has to be done")
    func reasons() {
        let cases: [(String, Bool, (inout Checkup.Evidence) -> Void)] = [
            ("next_sync", true, { _ in }),
            ("no_hub", false, { $0.hub = nil }),
            ("needs_token", false, { $0.hasToken = false }),
            (
                "needs_token", false,
                { $0.position.retry = RetryState(attempts: 1, lastError: "unauthorised") }
            ),
            // What does not pass by itself is not said to be tried again.
            (
                "other_depot", false,
                {
                    $0.position.retry = RetryState(
                        attempts: 1, nextTryAt: Self.now + 1, lastError: "other_depot")
                }
            ),
            (
                "refused", false,
                {
                    $0.position.retry = RetryState(
                        attempts: 1, nextTryAt: Self.now + 1, lastError: "refused")
                }
            ),
            (
                "insecure", false,
                { $0.position.retry = RetryState(attempts: 1, lastError: "insecure") }
            ),
            (
                "retry", true,
                { $0.position.retry = RetryState(attempts: 2, nextTryAt: Self.now + 1) }
            ),
            (
                "offline", true,
                {
                    $0.position.retry = RetryState(
                        attempts: 2, nextTryAt: Self.now, lastError: "offline")
                }
            ),
            // A probe got through: the next exchange says the rest.
            (
                "next_sync", true,
                { $0.position.retry = RetryState(attempts: 5, nextTryAt: Self.now) }
            ),
        ]
        for (code, goesByItself, change) in cases {
            let seen = Self.seen {
                $0.position.pendingCount = 3
                change(&$0)
            }
            #expect(Checkup.reason(seen).code == code)
            let outbox = Checkup(seen).findings.first { $0.check == "outbox" }
            #expect((outbox?.level == .well) == goesByItself, "\(code)")
            #expect(outbox?.words(in: .zhHant, because: seen).hasPrefix("3 筆待送：") == true)
        }
    }
}
