/// What the hub's own program says of backups, and of what a person decides over.
extension Phrase {
    package static let hubBackupsExpired = Phrase(
        "舊備份已刪除：{paths}", "Older copies deleted: {paths}")
    package static let hubRestored = Phrase(
        "✓ 已還原 {path}（站所 {depot}）", "✓ {path} is restored (depot {depot})")
    package static let hubRestoredAside = Phrase(
        "原來的檔案移到 {path}", "What was there is now {path}")
    package static let hubRestoredHint = Phrase(
        "下次啟動會開始新的歷史，各手機會自動補回缺少的紀錄",
        "The next start begins a new history; phones then send what is missing")

    package static let hubRestoredLacks = Phrase(
        "備份之後辦公室自己的變更（計畫、備註、結帳、審核）不在裡面，請再做一次",
        "What the office did since the backup (plan, notes, accounts, reviews) is not in it: do it again"
    )

    package static let hubOffersNone = Phrase("沒有待決定的計畫內容", "No plan value waits for a decision")
    package static let hubOfferLine = Phrase(
        "{entity}  {field}：{value}（{by} 寫的，{from} 的手機保有）  {change}:{index}",
        "{entity}  {field}: {value} (by {by}, held by {from}'s phone)  {change}:{index}")
    package static let hubOfferTaken = Phrase("✓ 已採用", "✓ Taken over")
    package static let hubOfferDismissed = Phrase("✓ 已擱置", "✓ Dismissed")
    package static let hubUnreadable = Phrase("讀不懂", "unreadable")

    package static let hubQuarantineNone = Phrase("沒有隔離中的紀錄", "Nothing is in quarantine")
    package static let hubQuarantineLine = Phrase(
        "{replica}:{counter}  {author}  {reason}  {content}",
        "{replica}:{counter}  {author}  {reason}  {content}")
    package static let hubReleased = Phrase(
        "✓ 已解除隔離：{count} 筆異動", "✓ Released: {count} change(s) written")
    package static let hubRejected = Phrase("✓ 不採用，原文保留", "✓ Rejected; it stays as it came")

    package static let hubPurged = Phrase(
        "✓ {entity} 的計畫內容已清除，紀錄保留", "✓ The plan of {entity} is purged; its records stay")
    package static let hubUnpurged = Phrase("✓ {entity} 又看得到了", "✓ {entity} is seen again")
    package static let hubNothingToDo = Phrase("原本就是這樣", "It was so already")

    package static let hubAlarmsNone = Phrase("沒有警示", "No alarms")
    package static let hubAlarmLine = Phrase(
        "{kind}  {replica}  {count} 次，最後 {time}", "{kind}  {replica}  {count} times, last at {time}"
    )
}
