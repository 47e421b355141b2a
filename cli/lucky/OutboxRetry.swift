import ArgumentParser
import LuckyCommandLine
import LuckyModel

struct OutboxRetry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: Phrase.helpOutboxRetry.spoken,
        discussion: Phrase.helpOutboxRetryMore.spoken)

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await Session.run(common, online: true) { try await $0.syncOnce() }
    }
}
