import LuckyCommandLine
import LuckyDriver

/// What was handed in, line by line, and what came after the count.
struct DropText {
    private let output: Output

    init(_ output: Output) { self.output = output }

    func lines(_ shift: Shift) -> [String] {
        shift.drops.map(line) + late(shift) + leftOut(shift)
    }

    func late(_ shift: Shift) -> [String] {
        guard shift.hasLate else { return [] }
        return [
            output.text(
                .boxLate,
                ["received": shift.receivedLate.text, "dropped": shift.droppedLate.text])
        ]
    }

    func leftOut(_ shift: Shift) -> [String] {
        shift.leftOut.map { drop in
            output.text(
                .dropLeftOut,
                [
                    "amount": drop.amount?.text ?? "",
                    "change": String(drop.ref.change.hex.prefix(8)),
                ])
        }
    }

    private func line(_ drop: Shift.Drop) -> String {
        let phrase: Phrase =
            drop.amount == nil
            ? .dropWithdrawnLine
            : drop.amount == drop.recorded ? .dropLine : .dropCorrectedLine
        return output.text(
            phrase,
            [
                "time": Formats.timeOfDay(drop.writtenAt), "amount": drop.amount?.text ?? "",
                "recorded": drop.recorded.text, "change": String(drop.ref.change.hex.prefix(8)),
            ])
    }
}

/// One of them in `--json`.
struct DropObject: Encodable {
    /// Absent where it was withdrawn.
    var amountCents: Int64?
    var atMs: Int64
    var change: String
    var isAfterCount: Bool
    var isLeftOut: Bool
    var recordedCents: Int64

    static func list(_ shift: Shift) -> [DropObject]? {
        guard !shift.drops.isEmpty else { return nil }
        return shift.drops.map { drop in
            DropObject(
                amountCents: drop.amount?.cents, atMs: drop.writtenAt, change: drop.ref.change.hex,
                isAfterCount: drop.isAfterCount, isLeftOut: drop.isLeftOut,
                recordedCents: drop.recorded.cents)
        }
    }
}
