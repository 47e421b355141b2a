import ArgumentParser
import LuckyCommandLine
import LuckyDriver

struct CashCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cash",
        abstract: Phrase.helpCashWhat.spoken)

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await Session.run(common) { session in
            let output = session.output
            guard let day = try await session.driver.dutyDay(on: common.day) else {
                throw CommandFailure(
                    code: "clock_unusable", exitCode: ExitStatus.checkFailed,
                    message: output.text(.shiftClockUnusable),
                    hint: output.text(.clockHint))
            }
            let stops =
                try await session.driver.stops(on: common.day)
                + session.driver.handedOverStops(on: common.day)
            // His own: what another took at the same door is in another box.
            let taken = day.taken.map { id, amount in
                Taken(id: id, stop: stops.first { $0.stop.id == id }?.stop, amount: amount)
            }.sorted { ($0.code, $0.id) < ($1.code, $1.id) }
            let unpaid = Uncollected.stops(of: day, among: stops)
            let due = Uncollected.sum(of: unpaid)
            output.result(
                Shape(
                    boxCents: day.box?.cents, date: day.date.text,
                    droppedCents: day.dropped.cents, floatCents: day.float.cents,
                    hasOverflow: day.hasOverflow, isOnDuty: day.shifts.contains(where: \.isOpen),
                    receivedCents: day.received.cents,
                    stops: taken.map {
                        Shape.Receipt(cashCents: $0.amount.cents, stop: $0.code)
                    }, uncollectedCents: unpaid.isEmpty ? nil : due.cents,
                    uncollectedStops: unpaid.isEmpty
                        ? nil : unpaid.map(\.stop.code.text)),
                Self.lines(day, taken, output)
                    + Uncollected.lines(unpaid.count, due, output))
        }
    }

    private struct Shape: Encodable {
        struct Receipt: Encodable {
            var cashCents: Int64
            var stop: String
        }

        var boxCents: Int64?
        var date: String
        var droppedCents: Int64
        var floatCents: Int64
        var hasOverflow: Bool
        var isOnDuty: Bool
        var receivedCents: Int64
        var stops: [Receipt]
        /// What cash customers who paid nothing owe, and where; absent where nobody does.
        var uncollectedCents: Int64?
        var uncollectedStops: [String]?
    }

    private struct Taken {
        var id: EntityID
        /// Nil for one that is on no list any more, such as a deleted one.
        var stop: Stop?
        var amount: Money
        var code: String { stop?.code.text ?? id.hex }
    }

    private static func lines(
        _ day: DutyDay, _ taken: [Taken], _ output: Output
    ) -> [String] {
        var lines = TextTable.lines(
            [],
            [
                [output.text(.cashFloat), "  " + day.float.text],
                [output.text(.cashTaken), "+ " + day.received.text],
                [output.text(.cashDropped), "- " + day.dropped.text],
                [output.text(.cashBox), "= " + (day.box?.text ?? "–")],
            ])
        lines += day.shifts.flatMap { DropText(output).late($0) + DropText(output).leftOut($0) }
        if day.shifts.isEmpty { lines.append(output.text(.cashNotOnDuty)) }
        if day.hasOverflow { lines.append(output.text(.shiftOverflow)) }
        guard !taken.isEmpty else { return lines + [output.text(.cashNone)] }
        let rows = taken.map {
            [$0.stop?.spokenName ?? $0.code, $0.amount.text, $0.stop?.customer ?? ""]
        }
        return lines + [output.text(.cashFrom)]
            + TextTable.lines([], rows, numbers: [0, 1]).map { "  " + $0 }
    }
}

/// What was handed over to customers who pay in cash, and paid nothing.
enum Uncollected {
    /// Where the driver himself handed over.
    static func stops(of day: DutyDay, among stops: [StoredStop]) -> [StoredStop] {
        let own = Set(day.visits.filter { !$0.moved.delivered.isEmpty }.map(\.stop))
        return stops.filter { $0.stop.uncollected != nil && own.contains($0.stop.id) }
    }

    /// The prices of these stops; one that would carry the sum beyond all bounds is left out.
    static func sum(of stops: [StoredStop]) -> Money {
        stops.compactMap(\.stop.uncollected).reduce(.zero) { $0.adding($1) ?? $0 }
    }

    static func lines(_ count: Int, _ due: Money, _ output: Output) -> [String] {
        guard count > 0 else { return [] }
        return [output.text(.cashUncollected, ["count": "\(count)", "due": due.text])]
    }
}
