public import ArgumentParser
internal import Foundation
public import LuckyModel

/// In which language a command speaks.
public struct LanguageOption: ParsableArguments {
    /// As typed; nil where the environment decides.
    @Option(help: Phrase.helpLang.help, completion: .list(Language.allCases.map(\.rawValue)))
    public var lang: String?

    /// As ArgumentParser wants it; the value comes from argv.
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
}

/// How a command speaks: every command of both programs has these.
public struct SpeechOptions: ParsableArguments {
    @OptionGroup var tongue: LanguageOption

    /// JSON instead of text.
    @Flag(help: Phrase.helpJSON.help)
    public var json = false

    /// Leaves remarks away.
    @Flag(name: .shortAndLong, help: Phrase.helpQuiet.help)
    public var quiet = false

    /// Dates in years of the Republic, for people.
    @Flag(help: Phrase.helpROC.help)
    public var roc = false

    /// As ArgumentParser wants it; the values come from argv.
    public init() {}

    /// As ``LanguageOption/language``.
    public var language: Language { tongue.language }

    /// Where a command says things, as these options ask.
    public var output: Output {
        Output(language: language, isJSON: json, isQuiet: quiet, dates: roc ? .roc : .common)
    }
}

/// A business day.
public struct DayOption: ParsableArguments {
    /// As typed; nil means today.
    @Option(help: Phrase.helpDate.help)
    public var date: String?

    /// As ArgumentParser wants it; the value comes from argv.
    public init() {}

    /// Throws a usage error for a text that is no date.
    public func validate() throws {
        if date != nil, day == nil {
            throw ValidationError(.usageDate, ["found": date ?? ""])
        }
    }

    /// The day that was named, of this century: of the Republic's years a digit is soon forgotten.
    public var day: CivilDate? {
        date.flatMap { CivilDate(text: $0) }.flatMap { (2000...2099).contains($0.year) ? $0 : nil }
    }
}

/// Trying a verb that changes something.
public struct DryRunOption: ParsableArguments {
    /// Judged and said as for real; nothing is written.
    @Flag(help: Phrase.helpDryRun.help)
    public var dryRun = false

    /// As ArgumentParser wants it; the value comes from argv.
    public init() {}

    /// Of a verb that writes nothing but the file of an option.
    public func check(goesWith option: String, _ path: String?) throws {
        if dryRun, path == nil {
            throw ValidationError(.usageGoesWith, ["option": "--dry-run", "with": option])
        }
    }
}
