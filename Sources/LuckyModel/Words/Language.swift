/// A language people read: Traditional Chinese as used in Taiwan, or English.
public enum Language: String, Hashable, Sendable, CaseIterable, Codable {
    /// Traditional Chinese as written in Taiwan.
    case zhHant = "zh-Hant"
    /// English, also for an environment in any other language.
    case en

    /// From `LC_ALL`, `LC_MESSAGES` and `LANG`, the first that is set and not empty: any Chinese
    /// gives ``zhHant``; everything else, and nothing, ``en``.
    public init(environment: [String: String]) {
        let value = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        let isChinese = PlainText.structured(value ?? "").starts(with: "zh".utf8)
        self = isChinese ? .zhHant : .en
    }

    /// From what somebody typed after `--lang`: `zh-Hant`, `zh`, `zh_TW.UTF-8`, `en`, `en_GB` …;
    /// nil for any other language.
    public init?(argument: String) {
        let tag = PlainText.structured(argument)
        let head = tag.prefix { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") }
        switch String(decoding: head, as: UTF8.self) {
        case "zh": self = .zhHant
        case "en": self = .en
        default: return nil
        }
    }
}
