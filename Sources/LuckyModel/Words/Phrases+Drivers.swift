/// What the hub's program says of people who may not come to its doors.
extension Phrase {
    package static let hubDriversNone = Phrase("沒有停用的人員", "Nobody is deactivated")
    package static let hubDriverLine = Phrase(
        "{driver}  由 {by} 停用，{time}", "{driver}  deactivated by {by}, {time}")
    package static let hubDeactivated = Phrase(
        "✓ 已停用 {driver}：手機裡的紀錄還在，可由主管的憑證送回",
        "✓ {driver} is deactivated; what waits on the phone can come with a supervisor's token")
    package static let hubActivated = Phrase(
        "✓ 已啟用 {driver}：手機會自己補送", "✓ {driver} is active again; the phone sends by itself")
}
