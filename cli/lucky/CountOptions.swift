import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyDriver

/// What changed hands.
struct CountOptions: ParsableArguments {
    @Option(
        help: Phrase.helpDelivered.help(as: "product=count"), completion: .list(Self.started))
    var delivered: [String] = []

    @Option(
        help: Phrase.helpCollected.help(as: "product=count"), completion: .list(Self.started))
    var collected: [String] = []

    @Option(help: Phrase.helpResidual.help)
    var residualKg: String?

    @Option(
        name: .customLong("serial"),
        help: Phrase.helpCylinderOut.help(as: "number"))
    var deliveredSerials: [String] = []

    @Option(
        name: .customLong("collected-serial"),
        help: Phrase.helpCylinderIn.help(as: "number"))
    var collectedSerials: [String] = []

    /// What a shell can complete of them: the count is the driver's.
    private static let started = ProductCatalogue.all.map { $0.product.code.text + "=" }

    var isGiven: Bool {
        !delivered.isEmpty || !collected.isEmpty || residualKg != nil
            || !deliveredSerials.isEmpty || !collectedSerials.isEmpty
    }

    var serials: Serials {
        Serials(
            delivered: deliveredSerials.map { Identifier($0) },
            collected: collectedSerials.map { Identifier($0) })
    }

    func validate() throws {
        _ = try Self.quantities(delivered, "--delivered")
        _ = try Self.quantities(collected, "--collected")
        _ = try grams()
        for (option, numbers) in [
            ("--serial", deliveredSerials), ("--collected-serial", collectedSerials),
        ] {
            guard numbers.allSatisfy({ (1...Bounds.nameBytes).contains($0.utf8.count) }) else {
                throw ValidationError(.usageBytes, ["option": option])
            }
        }
    }

    /// Where nothing is said of what was delivered: all that was ordered.
    func handover(ordered: Quantities) throws -> Handover {
        Handover(
            delivered: delivered.isEmpty
                ? ordered : try Self.quantities(delivered, "--delivered"),
            collected: try Self.quantities(collected, "--collected"),
            residualGrams: try grams() ?? 0)
    }

    /// Products that are not named stay as they were, 0 takes one out; numbers stay where none is
    /// given.
    func handedOver(replacing was: HandedOver) throws -> HandedOver {
        let handover = Handover(
            delivered: try Self.replacing(was.handover.delivered, delivered, "--delivered"),
            collected: try Self.replacing(was.handover.collected, collected, "--collected"),
            residualGrams: try grams() ?? was.handover.residualGrams)
        return HandedOver(
            handover, attempt: was.attempt, recipient: was.recipient,
            serials: deliveredSerials.isEmpty ? was.serials : serials.delivered,
            collectedSerials: collectedSerials.isEmpty ? was.collectedSerials : serials.collected)
    }

    private static func replacing(
        _ was: Quantities, _ pairs: [String], _ option: String
    ) throws -> Quantities {
        let given = try counts(pairs, option)
        let kept = was.pairs.filter { pair in !given.contains { $0.product == pair.product } }
        return Quantities(kept.map { ($0.product, $0.count) } + given) ?? was
    }

    private static func quantities(_ pairs: [String], _ option: String) throws -> Quantities {
        guard let quantities = Quantities(try counts(pairs, option)) else {
            throw ValidationError(.usageProductTwice, ["option": option])
        }
        return quantities
    }

    /// Between two products of one option.
    private static let separators: [Character] = [",", "，", "、"]

    /// Between a product and how many: as help says it, as a plan writes it, as it is shown.
    private static let times: [Character] = ["=", "*", "×"]

    private static func counts(
        _ pairs: [String], _ option: String
    ) throws -> [(product: Product, count: Int)] {
        var found: [(product: Product, count: Int)] = []
        for pair in pairs.flatMap({ $0.split(whereSeparator: separators.contains) }) {
            let parts = pair.split(
                maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: times.contains)
            guard parts.count == 2, let product = ProductCatalogue.product(named: String(parts[0]))
            else {
                throw ValidationError(
                    .usageProductCount,
                    [
                        "option": option, "found": String(pair),
                        "products": ProductCatalogue.codes,
                    ])
            }
            guard let count = Int(parts[1]), count >= 0, count <= Quantities.limit else {
                throw ValidationError(
                    .usageNumber,
                    [
                        "option": option, "least": "0", "most": "\(Quantities.limit)",
                        "found": String(parts[1]),
                    ])
            }
            found.append((product, count))
        }
        return found
    }

    private func grams() throws -> Int? {
        guard let residualKg else { return nil }
        let parts = residualKg.split(separator: ".", omittingEmptySubsequences: false)
        let decimals = parts.count == 2 ? String(parts[1]) : ""
        guard (1...2).contains(parts.count), decimals.count <= 3, let kilos = Int(parts[0]),
            (0...10_000).contains(kilos),
            let rest = Int(decimals.padding(toLength: 3, withPad: "0", startingAt: 0)), rest >= 0
        else { throw ValidationError(.usageKilograms, ["option": "--residual-kg"]) }
        return kilos * 1_000 + rest
    }
}

enum MoneyOption {
    static func parse(_ text: String?, _ option: String) throws -> Money? {
        guard let text else { return nil }
        if Money.isTooLarge(text: text) {
            throw ValidationError(.usageMoneyTooLarge, ["option": option, "found": text])
        }
        // Nobody pays in cents.
        guard let money = Money(text: text), money >= .zero, money.cents % 100 == 0 else {
            throw ValidationError(.usageMoney, ["option": option, "found": text])
        }
        return money
    }

    /// What a cash box takes: an amount beyond all bounds is refused by rule, like one that is too much
    /// for any box, and not as something that cannot be read.
    static func check(_ text: String?, _ option: String) throws {
        if let text, Money.isTooLarge(text: text) { return }
        _ = try parse(text, option)
    }

    static func box(_ text: String?, _ option: String, _ output: Output) throws -> Money? {
        if let text, Money.isTooLarge(text: text) {
            throw CommandFailure(DeliveryError(.refused(.tooMuchCash)), output)
        }
        return try parse(text, option)
    }
}
