import ArgumentParser
import LuckyCommandLine
import LuckyDriver

struct StopCorrect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "correct",
        abstract: "What you recorded was wrong: the original stays, the correction counts.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var which: StopOptions
    @OptionGroup var counts: CountOptions

    @Option(help: "The cash that you really took, NT$.")
    var cash: String?

    @Option(help: "The reason it really failed for.")
    var reason: String?

    @Option(help: "It did not happen: handover, failure or cash.")
    var withdraw: String?

    func validate() throws {
        let given = [counts.isGiven, cash != nil, reason != nil, withdraw != nil].filter { $0 }
        guard given.count == 1 else {
            throw ValidationError(
                .usageOneOf,
                ["options": "--delivered/--collected, --cash, --reason, --withdraw"])
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
        try await Session.run(common) { session in
            let stop = try await session.stop(which.stop, route: which.route).stop
            let (kind, replacement) = try correction(of: stop)
            try await session.tap(
                which, recording: ["corrected", "cash_received"], saying: .stopCorrected
            ) {
                try await session.driver.correct(
                    $0, kind, to: replacement, change: which.change)
            }
        }
    }

    private func correction(
        of stop: Stop
    ) throws -> (CorrectionKind, Correction.Replacement) {
        if let withdraw, let kind = CorrectionKind(rawValue: withdraw) { return (kind, .withdrawn) }
        if let amount = try MoneyOption.parse(cash, "--cash") {
            return (.cash, .cashReceived(CashReceipt(amount)))
        }
        if let reason, let reason = FailureReason(word: reason) {
            return (.failure, .failed(Failure(reason, attempt: stop.attempt)))
        }
        let was = Handover(
            delivered: stop.delivered, collected: stop.collected,
            residualGrams: stop.residualGrams)
        let handover = try counts.handover(replacing: was)
        return (
            .handover,
            .handedOver(HandedOver(handover, attempt: stop.attempt, recipient: stop.recipient))
        )
    }
}
