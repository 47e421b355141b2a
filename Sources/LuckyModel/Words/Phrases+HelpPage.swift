/// Help: what is the same on every page of it, the manual's headings included.
extension Phrase {
    package static let helpOverview = Phrase("說明：", "OVERVIEW: ")
    package static let helpUsage = Phrase("用法：", "USAGE: ")
    package static let helpArguments = Phrase("參數：", "ARGUMENTS:")
    package static let helpOptions = Phrase("選項：", "OPTIONS:")
    package static let helpSubcommands = Phrase("指令：", "SUBCOMMANDS:")
    package static let helpSeeMore = Phrase(
        "詳細用法請看 '{command}'", "See '{command}' for detailed help.")
    package static let helpShowHelp = Phrase("顯示用法。", "Show help information.")
    package static let helpShowVerbHelp = Phrase("顯示一個指令的用法。", "Show subcommand help information.")
    package static let versionPhone = Phrase(
        "lucky：資料檔 {store}，規則 {rules}", "lucky: store {store}, rules {rules}")
    package static let versionHub = Phrase(
        "lucky-hub：資料檔 {file}", "lucky-hub: file {file}")
    package static let helpShowVersion = Phrase("顯示版本。", "Show the version.")
    package static let helpDefaultVerb = Phrase("（預設）", " (default)")
    package static let helpDefault = Phrase("（預設：{default}）", "(default: {default})")
    package static let helpDefaultAsFlag = Phrase(
        "（不寫值時：{default}）", "(default as flag: {default})")
    package static let helpValues = Phrase("（可以是：{values}）", "(values: {values})")
    package static let helpValuesDefault = Phrase(
        "（可以是：{values}；預設：{default}）", "(values: {values}; default: {default})")
    package static let helpExitCodes = Phrase(
        "結束碼：0 完成 · 1 檢查未通過或做不成 · 3 依規則拒絕 · 4 離線 · 5 資料損壞 · 64 用法錯誤。",
        "Exit codes: 0 done · 1 a check failed, or it could not be done · 3 refused by rule · 4 offline · 5 data damaged · 64 usage."
    )
    package static let helpManualName = Phrase("名稱", "NAME")
    package static let helpManualSynopsis = Phrase("概要", "SYNOPSIS")
    package static let helpManualCall = Phrase(
        "{program} 指令 [選項]", "{program} VERB [OPTIONS]")
    package static let helpManualDescription = Phrase("描述", "DESCRIPTION")
    package static let helpManualVerbs = Phrase("指令", "VERBS")
}
