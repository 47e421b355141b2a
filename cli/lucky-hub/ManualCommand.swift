import ArgumentParser
import LuckyCommandLine
import LuckyModel

struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: Phrase.helpManual.spoken,
        discussion: Phrase.helpHubManualMore.spoken)

    @OptionGroup var tongue: LanguageOption

    func run() throws {
        let page = try ManualPage.roff(of: LuckyHubCommand.self, in: tongue.language)
        print(page, terminator: "")
    }
}
