import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyDriver
import LuckySimulation

struct ReviewExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: Phrase.helpReviewExport.spoken,
        discussion: Phrase.helpReviewExportMore.spoken)

    @OptionGroup var common: CommonOptions

    @Argument(help: Phrase.helpReviewOrStop.help)
    var id: String

    @Option(help: Phrase.helpOutputPath.help, completion: .file())
    var output: String?

    @OptionGroup var trial: DryRunOption

    func validate() throws { try trial.check(goesWith: "--output", output) }

    func run() async throws {
        try await Session.run(common, dryRun: trial.dryRun) { session in
            let target = try await target(session)
            let name = output.map {
                URL(fileURLWithPath: $0).deletingPathExtension().lastPathComponent
            }
            let exported: (id: String, text: String)
            do throws(CaseExport.Failure) {
                exported = try CaseExport.text(of: target, at: common.path, name: name)
            } catch {
                throw session.failure(error, id)
            }
            try session.hand(over: exported, to: output)
        }
    }

    private func target(_ session: Session) async throws -> CaseExport.Target {
        if let review = ChangeID(hex: id) { return .review(review) }
        if let entity = EntityID(hex: id) { return .entity(entity) }
        return .entity(try await session.stop(id, route: nil).stop.id)
    }
}

extension Session {
    fileprivate func hand(
        over exported: (id: String, text: String), to path: String?
    ) throws(CommandFailure) {
        guard let path else { return output.line(String(exported.text.dropLast())) }
        try NewFile.create(path, exported.text.utf8, output)
        output.result(
            Written(id: exported.id, path: path),
            [output.text(.caseWritten, ["id": exported.id, "path": path])])
    }

    fileprivate func failure(_ failure: CaseExport.Failure, _ id: String) -> CommandFailure {
        switch failure {
        case .unknown:
            CommandFailure(
                code: "unknown_review", exitCode: ExitStatus.refused,
                message: output.text(.caseOfNothing, ["id": id]), hint: output.text(.caseOfHint))
        case .store(let error):
            CommandFailure(DeliveryError(error), output)
        case .differs(let reason):
            CommandFailure(
                code: "export_differs", exitCode: ExitStatus.checkFailed,
                message: output.text(.caseDiffers, ["reason": output.text(reason)]),
                hint: output.text(.reportHint))
        }
    }

    private struct Written: Encodable {
        var id: String
        var path: String
    }
}
