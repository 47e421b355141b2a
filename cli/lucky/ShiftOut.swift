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

    func validate() throws { try MoneyOption.check(counted, "--counted") }

    func run() async throws {
        try await Session.run(common, dryRun: which.tap.isDryRun) { session in
            let commit = try await session.driver.endShift(
                counted: try MoneyOption.box(counted, "--counted", session.output),
                of: try await session.shift(which.shift), change: which.tap.change)
            let open = try await session.driver.stops(on: common.day)
                .filter { !$0.stop.status.isClosed }.map(\.stop.spokenName)
            let warning = TapWarning(
                word: "stops_open",
                line: session.output.text(
                    .warnStopsOpen,
                    ["count": "\(open.count)", "stops": open.joined(separator: " · ")]))
            try await session.say(commit, .shiftEnded, warning: open.isEmpty ? nil : warning)
        }
    }
}
