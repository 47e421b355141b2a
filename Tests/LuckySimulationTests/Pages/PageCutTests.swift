import TestSupport
import Testing

@testable import LuckyHub

/// Pages cut anywhere, through the hub's real reader into real stores: five replicas, pages of every
/// size in bytes and in numbers, answers cut behind any frame, changes and moves between two pages,
/// entities too big for one.
@Suite struct PageCutTests {
    @Test func everyBaseEndsAsTheHubsState() throws {
        try Budget.current("pages").runHistories { random in
            PageStep.history(length: 50, using: &random)
        } check: { steps in
            var (onFile, limits, lastPages) = (false, PageLimits(), 1_000)
            if case .begin(let isFile, let numbers, let bytes) = steps.first {
                (onFile, limits, lastPages) = (isFile, numbers, bytes)
            }
            let fleet = try PageFleet(onFile: onFile, limits: limits)
            for step in steps { try fleet.play(step) }
            try fleet.settle(pageBytes: lastPages)
            try fleet.close()
        }
    }
}
