import ArgumentParser
import LuckyCommandLine
import LuckyHub
import LuckyModel

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: Phrase.helpHubRestore.spoken,
        discussion: Phrase.helpHubRestoreMore.spoken)

    @OptionGroup var speech: SpeechOptions

    @Argument(help: Phrase.helpRestoreFile.help, completion: .file())
    var file: String

    @Option(help: Phrase.helpHubFile.help, completion: .file())
    var db: String

    func run() async throws {
        let output = speech.output
        try await output.guarded {
            for path in [file, db] { try CommandFailure.refuse(folder: path, output) }
            do throws(HubBackupError) {
                let restored = try Hub.restore(file, to: db, now: Ambient.now)
                var lines = [
                    output.text(.hubRestored, ["path": db, "depot": restored.depot.text])
                ]
                if let aside = restored.replaced {
                    lines.append(output.text(.hubRestoredAside, ["path": aside]))
                }
                lines.append(output.text(.hubRestoredHint))
                lines.append(output.text(.hubRestoredLacks))
                output.result(
                    Restored(
                        depot: restored.depot.text, file: db, replaced: restored.replaced), lines)
            } catch {
                throw CommandFailure(error, from: file, to: db, output)
            }
        }
    }

    private struct Restored: Encodable {
        var depot: String
        var file: String
        var replaced: String?
    }
}

extension CommandFailure {
    /// Of a copy that was not made.
    init(_ error: HubBackupError, from source: String, to copy: String, _ output: Output) {
        switch error {
        case .missing: self.init(missing: source, output)
        case .exists: self.init(PrivateFile.Failure.exists, writing: copy, output)
        case .notAHub: self.init(HubOpenError.notAHub, opening: source, output)
        case .damaged(let detail):
            self.init(HubOpenError.unusable(detail), opening: source, output)
        case .otherProgram: self.init(HubOpenError.notAHub, opening: copy, output)
        case .inUse: self.init(HubOpenError.inUse, opening: copy, output)
        case .otherDepot(let depot):
            self.init(HubOpenError.otherDepot(depot), opening: copy, output)
        case .notWritten(let detail):
            self.init(
                code: "not_written", exitCode: ExitStatus.checkFailed,
                message: output.text(.hubFileNotWritten, ["path": copy, "detail": detail]),
                hint: output.text(.hubNotWrittenHint))
        }
    }
}
