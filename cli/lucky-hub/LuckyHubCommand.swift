import ArgumentParser
import LuckyCommandLine
import LuckyHub
import LuckyModel

/// Run and operate a depot's hub: for its operator and its dispatcher.
@main
struct LuckyHubCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lucky-hub",
        abstract: Phrase.helpHub.spoken,
        discussion: ExitStatus.help,
        version: Phrase.versionHub.spoken(["file": "\(Hub.fileVersion)"]),
        subcommands: [
            ServeCommand.self, PlanCommand.self, ReportCommand.self, ReviewCommand.self,
            ReplicasCommand.self, TokenCommand.self, SecretCommand.self, BackupCommand.self,
            RestoreCommand.self, OffersCommand.self, QuarantineCommand.self, PurgeCommand.self,
            UnpurgeCommand.self, AlarmsCommand.self, NoteCommand.self, SettleCommand.self,
            RedactCommand.self, CorrectCommand.self, CustomerCommand.self, DriverCommand.self,
            CompletionsCommand.self, ManualCommand.self,
        ])

    static func main() async { await runProgram() }
}
