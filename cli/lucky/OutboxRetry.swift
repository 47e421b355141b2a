import ArgumentParser
import LuckyCommandLine

struct OutboxRetry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Send what waits now, whatever retry was to be waited for.",
        discussion: """
            The same as `lucky sync once`: a wait after failures, and a rest after many of them, ends \
            with it. What the depot did not accept is not sent again: `lucky outbox list --quarantined`.
            """)

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await Session.run(common, online: true) { try await $0.syncOnce() }
    }
}
