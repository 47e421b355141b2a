/// What the demo says of its day.
extension Phrase {
    package static let demoHeading = Phrase(
        "幸福氣的一天：{routes} 條路線，{stops} 站，{drivers} 位司機（種子 {seed}）",
        "A day at Lucky Gas: {routes} routes, {stops} stops, {drivers} drivers (seed {seed})")
    package static let demoHubStarted = Phrase("總部啟動（{url}）", "The hub is up ({url})")
    package static let demoHubKilled = Phrase("總部被強制關閉（kill -9）", "The hub is killed (kill -9)")
    package static let demoHubBack = Phrase("總部重新啟動", "The hub is back")
    package static let demoPlanLoaded = Phrase(
        "路線已發布：{stops} 站", "The plan is published: {stops} stops")
    package static let demoDriverOut = Phrase(
        "{driver} 出發：{route}，{stops} 站", "{driver} sets out: {route}, {stops} stops")
    package static let demoDriverKilled = Phrase(
        "{driver} 的手機當掉（kill -9）：總部已收下，手機還沒收到回覆",
        "{driver}'s phone dies (kill -9): the hub has committed, the phone does not know")
    package static let demoDriverBack = Phrase(
        "{driver} 的手機重新開機，{pending} 筆待送都還在",
        "{driver}'s phone is back, all {pending} unreceived changes still there")
    package static let demoDeadZone = Phrase("{driver} 進入沒有訊號的地方", "{driver} enters a dead zone")
    package static let demoSignal = Phrase(
        "{driver} 有訊號了，{pending} 筆待送", "{driver} has a signal again, {pending} waiting")
    package static let demoResponseLost = Phrase(
        "總部收下後，回覆在路上遺失；{driver} 會再送一次",
        "The hub kept it, its answer got lost; {driver} will send again")
    package static let demoReassigned = Phrase(
        "總部把第 {stop} 站從 {from} 轉給 {to}", "The office hands stop {stop} from {from} to {to}")
    package static let demoCancelled = Phrase("總部取消第 {stop} 站", "The office cancels stop {stop}")
    package static let demoAddress = Phrase(
        "總部更正第 {stop} 站的地址", "The office corrects the address of stop {stop}")
    package static let demoResequenced = Phrase(
        "總部調整第 {stop} 站的順序", "The office moves stop {stop} in the route")
    package static let demoInserted = Phrase(
        "總部為離線的 {driver} 加上第 {stop} 站", "The office adds stop {stop} for {driver}, who is offline")
    package static let demoProgress = Phrase(
        "{closed}／{total} 站　待送 {pending} 筆", "{closed} of {total} stops  {pending} waiting")
    package static let demoEditsSeen = Phrase(
        "{driver} 看到總部的 {count} 項更改", "{driver} sees the office's {count} changes")
    package static let demoPartial = Phrase(
        "{driver} 第 {stop} 站部分送達", "{driver} delivers part of stop {stop}")
    package static let demoAbsent = Phrase(
        "{driver} 第 {stop} 站無人在家", "{driver}: nobody at home at stop {stop}")
    package static let demoCorrected = Phrase(
        "{driver} 更正第 {stop} 站的紀錄", "{driver} corrects what was recorded at stop {stop}")
    package static let demoPhoto = Phrase(
        "{driver} 在第 {stop} 站拍照存證", "{driver} takes a photo at stop {stop}")
    package static let demoDayDone = Phrase("{driver} 跑完了", "{driver} has finished the route")
    package static let demoDrained = Phrase(
        "大家都有訊號，總部已全部收到", "All have a signal, and the hub has received everything")

    // What a record says.
    package static let demoSaidArrived = Phrase("抵達", "arrival")
    package static let demoSaidHandover = Phrase(
        "送達 {delivered}、收回 {collected}", "handover of {delivered}, empties {collected}")
    package static let demoSaidCash = Phrase("收現金 {amount}", "cash {amount}")
    package static let demoSaidPhoto = Phrase("照片", "photo")
    package static let demoSaidCorrection = Phrase(
        "更正為送達 {delivered}、收回 {collected}",
        "correction to {delivered}, empties {collected}")
    package static let demoSaidCashCorrection = Phrase(
        "更正為現金 {amount}", "correction to cash {amount}")
    package static let demoSaidOther = Phrase("其他紀錄", "another record")
    package static let demoSaidEdit = Phrase("路線更改", "plan edit")

    // Why there is no verdict.
    package static let demoFolderNotEmpty = Phrase(
        "✗ {path} 已經有檔案，請給一個新的資料夾", "✗ {path} is not empty; name a new folder")
    package static let demoFolderNotMade = Phrase(
        "✗ 無法建立 {path}：{error}", "✗ Cannot make {path}: {error}")
    package static let demoNotStarted = Phrase(
        "✗ 無法啟動 {program}：{error}", "✗ Cannot start {program}: {error}")
    package static let demoProgramFailed = Phrase(
        "✗ {program} 失敗（結束碼 {status}），見 {log}", "✗ {program} failed (exit {status}), see {log}")
    package static let demoEndedEarly = Phrase("✗ {name} 提前結束", "✗ {name} ended early")
    package static let demoLate = Phrase(
        "✗ {name} 太久沒有回應：{what}", "✗ {name} took too long: {what}")
    package static let demoNotDone = Phrase(
        "✗ {name} 無法完成 {what}：{error}", "✗ {name} could not do {what}: {error}")
    package static let demoOfficeFailed = Phrase(
        "✗ 總部無法執行 {verb}：{error}", "✗ The office could not {verb}: {error}")
    package static let demoNoStopLeft = Phrase("✗ {name} 沒有站可送了", "✗ {name} has no stop left")
    package static let demoNoChange = Phrase(
        "✗ 總部的 {verb} 沒有改變什麼", "✗ The office's {verb} changed nothing")
    package static let demoNotReadable = Phrase(
        "✗ 讀不到 {path}：{error}", "✗ Cannot read {path}: {error}")
    package static let demoFailed = Phrase("✗ 演示中斷：{error}", "✗ The demo stopped: {error}")
    package static let demoFailedHint = Phrase(
        "真的紀錄不受影響；改好再做一次", "no real record is touched; mend it and run it again")
    package static let demoKept = Phrase(
        "這一天的檔案留在 {path}", "The files of this day are kept in {path}")

    // The verdict.
    package static let reconciliationHeading = Phrase(
        "對帳（司機自己的合計｜總部的合計）", "Reconciliation (driver's own sum | hub's sum)")
    package static let reconciliationProduct = Phrase(
        "  {driver}　{product}　送達 {own}｜{hub}　空瓶 {own_empties}｜{hub_empties}　{agree}",
        "  {driver}  {product}: full {own} | {hub}, empty {own_empties} | {hub_empties}  {agree}")
    package static let reconciliationCash = Phrase(
        "  {driver}　現金 {own}｜{hub}　{agree}", "  {driver}  cash {own} | {hub}  {agree}")
    package static let reconciliationAgree = Phrase("相符", "agree")
    package static let reconciliationDiffer = Phrase("✗ 不符", "✗ differ")
    package static let demoVerified = Phrase(
        "{replica} 和總部相同（序號 {sequence}）", "{replica} is the same as the hub (sequence {sequence})")
    package static let demoNotVerified = Phrase(
        "✗ {replica} 和總部不同", "✗ {replica} differs from the hub")
    package static let demoStillPending = Phrase(
        "✗ {replica} 還有 {pending} 筆未送出", "✗ {replica} still has {pending} unsent")
    package static let demoUnopened = Phrase(
        "✗ 有 {count} 件矛盾沒有送審", "✗ Contradictions without a review: {count}")
    package static let demoProofPending = Phrase(
        "{count} 站已送達，配送證明待上傳", "Delivered, proof pending: {count}")
    package static let demoLost = Phrase(
        "遺失：{driver} 第 {stop} 站的 {what}（變更 {change}）",
        "Lost: {driver}, stop {stop}, {what} (change {change})")
    package static let demoDoubled = Phrase(
        "重複：{driver} 第 {stop} 站的 {what}（變更 {change}）",
        "Doubled: {driver}, stop {stop}, {what} (change {change})")
    package static let demoAltered = Phrase(
        "內容不同：{driver} 第 {stop} 站的 {what}（變更 {change}）",
        "Altered: {driver}, stop {stop}, {what} (change {change})")
    package static let demoInvented = Phrase(
        "無中生有：{driver} 第 {stop} 站的 {what}（變更 {change}）",
        "Never tapped: {driver}, stop {stop}, {what} (change {change})")
    package static let demoGreen = Phrase(
        "✓ {facts} 筆紀錄：沒有遺失，沒有重複，全部一致（{seconds} 秒）",
        "✓ {facts} records: nothing lost, nothing doubled, all agree ({seconds} s)")
    package static let demoRed = Phrase(
        "✗ {facts} 筆紀錄收到 {received}：遺失 {lost}、重複 {doubled}、不同 {altered}；一致 {converged}",
        "✗ {received} of {facts}: lost {lost}, doubled {doubled}, altered {altered}, same {converged}"
    )
}
