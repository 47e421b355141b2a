import Foundation
import LuckyDriver
import LuckySync
import LuckyTransport
import Synchronization
import TestSupport
import Testing

/// A sync that somebody asked for does not wait for an open breaker.
@Suite struct ByHandTests {
    /// A hub that is away.
    private final class Away: Transport {
        private let calls = Mutex(0)

        var count: Int { calls.withLock { $0 } }

        func exchange(_ body: Data, waitSeconds: Int) async -> ExchangeOutcome {
            calls.withLock { $0 += 1 }
            return .failed(.timedOut)
        }
    }

    @Test("Each sync by hand is one call, also after five failures, and in a new process")
    func probeGoesAtOnce() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("replica.sqlite")
        let marks = folder.path("marks")
        try Driver.create(at: path, for: "drv-1", hub: nil, marks: marks)
        let hub = Away()
        for call in 1...7 {
            // Opened anew each time: what is known of the failures is what the store kept.
            let driver = try await Driver.open(
                at: path, as: "drv-1", hub: .transport(hub), marks: marks)
            let status = try await driver.syncOnce()
            #expect(hub.count == call && status.attempts == call)
            await driver.close()
        }
    }
}
