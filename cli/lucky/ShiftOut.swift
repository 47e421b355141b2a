import ArgumentParser
import LuckyCommandLine
import LuckyDriver

struct ShiftOut: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "out", abstract: Phrase.helpShiftOut.spoken)

    @OptionGroup var common: CommonOptions

    @Option(help: Phrase.helpCounted.help)
    var counted: String?

    @OptionGroup var which: ShiftOptions

    func validate() throws { _ = try MoneyOption.parse(counted, "--counted") }

    func run() async throws {
        try await Session.run(common, dryRun: which.tap.isDryRun) { session in
            let commit = try await session.driver.endShift(
                counted: try MoneyOption.parse(counted, "--counted"),
                of: try await session.shift(which.shift), change: which.tap.change)
            try await session.say(commit, .shiftEnded)
        }
    }
}
