import ArgumentParser
import LuckyCommandLine
import LuckyDriver

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Prove by digest that this phone and the depot hold the same.",
        discussion: """
            Syncs first. Compares one SHA-256 over everything in your scope at one position of the \
            depot's log, and recomputes this phone's own rows from the bytes. --offline does only \
            the latter.
            """)

    @OptionGroup var common: CommonOptions

    @Flag(help: "Only this phone's rows; no network.")
    var offline = false

    func run() async throws {
        try await Session.run(common, online: !offline) { session in
            let output = session.output
            let differences = try await session.driver.verifyRows()
            var status: SyncStatus?
            if !offline { status = try await session.driver.syncOnce(verifying: true) }
            let agrees = status?.digestsAgree
            let object = Verified(
                differences: differences, digestsAgree: agrees,
                pending: status?.pending, rowsAgree: differences.isEmpty)
            guard differences.isEmpty else {
                output.result(object, differences)
                throw CommandFailure(
                    code: "rows_differ", exitCode: ExitStatus.damaged,
                    message: output.text(.rowsDiffer), hint: nil)
            }
            if let status, agrees == nil { return try await session.report(status) }
            guard agrees != false else {
                output.result(object, [])
                throw CommandFailure(
                    code: "digests_differ", exitCode: ExitStatus.checkFailed,
                    message: output.text(.digestsDiffer), hint: nil)
            }
            let refused = try await session.driver.status().quarantinedCount
            let named = output.text(.outboxRefused, ["count": "\(refused)"])
            output.result(
                object,
                [output.text(agrees == true ? .digestsAgree : .rowsAgree)]
                    + (refused > 0 ? [named] : []))
        }
    }

    private struct Verified: Encodable {
        var differences: [String]
        var digestsAgree: Bool?
        var pending: Int?
        var rowsAgree: Bool
    }
}
