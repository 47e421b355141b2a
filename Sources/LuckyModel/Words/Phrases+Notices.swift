/// What an office person hears of an edit that is recorded all the same.
extension Phrase {
    package static let hubRouteIsClosed = Phrase(
        "路線 {route} 已由 {by} 在 {time} 結束；這個變更照樣記錄",
        "Route {route} was closed by {by} at {time}; this is recorded all the same")
    package static let hubRouteIsCancelled = Phrase(
        "路線 {route} 已由 {by} 在 {time} 取消；這個變更照樣記錄",
        "Route {route} was cancelled by {by} at {time}; this is recorded all the same")
    package static let hubStopIsDelivered = Phrase(
        "第 {stop} 站：司機 {by} 在 {time} 記錄{status}（送 {delivered}，現金 {cash}）；這個變更照樣記錄",
        "Stop {stop}: {by} recorded {status} at {time} ({delivered}, {cash}); kept all the same")
    package static let hubStopHasFailed = Phrase(
        "第 {stop} 站：司機 {by} 在 {time} 記錄{status}（{reason}）；這個變更照樣記錄",
        "Stop {stop}: {by} recorded {status} at {time} ({reason}); kept all the same")
    package static let hubSequenceTaken = Phrase(
        "第 {stop} 站和 {others} 在路線 {route} 的順序都是 {sequence}；用 plan resequence 排開",
        "Stop {stop} and {others} have one place ({sequence}) on {route}: see plan resequence")

    // report day
    package static let hubDayAttempts = Phrase(
        "當天沒送成、另排一次的站：", "Failed that day, and given another attempt:")
    package static let hubDayAttempt = Phrase(
        "  {time}　{stop}（{driver}）{reason}；排到 {date}",
        "  {time}  {stop} ({driver}): {reason}; now planned for {date}")

    // plan show
    package static let hubRouteClosedMark = Phrase(
        "{by} 在 {time} 結束", "closed by {by} at {time}")
    package static let hubRouteDoneMark = Phrase(
        "{by} 說 {time} 做完了", "done at {time}, says {by}")
    package static let hubRouteCancelledMark = Phrase(
        "{by} 在 {time} 取消", "cancelled by {by} at {time}")
}
