import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyDriver

/// What every verb understands.
struct CommonOptions: ParsableArguments {
    @Option(help: Phrase.helpDB.help, completion: .file())
    var db: String?

    @OptionGroup var speech: SpeechOptions
    @OptionGroup var business: DayOption

    func validate() throws {
        if db?.isEmpty == true { throw ValidationError(.usageNeeds, ["options": "--db <file>"]) }
    }

    var day: Day { business.day.map(Day.on) ?? .today }

    var path: String {
        let environment = ProcessInfo.processInfo.environment
        if let path = db ?? environment["LUCKY_DB"], !path.isEmpty { return path }
        let data =
            environment["XDG_DATA_HOME"].flatMap { $0.isEmpty ? nil : $0 }
            ?? Driver.home + "/.local/share"
        return data + "/lucky/replica.sqlite"
    }

    var output: Output { speech.output }
}
