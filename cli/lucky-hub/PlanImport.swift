import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyHub
import LuckyModel

struct PlanImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: Phrase.helpHubImport.spoken,
        discussion: Phrase.helpHubImportMore.spoken)

    @OptionGroup var office: OfficeOptions

    @Argument(help: Phrase.helpHubImportFile.help, completion: .file())
    var file: String

    @Flag(help: Phrase.helpHubImportPartial.help)
    var partial = false

    @Flag(help: Phrase.helpHubImportCancelMissing.help)
    var cancelMissing = false

    @Flag(help: Phrase.helpHubImportDryRun.help)
    var dryRun = false

    @Option(help: Phrase.helpHubImportID.help(as: "digits"))
    var id: String?

    func validate() throws {
        try RequestID.check(id)
    }

    func run() async throws {
        let output = office.output
        try await Desk.run(office) { desk in
            let bytes = try contents(output)
            try checkAsAWhole(bytes, output)
            let id = id ?? RequestID.draw()
            func ask(dryRun: Bool) async throws -> PlanImportReply {
                try await desk.ask(
                    .planImport,
                    PlanImportRequest(
                        id: id, file: bytes, partial: partial, cancelMissing: cancelMissing,
                        dryRun: dryRun, lang: output.language.rawValue,
                        roc: output.dates == .roc ? true : nil),
                    names: ["id": id], for: PlanImportReply.self)
            }
            var reply: PlanImportReply
            if dryRun || !partial {
                reply = try await ask(dryRun: true)
                if !dryRun, reply.rejected.isEmpty { reply = try await ask(dryRun: false) }
            } else {
                reply = try await ask(dryRun: false)
            }
            output.result(
                reply, ImportText(output).lines(reply, cancels: cancelMissing, partial: partial))
            try judge(reply, output)
        }
    }

    private func judge(_ reply: PlanImportReply, _ output: Output) throws {
        guard !reply.rejected.isEmpty else { return }
        let count = Set(reply.rejected.map(\.line)).count
        let phrase: Phrase =
            reply.applied ? .hubImportPartly : partial ? .hubImportWouldPartly : .hubImportRejected
        throw CommandFailure(
            code: "rows_rejected", exitCode: ExitStatus.checkFailed,
            message: output.text(phrase, ["count": "\(count)"]),
            hint: output.text(
                reply.applied || partial ? .hubImportPartlyHint : .hubImportRejectedHint))
    }

    private func contents(_ output: Output) throws -> Data {
        try CommandFailure.refuse(folder: file, output)
        let data =
            file == "-"
            ? FileHandle.standardInput.readDataToEndOfFile()
            : FileManager.default.contents(atPath: file)
        guard let data else { throw CommandFailure(missing: file, output) }
        return data
    }

    /// A file that is no plan at all (Big5, no header) is not sent; the caller reads why.
    private func checkAsAWhole(_ bytes: Data, _ output: Output) throws {
        do throws(PlanFileError) { _ = try PlanFile.parse(bytes) } catch {
            throw CommandFailure(
                code: error.problem.reason.rawValue, exitCode: ExitStatus.checkFailed,
                message: output.text(
                    .hubImportLine,
                    [
                        "line": "\(error.problem.line)",
                        "message": error.message(in: output.language),
                    ]), hint: output.text(.officeNothingChanged))
        }
    }
}

/// An import as words.
struct ImportText {
    let output: Output

    init(_ output: Output) { self.output = output }

    func lines(_ reply: PlanImportReply, cancels: Bool, partial: Bool) -> [String] {
        var lines = reply.warnings.map { line($0.line, $0.message) }
        lines += reply.rejected.map { line($0.line, $0.message) }
        if !reply.rejected.isEmpty && !reply.applied && !partial { return lines }
        if reply.created + reply.edited.count + reply.unchanged == 0 {
            return lines + [output.text(.hubImportNoStops)]
        }
        lines.append(
            output.text(
                reply.applied ? .hubImported : .hubImportWould,
                [
                    "created": "\(reply.created)", "edited": "\(reply.edited.count)",
                    "unchanged": "\(reply.unchanged)",
                ]))
        for stop in reply.edited {
            lines.append(
                output.text(
                    .hubImportEdited,
                    ["stop": stop.stop, "fields": PlanWords(output).fields(stop.fields)]))
        }
        for stop in reply.vanished {
            let phrase = vanished(stop, reply.applied, cancels: cancels)
            lines.append(output.text(phrase, ["stop": stop.stop, "route": stop.route]))
        }
        return lines
    }

    private func vanished(
        _ stop: PlanImportReply.Vanished, _ isApplied: Bool, cancels: Bool
    ) -> Phrase {
        if stop.cancelled { return .hubImportCancelled }
        if !cancels { return .hubImportVanished }
        let stays = isApplied || ["delivered", "partially_delivered"].contains(stop.status)
        return stays ? .hubImportVanishedDone : .hubImportWouldCancel
    }

    private func line(_ number: Int, _ message: String) -> String {
        output.text(.hubImportLine, ["line": "\(number)", "message": message])
    }
}
