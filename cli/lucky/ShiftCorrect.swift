import ArgumentParser
import LuckyCommandLine
import LuckyDriver

struct ShiftCorrect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "correct", abstract: Phrase.helpShiftCorrect.spoken)

    @OptionGroup var common: CommonOptions

    @Argument(help: Phrase.helpCorrectAmount.help)
    var amount: String?

    @Flag(help: Phrase.helpWithdrawDrop.help)
    var withdraw = false

    @Option(help: Phrase.helpWhichDrop.help(as: "hex"))
    var drop: String?

    @OptionGroup var tap: TapOptions

    func validate() throws {
        guard (amount != nil) != withdraw else {
            throw ValidationError(
                withdraw ? .usageOneOf : .usageOneAtLeast, ["options": "<amount>, --withdraw"])
        }
        try MoneyOption.check(amount, "<amount>")
    }

    func run() async throws {
        try await Session.run(common, dryRun: tap.isDryRun) { session in
            let amount = try MoneyOption.box(amount, "<amount>", session.output)
            let commit = try await session.driver.correctDrop(
                try await session.drop(drop), to: amount, change: tap.change)
            let drops = try await session.driver.shifts().flatMap(\.drops)
            let corrected = drops.first { $0.source.change == commit.change }
            try await session.say(
                commit, withdraw ? .dropWithdrawn : .dropCorrected,
                amount: amount ?? corrected?.recorded)
        }
    }
}

extension Session {
    /// Cash handed in, by the change that recorded or corrected it, or by the digits that only that one
    /// begins with; nil where none was named.
    fileprivate func drop(_ name: String?) async throws -> ChangeID? {
        guard let name = name?.lowercased() else { return nil }
        let found = try await driver.shifts().flatMap(\.drops).filter {
            $0.ref.change.hex.hasPrefix(name) || $0.source.change.hex.hasPrefix(name)
        }
        guard !name.isEmpty, let first = found.first else {
            throw CommandFailure(DeliveryError(.refused(.noSuchDrop)), output)
        }
        guard found.count == 1 else {
            throw CommandFailure(
                code: "several_drops", exitCode: ExitStatus.refused,
                message: output.text(.refusedSeveralDrops, ["change": name]),
                hint: output.text(.noSuchDropHint))
        }
        return first.ref.change
    }
}
