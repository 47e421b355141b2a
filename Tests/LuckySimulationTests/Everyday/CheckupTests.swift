import LuckyCausality
import LuckyDriver
import LuckyModel
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
            position: position, hub: "https://hub.example.tw", hasToken: true, now: now)
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
            ("hub", .degraded, { $0.exchange = "timed_out" }),
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
                { $0.position.retry = RetryState(attempts: 2, nextTryAt: Self.now) }
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
