/// What the hub's program says of a plan's past, of a route that the office ends, and of what is
/// written out of quarantine.
extension Phrase {
    package static let hubHistoryNone = Phrase("沒有人寫過", "Nobody ever wrote that")
    package static let hubHistoryLine = Phrase("{value}　{by}，{time}", "{value}  {by}, {time}")
    package static let hubHistoryValue = Phrase("「{value}」", "“{value}”")
    package static let hubHistorySaw = Phrase("當時看到 {values}", "had seen {values}")
    package static let hubHistorySawNothing = Phrase("當時還是空的", "saw it empty")
    package static let hubHistoryOver = Phrase(
        "由 {by} 改寫，{time}", "written over by {by}, {time}")
    package static let hubHistoryBeside = Phrase(
        "同時寫的，仍並存", "written at the same time, kept beside")
    package static let hubHistoryEmptied = Phrase("（清空）", "(emptied)")
    package static let hubHistoryRedacted = Phrase("（已塗銷）", "(redacted)")

    package static let hubRouteClosed = Phrase(
        "✓ 路線 {code} 已由總部結束（序號 {sequence}）",
        "✓ Route {code} is closed by the office (sequence {sequence})")
    package static let hubRouteClosedBefore = Phrase(
        "✗ 路線 {route} 已經結束", "✗ Route {route} is closed already")

    package static let hubQuarantineExported = Phrase(
        "✓ 已存在 {path}：{count} 位元組，和收到時一樣",
        "✓ In {path}: {count} bytes, as they came")
}
