import ArgumentParser
import LuckyCommandLine
import LuckyDriver

struct StopCorrect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "correct",
        abstract: Phrase.helpStopCorrect.spoken)

    @OptionGroup var common: CommonOptions
    @OptionGroup var which: StopOptions
    @OptionGroup var counts: CountOptions

    @Option(help: Phrase.helpRightCash.help)
    var cash: String?

    @Option(
        help: Phrase.helpRightReason.help,
        completion: .list(FailureReason.named.map(\.word)))
    var reason: String?

    @Option(
        help: Phrase.helpUndo.help, completion: .list(CorrectionKind.allCases.map(\.rawValue)))
    var withdraw: String?

    func validate() throws {
        let given = [counts.isGiven, cash != nil, reason != nil, withdraw != nil].filter { $0 }
        guard given.count == 1 else {
            throw ValidationError(
                given.isEmpty ? .usageOneAtLeast : .usageOneOf,
                ["options": "--delivered/--collected/--serial, --cash, --reason, --withdraw"])
        }
        _ = try MoneyOption.parse(cash, "--cash")
        if let reason, FailureReason(word: reason) == nil {
            throw ValidationError(badReason: reason)
        }
        if let withdraw, CorrectionKind(rawValue: withdraw) == nil {
            throw ValidationError(
                .usageWords,
                [
                    "option": "--withdraw", "words": "handover, failure, cash",
                    "found": withdraw,
                ])
        }
    }

    func run() async throws {
        try await Session.run(common, dryRun: which.isDryRun) { session in
            let stop = try await session.stop(which.stop, route: which.route).stop
            let earlier = try await session.handover(of: which.change)
            let last = try await session.driver.handover(at: stop.id)
            let (kind, replacement) = try correction(of: stop, last: earlier ?? last)
            try await session.tap(which, saying: .stopCorrected) {
                try await session.driver.correct(
                    $0, kind, to: replacement, change: which.change)
            }
        }
    }

    /// - Parameter last: the handover that is corrected; nil where there is none.
    private func correction(
        of stop: Stop, last: HandedOver?
    ) throws -> (CorrectionKind, Correction.Replacement) {
        if let withdraw, let kind = CorrectionKind(rawValue: withdraw) { return (kind, .withdrawn) }
        if let amount = try MoneyOption.parse(cash, "--cash") {
            return (.cash, .cashReceived(CashReceipt(amount)))
        }
        if let reason, let reason = FailureReason(word: reason) {
            return (.failure, .failed(Failure(reason, attempt: stop.attempt)))
        }
        let was = last ?? HandedOver(Handover(delivered: [:]), attempt: stop.attempt)
        return (.handover, .handedOver(try counts.handedOver(replacing: was)))
    }
}
