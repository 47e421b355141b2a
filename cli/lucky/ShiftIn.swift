import ArgumentParser
import LuckyCommandLine
import LuckyDriver

struct ShiftIn: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "in", abstract: Phrase.helpShiftIn.spoken)

    @OptionGroup var common: CommonOptions

    @Option(help: Phrase.helpFloat.help)
    var float: String

    @OptionGroup var tap: TapOptions

    func validate() throws { try MoneyOption.check(float, "--float") }

    func run() async throws {
        try await Session.run(common, dryRun: tap.isDryRun) { session in
            let float = try MoneyOption.box(float, "--float", session.output) ?? .zero
            let commit = try await session.driver.startShift(float: float, change: tap.change)
            try await session.say(commit, .shiftStarted, amount: float)
        }
    }
}
