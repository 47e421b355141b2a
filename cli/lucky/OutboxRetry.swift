import ArgumentParser
import LuckyCommandLine
import LuckyModel

struct OutboxRetry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: Phrase.helpOutboxRetry.spoken,
        discussion: Phrase.helpOutboxRetryMore.spoken)

    @OptionGroup var common: CommonOptions
    @OptionGroup var trial: DryRunOption

    func run() async throws { try await Session.syncOnce(common, dryRun: trial.dryRun) }
}
