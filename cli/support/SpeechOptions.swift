public import ArgumentParser
internal import Foundation
public import LuckyModel

/// How a command speaks: every command of both programs has these.
public struct SpeechOptions: ParsableArguments {
    /// As typed; nil where the environment decides.
    @Option(help: "zh-Hant or en (default from LC_ALL, LC_MESSAGES, LANG).")
    public var lang: String?

    /// JSON instead of text.
    @Flag(help: "One JSON object on one line; everything else goes to stderr.")
    public var json = false

    /// Leaves remarks away.
    @Flag(name: .shortAndLong, help: "Only what was asked for, no remarks.")
    public var quiet = false

    /// As ArgumentParser wants it; the values come from argv.
    public init() {}

    /// Throws a usage error for a language that is not spoken.
    public func validate() throws {
        if let lang, Language(argument: lang) == nil {
            throw ValidationError(.usageLanguage, ["found": lang])
        }
    }

    /// `--lang`, else what `LC_ALL`, `LC_MESSAGES` and `LANG` say.
    public var language: Language {
        lang.flatMap(Language.init(argument:))
            ?? Language(environment: ProcessInfo.processInfo.environment)
    }

    /// Where a command says things, as these options ask.
    public var output: Output { Output(language: language, isJSON: json, isQuiet: quiet) }
}

/// A business day.
public struct DayOption: ParsableArguments {
    /// As typed; nil means today.
    @Option(help: "The business day, 2026-11-22 or 115/11/22 (default: today in Taipei).")
    public var date: String?

    /// As ArgumentParser wants it; the value comes from argv.
    public init() {}

    /// Throws a usage error for a text that is no date.
    public func validate() throws {
        if date != nil, day == nil {
            throw ValidationError(.usageDate, ["found": date ?? ""])
        }
    }

    /// The day that was named.
    public var day: CivilDate? { date.flatMap { CivilDate(text: $0) } }
}
