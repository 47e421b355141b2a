/// What the hub's program says of people who may not come to its doors.
extension Phrase {
    package static let hubDriversNone = Phrase("沒有停用的人員", "Nobody is deactivated")
    package static let hubDriverLine = Phrase(
        "{driver}  由 {by} 停用，{time}", "{driver}  deactivated by {by}, {time}")
    package static let hubDeactivated = Phrase(
        "✓ 已停用 {driver}：手機裡的紀錄還在，可由主管的憑證送回",
        "✓ {driver} is deactivated; what waits on the phone can come with a supervisor's token")
    package static let hubUnknownPerson = Phrase(
        "✗ 這個站所沒聽過 {driver}", "✗ Nobody of this depot is called {driver}")
    package static let hubUnknownPersonHint = Phrase(
        "聽過的人：{names}；要停用還沒人用過的憑證，請加 --unseen",
        "heard of: {names}; to refuse a token that nobody has used yet, add --unseen")
    package static let helpHubDriverUnseen = Phrase(
        "也停用這個站所還沒聽過的人。", "Also somebody of whom this depot has not heard yet.")
    package static let hubActivated = Phrase(
        "✓ 已啟用 {driver}：手機會自己補送", "✓ {driver} is active again; the phone sends by itself")
}
