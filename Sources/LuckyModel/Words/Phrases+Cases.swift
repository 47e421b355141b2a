/// What `lucky cases run` says.
extension Phrase {
    package static let casePassed = Phrase(
        "✓ {id}（{orders} 種順序）", "✓ {id} (orders: {orders})")
    package static let caseFailed = Phrase("✗ {id}：{reason}", "✗ {id}: {reason}")
    package static let caseInvalid = Phrase(
        "✗ {id}：案例寫錯：{reason}", "✗ {id}: not a valid case: {reason}")
    package static let casesSummary = Phrase(
        "{all} 件案例，{passed} 件通過", "{passed} of {all} cases pass")
    package static let casesFailed = Phrase("{count} 件案例沒有通過", "cases that do not pass: {count}")
    package static let casesOrders = Phrase("--orders 要 1 以上的數字", "--orders takes a number from 1")
    package static let casesPaths = Phrase(
        "請指定案例檔或資料夾", "Name a case file or a folder of them")
    package static let casesNone = Phrase("這裡沒有案例", "there are no cases here")
    package static let caseWritten = Phrase("案例 {id} 已寫入 {path}", "Case {id} is written to {path}")
    package static let caseOfNothing = Phrase(
        "這支手機沒有 {id} 這個待審或站", "This phone has no review or stop {id}")
    package static let caseDiffers = Phrase(
        "重播的結果不同，沒有寫出案例：{reason}",
        "Played again it came to something else; no case was written: {reason}")
}
