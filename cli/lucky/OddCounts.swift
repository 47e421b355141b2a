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
        guard let handover = try await handover(of: commit.change)?.handover else {
            return try await isWithdrawal(commit) ? odd([.cashAlone], after.stop) : []
        }
        let counts = try await oddCounts(handover)
        return counts
            + odd(handover.delivered.isEmpty ? [.cashAlone] : OddRecord.allCases, after.stop)
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
}
