import LuckyCommandLine
import LuckyDriver

// What is saved as it was said, and can hardly be meant.
extension Session {
    /// Even on a day without a plan nobody wonders about so many cylinders of one kind.
    private static let usual = 10

    /// A line for each product of which a tap hands over or takes back more cylinders than the whole
    /// day's plan has.
    func oddCounts(of change: ChangeID) async throws -> [String] {
        guard let handover = try await handover(of: change)?.handover else { return [] }
        let stock = TruckStock(try await driver.routes(on: options.day))
        let planned = stock.lines.reduce(0) { $0 + $1.planned }
        let pairs = handover.delivered.pairs + handover.collected.pairs
        return pairs.filter { $0.count > max(Self.usual, planned) }.map { pair in
            let name = pair.product.info?.name(in: output.language) ?? pair.product.code.text
            return output.text(
                .warnCount,
                ["product": name, "count": "\(pair.count)", "planned": "\(planned)"])
        }
    }
}
