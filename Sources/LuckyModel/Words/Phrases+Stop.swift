/// What the driver's verbs say: `route`, `stop`.
extension Phrase {
    // route show, route news
    package static let routeHeading = Phrase(
        "{date}　{route}　{closed}／{total} 站", "{date} {route}  {closed} of {total} stops")
    package static let routeNone = Phrase("{date} 沒有路線", "No route on {date}")
    package static let routeClosedByOffice = Phrase(
        "  辦公室已於 {time} 結束這條路線", "  The office closed this route at {time}")
    package static let newsNone = Phrase("沒有新的變更", "Nothing new from the office")
    package static let newsCancelled = Phrase("第 {stop} 站已取消", "Stop {stop} is cancelled")
    package static let newsField = Phrase(
        "第 {stop} 站{field}：{old} → {new}", "Stop {stop} {field}: {old} → {new}")

    // stop arrive, complete, fail, correct
    package static let stopArrived = Phrase(
        "✓ 第 {stop} 站已到達，已存在這支手機（變更 {change}）",
        "✓ Stop {stop} arrived, saved on this phone (change {change})")
    package static let stopDelivered = Phrase(
        "✓ 第 {stop} 站已送達，已存在這支手機（變更 {change}）",
        "✓ Stop {stop} delivered, saved on this phone (change {change})")
    package static let stopCameAt = Phrase("{time} 到達", "{time} arrived")
    package static let stopDoneAt = Phrase("{time} 完成", "{time} done")
    package static let stopTakenBy = Phrase("收件人 {who}", "taken by {who}")
    package static let stopPartlyDelivered = Phrase(
        "✓ 第 {stop} 站送了一部分，還差 {rest}；已存在這支手機（變更 {change}）",
        "✓ Stop {stop} delivered in part, missing {rest}; saved on this phone (change {change})")
    package static let stopFailed = Phrase(
        "✓ 第 {stop} 站配送失敗（{reason}），已存在這支手機（變更 {change}）",
        "✓ Stop {stop} failed ({reason}), saved on this phone (change {change})")
    package static let stopCorrected = Phrase(
        "✓ 第 {stop} 站已更正，原紀錄保留；已存在這支手機（變更 {change}）",
        "✓ Stop {stop} corrected, first record kept; saved on this phone (change {change})")
    package static let stopNoted = Phrase(
        "✓ 第 {stop} 站已加備註，已存在這支手機（變更 {change}）",
        "✓ Note added to stop {stop}, saved on this phone (change {change})")
    package static let stopAlreadyRecorded = Phrase(
        "第 {stop} 站已經記錄過這一筆；要更改請用 `lucky stop correct {stop}`",
        "Stop {stop}: recorded already; to change it use `lucky stop correct {stop}`")
    package static let waitingOnline = Phrase(
        "  尚有 {pending} 筆等候總部。", "  {pending} waiting for the depot.")
    package static let nothingWaiting = Phrase("  總部已全部收到。", "  The depot has received everything.")

    // refusals
    package static let refusedClosed = Phrase(
        "✗ 第 {stop} 站已結束：{status}。", "✗ Stop {stop} is already closed: {status}.")
    package static let refusedClosedHint = Phrase(
        "要更改請用 `lucky stop correct {stop}`",
        "to change it use `lucky stop correct {stop}`")
    package static let refusedArrived = Phrase(
        "✗ 第 {stop} 站已記錄到達。", "✗ Stop {stop}: arrival is recorded already.")
    package static let refusedNothingToCorrect = Phrase(
        "✗ 第 {stop} 站還沒有可更正的紀錄。", "✗ Stop {stop} has no such record to correct.")
    package static let refusedRange = Phrase(
        "✗ 數量或金額超出範圍：不可為負，數量最多 10000，金額最多 NT$10,000,000；繳回要大於 0，最多 NT$1,000,000。",
        "✗ Out of range: counts 0 to 10000, amounts 0 to NT$10,000,000; what is handed in is above 0, at most NT$1,000,000."
    )
    package static let refusedNothingHandedOver = Phrase(
        "✗ 沒有送出也沒有收回；若沒有送成，請用 `lucky stop fail {stop}`。",
        "✗ Nothing handed over or taken back; if it failed, use `lucky stop fail {stop}`.")
    package static let refusedNothingAdded = Phrase(
        "✗ 沒有送出也沒有收回：請寫 `--delivered 20kg=1` 或 `--collected 20kg=1`。",
        "✗ Nothing handed over or taken back: say `--delivered 20kg=1` or `--collected 20kg=1`.")
    package static let refusedHandedOver = Phrase(
        "✗ 第 {stop} 站已不由你送（總部改派或收回），這裡不能再記錄。",
        "✗ Stop {stop} is no longer yours (the office moved it or took it back); nothing can be recorded here."
    )
    package static let refusedProofMissing = Phrase(
        "✗ 第 {stop} 站需要收件人、照片或簽名。",
        "✗ Stop {stop} needs a recipient, a photo or a signature.")
    package static let refusedStopsOpen = Phrase(
        "✗ 還有站沒有結束；送達、失敗或交回調度後才能完成路線。",
        "✗ Some stops are still open; deliver, fail or hand them back first.")
    package static let refusedAlreadySaid = Phrase(
        "✗ 這條路線已經這樣記錄過了。", "✗ That is recorded of this route already.")
    package static let refusedNotOnRoute = Phrase(
        "✗ 路線上沒有第 {stop} 站。", "✗ There is no stop {stop} on the route.")
    package static let refusedAmbiguous = Phrase(
        "✗ 「{stop}」不只一站：{stops}", "✗ “{stop}” names more than one stop: {stops}")
    package static let badReason = Phrase(
        "✗ 原因不明：{found}（可用：{known}）", "✗ Unknown reason: {found} (one of {known})")
    package static let badDate = Phrase(
        "✗ 日期看不懂：{found}（例：2026-11-22 或 115/11/22）",
        "✗ Not a date: {found} (such as 2026-11-22 or 115/11/22)")

    /// Why a tap was refused; arguments `stop` and, for a closed stop, `status`.
    package static func refusal(_ refusal: StopRefusal) -> Phrase {
        switch refusal {
        case .alreadyClosed: refusedClosed
        case .alreadyArrived: refusedArrived
        case .nothingToCorrect: refusedNothingToCorrect
        case .outOfRange: refusedRange
        case .tooMuchCash: refusedTooMuchCash
        case .noSuchDrop: refusedNoSuchDrop
        case .controlCharacter: refusedControlCharacter
        case .codeTaken: refusedCodeTaken
        case .textTooLong: refusedTextTooLong
        case .nothingHandedOver: refusedNothingHandedOver
        case .handedOver: refusedHandedOver
        case .proofMissing: refusedProofMissing
        case .stopsOpen: refusedStopsOpen
        case .alreadySaid: refusedAlreadySaid
        case .onDuty: refusedOnDuty
        case .offDuty: refusedOffDuty
        case .severalShifts: refusedSeveralShifts
        }
    }
}
