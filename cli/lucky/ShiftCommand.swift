import ArgumentParser
import LuckyCommandLine
import LuckyDriver

struct ShiftCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shift",
        abstract: Phrase.helpShift.spoken,
        subcommands: [
            ShiftIn.self, ShiftOut.self, ShiftDrop.self, ShiftCorrect.self,
            ShiftShow.self,
        ],
        defaultSubcommand: ShiftShow.self)
}

/// Which shift, and the name of the tap.
struct ShiftOptions: ParsableArguments {
    @Option(help: Phrase.helpShiftID.help(as: "hex"))
    var shift: String?

    @OptionGroup var tap: TapOptions
}

extension Session {
    /// A shift by its id, or by the digits that only its id begins with; nil where none was named.
    func shift(_ name: String?) async throws -> EntityID? {
        guard let name = name?.lowercased() else { return nil }
        let found = try await driver.shifts().filter { $0.id.shiftName.hasPrefix(name) }
        guard let first = found.first, found.count == 1, !name.isEmpty else {
            throw CommandFailure(
                code: "unknown_shift", exitCode: ExitStatus.refused,
                message: output.text(.refusedNoShift, ["shift": name]),
                hint: output.text(.refusedSeveralShiftsHint))
        }
        return first.id
    }

    /// What a tap on a shift came to, and what is safe where.
    /// - Parameter warnings: where somebody should look again.
    func say(
        _ commit: Commit, _ phrase: Phrase, amount: Money? = nil,
        warnings: [TapWarning] = [], more lines: [String] = []
    ) async throws {
        let shift = try await driver.recorded(commit.change)?.entity
        let shifts = try await driver.shifts()
        output.result(
            ShiftCommitObject(
                change: commit.change.hex, isRepeat: commit.isRepeat, pending: commit.pending,
                shift: shifts.first { $0.id == shift }.map(ShiftObject.init),
                warnings: TapWarning.words(warnings)),
            [
                output.text(
                    commit.isRepeat ? .shiftRecorded : phrase,
                    [
                        "change": String(commit.change.hex.prefix(8)),
                        "amount": amount?.text ?? "",
                    ])
            ] + lines)
        output.remark(output.text(.waitingOnline, ["pending": "\(commit.pending)"]))
        for warning in warnings { output.warning(warning.line) }
    }
}

extension EntityID {
    /// The 32 digits that tell one shift from another.
    var shiftName: String { key.hex }
}

// The shapes of `--json`: a contract. Keys may be added; those here stay.

struct ShiftCommitObject: Encodable {
    var change: String
    var isRepeat: Bool
    var pending: Int
    var shift: ShiftObject?
    /// What somebody should look at again; absent where there is nothing.
    var warnings: [String]?
}

/// Without what was taken at stops: `shift show` has it.
struct ShiftObject: Encodable {
    var countedCents: Int64?
    var droppedCents: Int64
    var endedMs: Int64?
    var floatCents: Int64
    var id: String
    var isOpen: Bool
    var startedMs: Int64?

    init(_ shift: Shift) {
        countedCents = shift.counted?.cents
        droppedCents = shift.dropped.cents
        endedMs = shift.endedAt
        floatCents = shift.float.cents
        id = shift.id.shiftName
        isOpen = shift.isOpen
        startedMs = shift.startedAt
    }
}
