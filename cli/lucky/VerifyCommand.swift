import ArgumentParser
import LuckyCommandLine
import LuckyDriver

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: Phrase.helpVerify.spoken,
        discussion: Phrase.helpVerifyMore.spoken)

    @OptionGroup var common: CommonOptions

    @Flag(help: Phrase.helpVerifyOffline.help)
    var offline = false

    @OptionGroup var trial: DryRunOption

    func run() async throws {
        let offline = offline || trial.dryRun
        try await Session.run(common, online: !offline, dryRun: trial.dryRun) { session in
            let output = session.output
            var status: SyncStatus?
            if !offline { status = try await session.driver.syncOnce(verifying: true) }
            let differences = try await session.driver.verifyRows()
            let agrees = status?.digestsAgree
            let difference = status?.difference
            let waiting = trial.dryRun ? try await session.driver.outbox(.pending) : []
            let object = Verified(
                again: difference?.again ?? [], differences: differences, digestsAgree: agrees,
                mended: difference?.mended ?? [], parked: difference?.parked ?? [],
                pending: trial.dryRun ? waiting.count : status?.pending,
                rowsAgree: differences.isEmpty,
                sequence: difference?.sequence, waiting: difference?.waiting ?? [],
                wouldSend: trial.dryRun ? waiting.map(\.change.hex) : nil)
            guard differences.isEmpty else {
                output.result(object, differences.map { output.text(.rowDifference($0)) })
                throw CommandFailure(
                    code: "rows_differ", exitCode: ExitStatus.damaged,
                    message: output.text(.rowsDiffer), hint: output.text(.damagedHint))
            }
            if let status, agrees == nil { return try await session.report(status) }
            let named = names(object, output)
            guard agrees != false else {
                output.result(object, named)
                throw CommandFailure(
                    code: "digests_differ", exitCode: ExitStatus.checkFailed,
                    message: output.text(.digestsDiffer), hint: output.text(.digestsDifferHint))
            }
            let refused = try await session.driver.status().quarantinedCount
            let kept = output.text(.outboxRefused, ["count": "\(refused)"])
            output.result(
                object,
                [output.text(agrees == true ? .digestsAgree : .rowsAgree)] + named
                    + (refused > 0 ? [kept] : []) + (try await session.unconfirmed))
        }
    }

    /// What was found, entity by entity; what is on its way is named, not counted (L21).
    private func names(_ found: Verified, _ output: Output) -> [String] {
        let groups: [(Phrase, [String])] = [
            (.verifyMended, found.mended), (.verifyWaiting, found.waiting),
            (.verifyAgain, found.again), (.verifyParked, found.parked),
        ]
        let lines = groups.flatMap { phrase, entities in
            entities.map { output.text(phrase, ["entity": $0]) }
        }
        guard let pending = found.pending, pending > 0 else { return lines }
        return lines + [output.text(.verifyUnsent, ["count": "\(pending)"])]
    }

    private struct Verified: Encodable {
        var again: [String]
        var differences: [String]
        var digestsAgree: Bool?
        var mended: [String]
        var parked: [String]
        var pending: Int?
        var rowsAgree: Bool
        var sequence: UInt64?
        var waiting: [String]
        /// Only of a trial: the change ids that would be sent before the hub is compared with.
        var wouldSend: [String]?
    }
}
