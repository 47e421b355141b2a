/// What `lucky route simulate` says while a day goes by, and what is wrong with its files.
extension Phrase {
    package static let routeProfileNoJSON = Phrase(
        "設定檔不是 JSON 物件", "The profile is no JSON object")
    package static let routeProfileBad = Phrase(
        "設定檔的「{detail}」看不懂或超出範圍", "The profile's “{detail}” is missing or out of range")
    package static let routeNetBad = Phrase(
        "網路紀錄第 {line} 行看不懂：要有 t_s 與 kbit_s 兩欄，時間遞增",
        "line {line} of the network trace cannot be read: it needs t_s, rising, and kbit_s")
    package static let routePlanBad = Phrase(
        "路線檔第 {line} 行：{text}", "line {line} of the plan: {text}")
    package static let routePlanEmpty = Phrase("路線檔裡一站都沒有", "There is no stop in the plan")
    package static let routeUnknown = Phrase(
        "檔案裡沒有路線「{route}」。有的是：{routes}", "no route “{route}” in the file; it has: {routes}")
    package static let routeGPXBad = Phrase(
        "GPX 檔裡沒有航點、路徑點或軌跡", "The GPX file has no waypoints, route points or track")
    package static let hubSimulated = Phrase(
        "✗ {depot} 是模擬用的，不能當總站", "✗ {depot} is for simulations, and no depot")
    package static let routePatrolled = Phrase("巡過了", "Looked after")
    package static let routeOfficeNote = Phrase("到了請先打電話", "Please call on arrival")

    package static let routeSetOut = Phrase("上班打卡，出發", "Clocked in, and off")
    package static let routeArrived = Phrase("第 {stop} 站：到達", "Stop {stop}: arrived")
    package static let routeWaits = Phrase(
        "第 {stop} 站：到達，太早，等 {window} 的時段", "Stop {stop}: arrived early, waits for {window}")
    package static let routeClosed = Phrase(
        "第 {stop} 站：{outcome}，已存在手機（{pending} 筆待送）",
        "Stop {stop}: {outcome}, saved on the phone ({pending} waiting)")
    package static let routeSkipped = Phrase(
        "第 {stop} 站：總部已取消，不去", "Stop {stop}: cancelled by the office, left out")
    package static let routeReceived = Phrase(
        "總部收到 {count}，還有 {pending} 筆待送", "The depot has {count} more; {pending} waiting")
    package static let routeLunch = Phrase("午休", "Lunch")
    package static let routeOffline = Phrase("沒有網路了", "No network")
    package static let routeOnline = Phrase("有網路了", "Network again")
    package static let routeHome = Phrase("回到總站", "Back at the depot")
    package static let routeOver = Phrase("一天結束", "The day is over")
    package static let routeBatteryDead = Phrase("手機沒電", "The phone's battery is flat")
    package static let routeBatteryBack = Phrase("手機重新開機", "The phone is on again")
    package static let routeSwapped = Phrase(
        "換一支新手機；舊手機關機收著", "Another phone from now on; the old one is off, and kept")
    package static let routeLoaded = Phrase("新手機已載入路線", "The new phone has the route")
    package static let routeOldPhoneOn = Phrase("舊手機開機補送", "The old phone is on, to send the rest")
    package static let routeHubDown = Phrase("總部系統停機", "The depot's system is down")
    package static let routeHubUp = Phrase("總部系統恢復", "The depot's system is up again")
    package static let routeOffice = Phrase(
        "總部改第 {stop} 站：{edit}", "The office edits stop {stop}: {edit}")

    package static let routeEditCancel = Phrase("取消", "cancelled")
    package static let routeEditNote = Phrase("備註", "note")
    package static let routeEditWindow = Phrase("時段", "window")
    package static let routeEditPrice = Phrase("價格", "price")
    package static let routeOutcomeRefused = Phrase("手機不收", "refused by the phone")

    /// - Parameter kind: `cancel`, `note`, `window` or `price`.
    package static func routeEdit(_ kind: String) -> Phrase {
        switch kind {
        case "cancel": routeEditCancel
        case "note": routeEditNote
        case "window": routeEditWindow
        default: routeEditPrice
        }
    }

    /// - Parameter word: as in `--json`.
    package static func routeOutcome(_ word: String) -> Phrase {
        switch word {
        case "delivered": statusDelivered
        case "partial": statusPartiallyDelivered
        case "failed": statusFailed
        case "cancelled": statusCancelled
        case "refused": routeOutcomeRefused
        default: statusPending
        }
    }

    package static let routeRefusedClosed = Phrase("這一站已經結束", "the stop is closed already")
    package static let routeRefusedArrived = Phrase("已記錄到達", "arrival is recorded already")
    package static let routeRefusedNothing = Phrase(
        "沒有送出也沒有收回", "nothing handed over or taken back")
    package static let routeRefusedHandedOver = Phrase(
        "已轉交別的司機", "it went to another driver")
    package static let routeRefusedProof = Phrase(
        "沒有收件人、照片或簽名", "no recipient, photo or signature")
    package static let routeRefusedRange = Phrase(
        "數量或金額超出範圍", "a count or an amount is out of range")
    package static let routeRefusedUnknown = Phrase(
        "手機上沒有這一站", "the phone does not have the stop")
    package static let routeRefusedStore = Phrase(
        "手機沒有存成", "the phone could not save it")

    /// Why a phone did not take a tap at a door.
    /// - Parameter code: as in `--json`.
    package static func routeRefusal(_ code: String) -> Phrase {
        switch code {
        case "already_closed": routeRefusedClosed
        case "already_arrived": routeRefusedArrived
        case "nothing_handed_over": routeRefusedNothing
        case "handed_over": routeRefusedHandedOver
        case "proof_missing": routeRefusedProof
        case "out_of_range", "too_much_cash": routeRefusedRange
        case "unknown_stop": routeRefusedUnknown
        default: routeRefusedStore
        }
    }
    package static let routeOutcomeWhy = Phrase("{outcome}（{why}）", "{outcome} ({why})")
}
