import ArgumentParser
import LuckyCommandLine
import LuckyModel

struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: Phrase.helpManual.spoken,
        discussion: Phrase.helpManualMore.spoken)

    @OptionGroup var tongue: LanguageOption

    func run() throws {
        let page = try ManualPage.roff(of: Lucky.self, in: tongue.language)
        print(page, terminator: "")
    }
}
