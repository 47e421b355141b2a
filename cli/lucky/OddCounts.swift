import LuckyCommandLine
import LuckyDriver

/// What is saved as it was said, and should be looked at again.
struct TapWarning {
    /// A stable word for machines.
    var word: String
    /// For people.
    var line: String

    /// Each word once, in their order; nil where there is none.
    static func words(_ warnings: [TapWarning]) -> [String]? {
        var words: [String] = []
        for warning in warnings where !words.contains(warning.word) { words.append(warning.word) }
        return words.isEmpty ? nil : words
    }
}

// What can hardly be meant.
extension Session {
    /// Even on a day without a plan nobody wonders about so many cylinders of one kind.
    private static let usual = 10

    /// What a tap on a stop says that can hardly be meant.
    /// - Parameter after: the stop with the tap.
    func warnings(of commit: Commit, _ after: StoredStop) async throws -> [TapWarning] {
        guard let handed = try await handover(of: commit.change) else {
            return try await isWithdrawal(commit) ? odd([.cashAlone], after.stop) : []
        }
        // What was said at the door, whatever the office says since.
        var stop = after.stop
        stop.price = handed.quoted ?? stop.price
        let handover = handed.handover
        return try await oddCounts(handover)
            + odd(handover.delivered.isEmpty ? [.cashAlone] : OddRecord.allCases, stop)
    }

    /// What is odd of a stop, of those that a tap has to do with.
    private func odd(_ those: [OddRecord], _ stop: Stop) -> [TapWarning] {
        stop.oddRecords.filter(those.contains).map { line($0, stop) }
    }

    private func isWithdrawal(_ commit: Commit) async throws -> Bool {
        try await driver.recorded(commit.change)?.facts.contains {
            if case .corrected(let value) = $0 { value.replacement == .withdrawn } else { false }
        } ?? false
    }

    private func line(_ odd: OddRecord, _ stop: Stop) -> TapWarning {
        let phrase: Phrase =
            switch odd {
            case .noCash: .warnNoCash
            case .lessCash: .warnLessCash
            case .moreCash: .warnMoreCash
            case .cashAlone: .warnCashAlone
            case .moreThanOrdered: .warnUnordered
            }
        let arguments = [
            "stop": stop.spokenName, "due": stop.price?.text ?? "–", "paid": stop.cash.text,
            "ordered": Formats.quantities(stop.ordered, in: output.language),
        ]
        return TapWarning(word: odd.rawValue, line: output.text(phrase, arguments))
    }

    /// One for each product of which a tap hands over or takes back more cylinders than the whole day's
    /// plan has.
    private func oddCounts(_ handover: Handover) async throws -> [TapWarning] {
        let stock = TruckStock(try await driver.routes(on: options.day))
        let planned = stock.lines.reduce(0) { $0 + $1.planned }
        let pairs = handover.delivered.pairs + handover.collected.pairs
        return pairs.filter { $0.count > max(Self.usual, planned) }.map { pair in
            let name = pair.product.info?.name(in: output.language) ?? pair.product.code.text
            return TapWarning(
                word: "count_beyond_plan",
                line: output.text(
                    .warnCount,
                    ["product": name, "count": "\(pair.count)", "planned": "\(planned)"]))
        }
    }

    /// An option that says the office cancelled a stop, where it did not.
    func notCancelled(_ before: Stop) -> TapWarning {
        TapWarning(
            word: "not_cancelled",
            line: output.text(.warnNotCancelled, ["stop": before.spokenName]))
    }

    // MARK: Twice

    /// Within so long nobody does the same again: the finger slipped. Milliseconds.
    private static let soon: Int64 = 120_000

    private func isSoon(_ first: Int64?, _ second: Int64?) -> Bool {
        guard let first, let second else { return false }
        // By whatever clock another phone had.
        let (apart, overflow) = first.subtractingReportingOverflow(second)
        return !overflow && apart.magnitude < Self.soon.magnitude
    }

    /// As much cash was handed in a moment ago.
    func sameDrop(as commit: Commit) async throws -> [TapWarning] {
        guard !commit.isRepeat else { return [] }
        for shift in try await driver.shifts() {
            guard let own = shift.drops.first(where: { $0.ref.change == commit.change }) else {
                continue
            }
            let isTwice = shift.drops.contains {
                $0.ref != own.ref && $0.amount == own.amount
                    && isSoon($0.writtenAt, own.writtenAt)
            }
            return isTwice ? [same("lucky shift correct --withdraw")] : []
        }
        return []
    }

    /// As much was handed over to that customer, without a plan, a moment ago.
    func sameStop(as added: EntityID, _ commit: Commit) async throws -> [TapWarning] {
        guard !commit.isRepeat, let own = try await driver.stop(added)?.stop else { return [] }
        let stops = try await driver.stops(on: own.date.map { .on($0) } ?? options.day)
        let isTwice = stops.map(\.stop).contains {
            $0.id != own.id && $0.sequence < 1 && $0.customer == own.customer
                && $0.delivered == own.delivered && $0.collected == own.collected
                && isSoon($0.closedAt, own.closedAt)
        }
        let way = "lucky stop correct \(own.spokenName) --withdraw handover"
        return isTwice ? [same(way)] : []
    }

    private func same(_ way: String) -> TapWarning {
        TapWarning(word: "same_again", line: output.text(.warnSameAgain, ["way": way]))
    }
}
