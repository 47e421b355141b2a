/// The lines of a swarm's history.
extension Phrase {
    package static let traceLine = Phrase("{clock} {line}", "{clock} {line}")
    package static let traceOf = Phrase("{name} {line}", "{name} {line}")
    package static let traceViolation = Phrase("不符 {checker}：{text}", "VIOLATION {checker}: {text}")
    package static let traceMended = Phrase("全部修好了", "all is mended")

    // Phones and the hub.
    package static let traceBefell = Phrase("{name}：{what}", "{name}: {what}")
    package static let traceOutage = Phrase(
        "{name}：{kind}，{seconds} 秒", "{name}: {kind} for {seconds} s")
    package static let traceNotStarted = Phrase(
        "{name} 無法啟動：{error}", "{name} does not start: {error}")
    package static let traceDied = Phrase("{name} 在寫入時結束", "{name} died in a write")
    package static let traceBackedUp = Phrase(
        "{name} 備份為 {backup}", "{name} is backed up as {backup}")
    package static let traceHistory = Phrase("總部的歷史是 {history}", "the hub's history is {history}")
    package static let traceNoHistory = Phrase("無", "none")
    package static let traceHubUp = Phrase("總部啟動，歷史 {history}", "the hub is up, history {history}")
    package static let traceSaved = Phrase(
        "{name} {tap} #{step}：已儲存", "{name} {tap} #{step}: saved")
    package static let traceTapRefused = Phrase(
        "{name} {tap} #{step}：{code}", "{name} {tap} #{step}: {code}")

    // What a phone is told.
    package static let traceStarts = Phrase("啟動，待送 {pending} 筆", "starts, {pending} pending")
    package static let traceExchangeFailed = Phrase("同步失敗：{kind}", "exchange failed: {kind}")
    package static let traceAnswer = Phrase(
        "回覆：收到 {received} 筆，資料 {entities} 項，待送 {pending} 筆",
        "answer: received {received}, entities {entities}, pending {pending}")
    package static let traceRecovery = Phrase("{line}，復原 {recovery}", "{line}, recovery {recovery}")
    package static let traceAnswerFailed = Phrase("{line}，失敗 {kind}", "{line}, failed {kind}")
    package static let traceStoreFailed = Phrase("儲存失敗：{reason}", "store failed: {reason}")

    // The office.
    package static let traceImported = Phrase(
        "辦公室匯入 {stops} 站：{written} 筆", "the office imports {stops} stops: {written} changesets")
    package static let traceEdited = Phrase(
        "辦公室：{edit} #{step}，{count} 筆變更", "the office: {edit} #{step}, {count} changes")
    package static let traceEditRefused = Phrase(
        "辦公室：{edit} #{step}：{code}", "the office: {edit} #{step}: {code}")
    package static let traceVerbRefused = Phrase("辦公室：{verb}：{code}", "the office: {verb}: {code}")
    package static let tracePurged = Phrase("辦公室清除 #{step}", "the office purges #{step}")
    package static let tracePurgeRefused = Phrase(
        "辦公室無法清除 #{step}：{code}", "the office cannot purge #{step}: {code}")
    package static let traceWroteTwo = Phrase(
        "辦公室一次寫兩站 #{step}", "the office writes to two #{step}")
    package static let traceWriteRefused = Phrase(
        "辦公室無法寫 #{step}：{code}", "the office cannot #{step}: {code}")
}
