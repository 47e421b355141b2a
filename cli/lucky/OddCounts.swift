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
        guard let handover = try await handover(of: commit.change)?.handover else { return [] }
        return try await oddCounts(handover) + unpaid(handover, after.stop)
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

    /// Gas for a customer who pays at the door, and nothing was taken.
    private func unpaid(_ handover: Handover, _ stop: Stop) -> [TapWarning] {
        guard !handover.delivered.isEmpty, let due = stop.uncollected else { return [] }
        return [
            TapWarning(
                word: "no_cash",
                line: output.text(.warnNoCash, ["stop": stop.spokenName, "due": due.text]))
        ]
    }

    /// An option that says the office cancelled a stop, where it did not.
    func notCancelled(_ before: Stop) -> TapWarning {
        TapWarning(
            word: "not_cancelled",
            line: output.text(.warnNotCancelled, ["stop": before.spokenName]))
    }
}

extension Stop {
    /// What a customer who pays in cash owes for what was handed over, where nothing at all was taken;
    /// nil where nothing is owed. Something that was taken is taken to be what was agreed.
    var uncollected: Money? {
        guard !delivered.isEmpty, payment == PaymentMethod.cash.code, cash == .zero,
            let price, price > .zero
        else { return nil }
        return price
    }
}
