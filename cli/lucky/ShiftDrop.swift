import ArgumentParser
import LuckyCommandLine
import LuckyDriver

struct ShiftDrop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drop", abstract: Phrase.helpShiftDrop.spoken)

    @OptionGroup var common: CommonOptions

    @Argument(help: Phrase.helpDropAmount.help)
    var amount: String

    @OptionGroup var which: ShiftOptions

    func validate() throws { try MoneyOption.check(amount, "<amount>") }

    func run() async throws {
        try await Session.run(common, dryRun: which.tap.isDryRun) { session in
            let amount = try MoneyOption.box(amount, "<amount>", session.output) ?? .zero
            let commit = try await session.driver.dropCash(
                amount, from: try await session.shift(which.shift), change: which.tap.change)
            let box = try await session.driver.dutyDay(on: common.day)?.box
            let isShort = box.map { $0 < .zero } ?? false
            let warning = TapWarning(
                word: "drop_beyond_box",
                line: session.output.text(.warnDrop, ["box": box?.text ?? "–"]))
            try await session.say(
                commit, .shiftDropped, amount: amount,
                warnings: (isShort ? [warning] : []) + (try await session.sameDrop(as: commit)))
        }
    }
}
