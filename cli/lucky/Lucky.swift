import ArgumentParser
import LuckyCausality
import LuckyCommandLine
import LuckyDriver

/// The driver's verbs at a prompt: for field staff, and for scripts.
@main
struct Lucky: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lucky",
        abstract: Phrase.helpLucky.spoken,
        discussion: ExitStatus.help,
        version: Phrase.versionPhone.spoken([
            "store": "\(StoreSchema.ofThisBuild)", "rules": "\(ReviewRules.version)",
        ]),
        subcommands: [
            InitCommand.self, LoginCommand.self, HubCommand.self, TodayCommand.self,
            NextCommand.self, RouteCommand.self, StopCommand.self, ShiftCommand.self,
            CashCommand.self, StockCommand.self, OutboxCommand.self, SyncCommand.self,
            StatusCommand.self, DoctorCommand.self, VerifyCommand.self, ReviewCommand.self,
            ExportCommand.self, BackupCommand.self, RestoreCommand.self, CasesCommand.self,
            SimulateCommand.self, InspectCommand.self,
            DemoCommand.self, CompletionsCommand.self, ManualCommand.self,
            PhoneCommand.self, GuardCommand.self,
        ])

    static func main() async { await runProgram() }
}
