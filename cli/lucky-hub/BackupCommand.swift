import ArgumentParser
import LuckyCommandLine
import LuckyHub
import LuckyModel

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: Phrase.helpHubBackup.spoken,
        discussion: Phrase.helpHubBackupMore.spoken)

    @OptionGroup var speech: SpeechOptions

    @Argument(help: Phrase.helpHubBackupCopy.help, completion: .file())
    var file: String

    @Option(help: Phrase.helpHubFile.help, completion: .file())
    var db: String

    @Option(help: Phrase.helpHubBackupKeep.help)
    var keep: Int?

    func validate() throws {
        if let keep, !(1...10_000).contains(keep) {
            throw ValidationError(
                .usageNumber,
                ["option": "--keep", "least": "1", "most": "10000", "found": "\(keep)"])
        }
    }

    func run() async throws {
        let output = speech.output
        try await output.guarded {
            do throws(HubBackupError) {
                let copy = try Hub.backUp(db, to: file, keep: keep, now: Ambient.now)
                let gone = copy.expired.joined(separator: ", ")
                output.result(
                    BackedUp(
                        bytes: copy.bytes, depot: copy.depot.text, expired: copy.expired,
                        file: file),
                    [output.text(.hubBackedUp, ["path": file, "bytes": "\(copy.bytes)"])]
                        + (gone.isEmpty
                            ? [] : [output.text(.hubBackupsExpired, ["paths": gone])]))
            } catch {
                throw CommandFailure(error, from: db, to: file, output)
            }
        }
    }

    private struct BackedUp: Encodable {
        var bytes: Int
        var depot: String
        var expired: [String]
        var file: String
    }
}
