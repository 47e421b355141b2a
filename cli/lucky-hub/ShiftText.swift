import LuckyCommandLine
import LuckyHub
import LuckyModel

/// A time on duty as words: the box, its count, what was handed in.
struct ShiftText {
    private let output: Output
    private let words: PlanWords

    init(_ output: Output) {
        self.output = output
        words = PlanWords(output)
    }

    func lines(_ shift: DayReportReply.Shift) -> [String] {
        var lines = [
            output.text(
                .hubDayShift,
                [
                    "driver": shift.driver,
                    "start": shift.startedMs.map { Formats.timeOfDay($0) } ?? "–",
                    "end": shift.endedMs.map { Formats.timeOfDay($0) }
                        ?? output.text(.shiftStillOn),
                ]),
            output.text(
                .shiftBox,
                [
                    "box": shift.boxCents.map(words.money) ?? "–",
                    "float": words.money(shift.floatCents),
                    "received": words.money(shift.receivedCents),
                    "dropped": words.money(shift.droppedCents),
                ]),
        ]
        if let counted = shift.countedCents {
            lines.append(
                output.text(
                    .shiftCounted,
                    [
                        "counted": words.money(counted),
                        "difference": shift.differenceCents.map(words.money) ?? "–",
                    ]))
        } else if shift.endedMs != nil {
            lines.append(output.text(.hubDayNotCounted))
        }
        lines += shift.drops.map(line)
        if shift.receivedLateCents != 0 || shift.droppedLateCents != 0 {
            lines.append(
                output.text(
                    .boxLate,
                    [
                        "received": words.money(shift.receivedLateCents),
                        "dropped": words.money(shift.droppedLateCents),
                    ]))
        }
        return lines
    }

    private func line(_ drop: DayReportReply.Drop) -> String {
        let phrase: Phrase =
            drop.amountCents == nil
            ? .dropWithdrawnLine
            : drop.isLeftOut
                ? .hubDayLeftOut
                : drop.amountCents == drop.recordedCents ? .dropLine : .dropCorrectedLine
        return output.text(
            phrase,
            [
                "time": Formats.timeOfDay(drop.atMs),
                "amount": drop.amountCents.map(words.money) ?? "",
                "recorded": words.money(drop.recordedCents),
                "change": String(drop.change.prefix(8)),
            ])
    }
}
