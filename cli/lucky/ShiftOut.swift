import ArgumentParser
import LuckyCommandLine
import LuckyDriver

extension Session {
    /// The shift that a tap was about, with what was taken in it.
    private func closed(by commit: Commit) async throws -> Shift? {
        let id = try await driver.recorded(commit.change)?.entity
        // A shift may have begun on another day than the one that is looked at.
        guard let date = try await driver.shifts().first(where: { $0.id == id })?.date else {
            return nil
        }
        return try await driver.dutyDay(on: .on(date))?.shifts.first { $0.id == id }
    }

    /// What was counted in the box that a tap closed, and how far that is from what should be in it.
    func count(of commit: Commit) async throws -> [String] {
        guard let closed = try await closed(by: commit) else { return [] }
        guard let counted = closed.counted else { return [output.text(.hubDayNotCounted)] }
        return [
            output.text(
                .shiftCounted,
                ["counted": counted.text, "difference": closed.difference?.text ?? "–"])
        ]
    }

    /// That more or less was counted than should be there, and how a slip is mended.
    func oddCount(of commit: Commit) async throws -> [TapWarning] {
        guard let difference = try await closed(by: commit)?.difference, difference != .zero else {
            return []
        }
        let isMore = difference > .zero
        let amount = (isMore ? difference : Money.zero.subtracting(difference))?.text ?? ""
        return [
            TapWarning(
                word: "count_differs",
                line: output.text(isMore ? .warnCountMore : .warnCountLess, ["amount": amount]))
        ]
    }
}

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
            try await session.say(
                commit, .shiftEnded,
                warnings: (open.isEmpty ? [] : [warning])
                    + (try await session.oddCount(of: commit)),
                more: try await session.count(of: commit))
        }
    }
}
