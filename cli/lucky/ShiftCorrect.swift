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

    @Option(help: Phrase.helpCorrectCount.help)
    var counted: String?

    @Option(help: Phrase.helpCorrectFloat.help)
    var float: String?

    @OptionGroup var which: ShiftOptions

    func validate() throws {
        let named = [amount != nil, withdraw, counted != nil, float != nil].count { $0 }
        guard named == 1 else {
            throw ValidationError(
                named > 1 ? .usageOneOf : .usageOneAtLeast,
                ["options": "<amount>, --withdraw, --counted, --float"])
        }
        if drop != nil, counted != nil || float != nil {
            throw ValidationError(
                .usageGoesWith, ["option": "--drop", "with": "<amount>, --withdraw"])
        }
        // Cash that was handed in says by itself of which shift it was.
        if which.shift != nil, counted == nil, float == nil {
            throw ValidationError(
                .usageGoesWith, ["option": "--shift", "with": "--counted, --float"])
        }
        try MoneyOption.check(amount, "<amount>")
        try MoneyOption.check(counted, "--counted")
        try MoneyOption.check(float, "--float")
    }

    func run() async throws {
        try await Session.run(common, dryRun: which.tap.isDryRun) { session in
            if let amount = try MoneyOption.box(counted, "--counted", session.output) {
                let commit = try await session.driver.correctCount(
                    to: amount, of: try await session.shift(which.shift), change: which.tap.change)
                return try await session.say(
                    commit, .countCorrected, amount: amount,
                    warnings: try await session.oddCount(of: commit),
                    more: try await session.count(of: commit))
            }
            if let amount = try MoneyOption.box(float, "--float", session.output) {
                let commit = try await session.driver.correctFloat(
                    to: amount, of: try await session.shift(which.shift), change: which.tap.change)
                return try await session.say(commit, .floatCorrected, amount: amount)
            }
            try await correctDrop(session)
        }
    }

    private func correctDrop(_ session: Session) async throws {
        let amount = try MoneyOption.box(amount, "<amount>", session.output)
        let commit = try await session.driver.correctDrop(
            try await session.drop(drop), to: amount, change: which.tap.change)
        let drops = try await session.driver.shifts().flatMap(\.drops)
        let corrected = drops.first { $0.source.change == commit.change }
        try await session.say(
            commit, withdraw ? .dropWithdrawn : .dropCorrected,
            amount: amount ?? corrected?.recorded)
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
