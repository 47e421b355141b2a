/// Help: the program, what every verb understands, and the day at a glance.
extension Phrase {
    package static let helpDB = Phrase(
        "資料檔（預設：$LUCKY_DB，沒有就用 ~/.local/share/lucky/replica.sqlite）。",
        "The replica file (default: $LUCKY_DB, else ~/.local/share/lucky/replica.sqlite).")
    package static let helpROC = Phrase(
        "日期用民國年顯示：115/11/26。輸入時兩種都看得懂。",
        "Dates in years of the Republic: 115/11/26. Typed, they are always understood.")
    package static let helpDryRun = Phrase(
        "只判斷並說出會記錄什麼，不寫入。", "Judge it and say what would be recorded; write nothing.")
    package static let helpCompletions = Phrase(
        "印出讓 shell 自動補完指令和選項的腳本。",
        "Print a script by which your shell completes verbs and options.")
    package static let helpCompletionsMore = Phrase(
        "bash: lucky completions bash > ~/.local/share/bash-completion/completions/lucky\nzsh:  lucky completions zsh > $fpath 的一個資料夾，檔名 _lucky\nfish: lucky completions fish > ~/.config/fish/completions/lucky.fish",
        "bash: lucky completions bash > ~/.local/share/bash-completion/completions/lucky\nzsh:  lucky completions zsh > a folder of $fpath, as _lucky\nfish: lucky completions fish > ~/.config/fish/completions/lucky.fish"
    )
    package static let helpCompletionsShell = Phrase("bash、zsh 或 fish。", "bash, zsh or fish.")
    package static let helpRouteOfStop = Phrase(
        "路線代號；兩條路線都有這個號碼的站時才需要。", "The route's code, where two routes have a stop of that number.")
    package static let helpLucky = Phrase(
        "給幸福氣的司機用；每一筆在指令結束以前就已存在這支手機。",
        "Lucky Gas driver: every tap is on this device before the command returns.")
    package static let helpManual = Phrase(
        "印出所有指令的使用手冊，給 `man` 看。", "Print the manual page of all verbs, for `man`.")
    package static let helpManualMore = Phrase(
        "lucky manual > ~/.local/share/man/man1/lucky.1；然後：man lucky",
        "lucky manual > ~/.local/share/man/man1/lucky.1; then: man lucky")
    package static let helpNext = Phrase(
        "現在去哪裡、帶什麼、要收多少；不需要網路。",
        "Where to go now, what to bring, what is to be paid; needs no network.")
    package static let helpStatus = Phrase(
        "什麼東西安全存在哪裡；不需要網路。", "What is safe where; needs no network.")
    package static let helpToday = Phrase(
        "當天概況：下一站、現金箱、車上、待送的；不需要網路。",
        "The day at a glance: next stop, box, truck, what waits; needs no network.")
    package static let helpLang = Phrase(
        "zh-Hant 或 en（預設看 LC_ALL、LC_MESSAGES、LANG）。",
        "zh-Hant or en (default from LC_ALL, LC_MESSAGES, LANG).")
    package static let helpJSON = Phrase(
        "一行一個 JSON 物件；其他的都到 stderr。",
        "One JSON object on one line; everything else goes to stderr.")
    package static let helpQuiet = Phrase("只說要的結果，不加說明。", "Only what was asked for, no remarks.")
    package static let helpDate = Phrase(
        "營業日，2026-11-22 或 115/11/22（預設：臺北的今天）。",
        "The business day, 2026-11-22 or 115/11/22 (default: today in Taipei).")
}
