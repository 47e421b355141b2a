/// What is said of one change as it is stored.
extension Phrase {
    package static let changeName = Phrase("紀錄", "Change")
    package static let changeDot = Phrase("位置", "Dot")
    package static let changeHash = Phrase("雜湊", "Hash")
    package static let changePrevious = Phrase("前一筆", "Follows")
    package static let changeAuthor = Phrase("誰寫的", "By")
    package static let changeBrought = Phrase("{who} 代傳", "brought by {who}")
    package static let changeWritten = Phrase("手機時鐘", "By its clock")
    package static let changeOrder = Phrase("邏輯時鐘", "Ordered as")
    package static let changeRunning = Phrase("開機後", "Since start")
    package static let changeRunningFor = Phrase(
        "{seconds} 秒（開機代號 {boot}）", "{seconds} s (start {boot})")
    package static let changeCheckpoint = Phrase("看到總部", "Had seen")
    package static let changeCheckpointAt = Phrase(
        "第 {sequence} 筆為止（{depot}）", "the depot up to {sequence} ({depot})")
    package static let changeSafe = Phrase("在哪裡", "Safe")
    package static let changeOnPhone = Phrase(
        "只在這支手機，等待送出", "on this phone only, waiting to be sent")
    package static let changeAtDepot = Phrase("總部 {time} 收到", "at the depot since {time}")
    package static let changeAlready = Phrase(
        "總部原本就有（{time}）", "the depot had it already ({time})")
    package static let changeNotAccepted = Phrase(
        "總部保留但未接受（{reason}）", "kept at the depot, not accepted ({reason})")
    package static let changeOnlyWitness = Phrase(
        "總部換過資料庫，只有手機 {phone} 說有這一筆",
        "not proven: only phone {phone} tells of it since a restore")
    package static let changePart = Phrase("內容 {number}", "Part {number}")
    package static let changeContext = Phrase("寫的時候看到", "having seen")
    package static let changeSawNothing = Phrase("還沒有東西", "nothing of it")
    package static let changeRedacted = Phrase("個資已遮蔽", "words redacted")
    package static let changeReview = Phrase("待審", "Review")
    package static let changeNoReviews = Phrase("沒有矛盾", "none")
    package static let changeUnknown = Phrase(
        "這支手機沒有 {change} 這一筆", "This phone has no change {change}")
    package static let changeAmbiguous = Phrase(
        "有 {count} 筆的編號開頭是 {change}", "Changes that begin with {change}: {count}")
    package static let changeHint = Phrase(
        "`lucky outbox list --all` 列出號碼；被改掉的計畫內容不會留著",
        "`lucky outbox list --all` lists the numbers; plan values that were written over are not kept"
    )
}
