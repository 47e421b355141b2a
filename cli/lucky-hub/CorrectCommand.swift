import ArgumentParser
import LuckyCommandLine
import LuckyHub
import LuckyModel

/// What a record counts as instead: one of these.
struct CorrectionOptions: ParsableArguments {
    @Option(
        help: Phrase.helpHubCorrectWithdraw.help,
        completion: .list(CorrectionKind.allCases.map(\.rawValue)))
    var withdraw: String?

    @Option(help: Phrase.helpHubCorrectDelivered.help(as: "product=count"))
    var delivered: [String] = []

    @Option(help: Phrase.helpCollected.help(as: "product=count"))
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

    @Option(help: Phrase.helpHubCorrectCash.help)
    var cash: String?

    @Option(
        help: Phrase.helpHubCorrectFailure.help,
        completion: .list(FailureReason.named.map(\.word)))
    var failure: String?

    private var counts: Bool {
        !(delivered + collected + deliveredSerials + collectedSerials).isEmpty || residualKg != nil
    }

    func validate() throws {
        let given = [withdraw != nil, counts, cash != nil, failure != nil].filter { $0 }
        guard given.count == 1 else {
            throw ValidationError(
                .usageOneOf,
                ["options": "--delivered/--collected/--serial, --cash, --failure, --withdraw"])
        }
        let words = CorrectionKind.allCases.map(\.rawValue)
        if let withdraw { try Self.check(withdraw, "--withdraw", words) }
        if let failure { try Self.check(failure, "--failure", FailureReason.named.map(\.word)) }
        if let cash, Money(text: cash).map({ $0 >= .zero && $0.cents % 100 == 0 }) != true {
            throw ValidationError(.usageMoney, ["option": "--cash", "found": cash])
        }
        for (option, pairs) in [("--delivered", delivered), ("--collected", collected)] {
            let text = pairs.joined(separator: ",")
            guard (try? Quantities().replacing(text: text)) != nil else {
                throw ValidationError(
                    .usageProductCount,
                    ["option": option, "found": text, "products": ProductCatalogue.codes])
            }
        }
        _ = try grams()
    }

    private static func check(_ found: String, _ option: String, _ words: [String]) throws {
        guard words.contains(where: { $0.utf8.elementsEqual(found.utf8) }) else {
            throw ValidationError(
                .usageWords,
                ["option": option, "words": words.joined(separator: ", "), "found": found])
        }
    }

    private func grams() throws -> Int? {
        guard let residualKg else { return nil }
        // Thousandths, as a meter's.
        guard let grams = MeterReading.milli(text: residualKg).flatMap({ Int(exactly: $0) }),
            grams <= Bounds.residualGrams
        else { throw ValidationError(.usageKilograms, ["option": "--residual-kg"]) }
        return grams
    }

    func fill(_ request: inout CorrectRequest) throws {
        request.withdraw = withdraw
        request.delivered = delivered.isEmpty ? nil : delivered.joined(separator: ",")
        request.collected = collected.isEmpty ? nil : collected.joined(separator: ",")
        request.residualG = try grams()
        request.serials = deliveredSerials.isEmpty ? nil : deliveredSerials
        request.collectedSerials = collectedSerials.isEmpty ? nil : collectedSerials
        request.cash = cash
        request.failure = failure
    }
}

struct CorrectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "correct",
        abstract: Phrase.helpHubCorrect.spoken,
        discussion: Phrase.helpHubCorrectMore.spoken)

    @OptionGroup var edit: EditOptions
    @OptionGroup var seen: ContextOption

    @Argument(help: Phrase.helpHubCorrectStop.help)
    var stop: String

    @Option(help: Phrase.helpHubCorrectChange.help)
    var change: String?

    @OptionGroup var correction: CorrectionOptions

    @Option(help: Phrase.helpHubCorrectReason.help)
    var reason: String

    func validate() throws {
        guard change.map({ ChangeID(hex: $0) != nil }) != false else {
            throw ValidationError(.usageDigits, ["option": "--change", "count": "32"])
        }
        guard !reason.isEmpty else { throw ValidationError(.usageNeeds, ["options": "--reason"]) }
    }

    func run() async throws {
        var request = CorrectRequest(id: "", stop: "", change: change, reason: reason)
        try correction.fill(&request)
        let filled = request
        try await Desk.run(edit.office, dryRun: edit.trial.dryRun) { desk in
            try await desk.edit(.correct, stop, edit, context: seen.context, done: .hubCorrected) {
                var request = filled
                (request.id, request.stop, request.context) = ($0, $1, $2)
                return request
            }
        }
    }
}
