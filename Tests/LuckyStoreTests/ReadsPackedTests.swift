import LuckyModel
import Testing

@testable import LuckyStore

/// What is known of the hub's build outlives the process, so that each command need not learn it
/// with a request of its own; what may be another hub, or refused something, is asked anew.
@Suite struct ReadsPackedTests {
    @Test func isRememberedUntilTheHubMayBeAnother() throws {
        let phone = try Phone.withRoute(stops: 1)
        func reads() throws -> Bool { try phone.store.position().readsPacked }
        #expect(try !reads())
        try phone.store.save(readsPacked: true)
        try phone.reopen()
        #expect(try reads())

        try phone.store.save(hub: "https://hub.example:8443")
        #expect(try !reads())
        try phone.store.save(readsPacked: true)
        try phone.store.save(hub: "https://hub.example:8443")
        #expect(try reads())

        try phone.store.save(
            retry: RetryState(attempts: 1, nextTryAt: nil, lastError: "timed_out"))
        #expect(try reads())
        try phone.store.save(retry: RetryState(attempts: 2, nextTryAt: nil, lastError: "refused"))
        #expect(try !reads())
    }
}
