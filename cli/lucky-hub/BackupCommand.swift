import ArgumentParser
import LuckyCommandLine
import LuckyHub
import LuckyModel

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy a hub's live file to a new one, consistently, while it serves.",
        discussion: "A hub that is started from the copy begins a new history.")

    @OptionGroup var speech: SpeechOptions

    @Argument(help: "The copy, 0600; a file that exists is never overwritten.")
    var file: String

    @Option(help: "The hub's file.")
    var db: String

    func run() async throws {
        let output = speech.output
        try await output.guarded {
            do throws(HubBackupError) {
                let copy = try Hub.backUp(db, to: file)
                output.result(
                    BackedUp(bytes: copy.bytes, depot: copy.depot.text, file: file),
                    [output.text(.hubBackedUp, ["path": file, "bytes": "\(copy.bytes)"])])
            } catch {
                throw failure(error, output)
            }
        }
    }

    private func failure(_ error: HubBackupError, _ output: Output) -> CommandFailure {
        switch error {
        case .missing: CommandFailure(missing: db, output)
        case .exists: CommandFailure(PrivateFile.Failure.exists, writing: file, output)
        case .notAHub(let detail):
            CommandFailure(HubOpenError.unusable(detail), opening: db, output)
        case .notWritten(let detail):
            CommandFailure(
                code: "not_written", exitCode: ExitStatus.checkFailed,
                message: output.text(.hubFileNotWritten, ["path": file, "detail": detail]))
        }
    }

    private struct BackedUp: Encodable {
        var bytes: Int
        var depot: String
        var file: String
    }
}
