/// What `lucky doctor` says, in a driver's words.
extension Phrase {
    package static let doctorWell = Phrase("✓ 沒有發現問題", "✓ Nothing wrong was found")
    package static let doctorDegraded = Phrase(
        "⚠ 可以繼續送貨，但有 {count} 件事要處理", "⚠ You can go on, but {count} to be seen to")
    package static let doctorCannotSave = Phrase(
        "⚠ 現在可能存不下新的紀錄：先處理上面標 ⚠ 的（{count} 件）；已存的都還在",
        "⚠ New records may not be saved now: see to what is marked ⚠ first ({count}); what is saved is there"
    )
    package static let doctorDamaged = Phrase(
        "✗ 手機裡的資料壞了：不要清除，請拿給總部",
        "✗ The data on this phone is damaged: delete nothing, bring it to the depot")
    package static let doctorWaiting = Phrase(
        "{count} 筆待送：{reasons}", "{count} waiting to be sent: {reasons}")
    package static let doctorWaitingLong = Phrase(
        "{count} 筆待送，最久 {age}：{reasons}", "{count} waiting to be sent, for up to {age}: {reasons}")
    package static let doctorNoneWaiting = Phrase("沒有待送的紀錄", "Nothing waits to be sent")
    package static let doctorWhyToken = Phrase("需要重新登入", "sign in again")
    package static let doctorWhyOffline = Phrase(
        "現在連不到總部，連線後自動送出", "no way to the depot now; it goes by itself later")
    package static let doctorWhyRetry = Phrase(
        "`lucky sync once` 馬上再試，開著的 `sync watch` 在 {time} 再試",
        "`lucky sync once` tries now, a running `sync watch` at {time}")
    package static let doctorWhyNoHub = Phrase("還沒有設定總部的網址", "no depot's address is set")
    package static let doctorWhyNext = Phrase("下次同步就會送出", "goes with the next sync")
    package static let doctorWhyRecovering = Phrase("正在自動修復", "being mended by itself")
    package static let doctorRefused = Phrase(
        "{count} 筆總部不收，用 `lucky outbox list` 看",
        "{count} not accepted by the depot: `lucky outbox list`")
    package static let doctorProofs = Phrase(
        "{count} 站的照片或簽名還沒送到總部", "photos or signatures of {count} not yet at the depot")

    package static let doctorStore = Phrase("資料", "Data")
    package static let doctorStoreWell = Phrase("完整", "intact")
    package static let doctorStoreBad = Phrase("{count} 處損壞", "{count} damaged")
    package static let doctorClock = Phrase("時鐘", "Clock")
    package static let doctorClockWell = Phrase("和總部一致", "agrees with the depot")
    package static let doctorClockNotBehind = Phrase(
        "不比總部慢；有沒有快，`lucky doctor --sync` 連上總部時才知道",
        "not behind the depot; whether it is ahead shows when `lucky doctor --sync` reaches it")
    package static let doctorClockBehind = Phrase(
        "比總部慢至少 {age}，請打開自動校時", "at least {age} behind the depot; set it automatically")
    package static let doctorClockUnknown = Phrase("還沒和總部對過時", "not compared with the depot yet")
    package static let doctorToken = Phrase("登入", "Sign-in")
    package static let doctorTokenWell = Phrase("有效", "valid")
    package static let doctorTokenUntil = Phrase("有效到 {time}", "valid until {time}")
    package static let doctorTokenMissing = Phrase(
        "沒有，請用 `lucky login` 登入", "none; sign in with `lucky login`")
    package static let doctorTokenOver = Phrase(
        "已過期（{time}），請用 `lucky login` 重新登入", "expired at {time}; sign in with `lucky login`")
    package static let doctorHub = Phrase("總部", "Depot")
    package static let doctorHubNone = Phrase(
        "沒有設定，請用 `lucky hub set 網址`", "not set: `lucky hub set URL`")
    package static let doctorHubAnswers = Phrase("連得到", "answers")
    package static let doctorHubHeard = Phrase("上次聽到 {time}", "last heard {time}")
    package static let doctorHubNever = Phrase("還沒聯絡過", "never heard")
    package static let doctorDisk = Phrase("空間", "Disk")
    package static let doctorDiskUsed = Phrase("已用 {percent}%", "{percent}% used")
    package static let doctorDiskLow = Phrase(
        "已用 {percent}%，請刪掉手機裡用不到的東西（這個資料夾的不要刪）",
        "{percent}% used: delete what you do not need, but nothing of this folder")
    package static let doctorDiskUnknown = Phrase("不明", "unknown")
    package static let doctorFiles = Phrase("權限", "Access")
    package static let doctorFilesWell = Phrase("只有你讀得到", "for your eyes only")
    package static let doctorFilesOpen = Phrase(
        "別人也讀得到 {file}：`chmod go-rwx {file}`", "others can read {file}: `chmod go-rwx {file}`")
    package static let doctorFilesReadOnly = Phrase(
        "寫不進 {file}：`chmod u+w {file}`，不行就找總部",
        "{file} cannot be written: `chmod u+w {file}`, or ask the depot")
    package static let doctorUnopened = Phrase("{file} 打不開", "{file} does not open")
    package static let doctorUnopenedHint = Phrase(
        "資料沒有動；看放它的資料夾能不能寫、磁碟有沒有滿（`ls -ld`、`df`），不行就請總部看",
        "nothing was changed; see whether its folder can be written and the disk has room (`ls -ld`, `df`), or ask the depot"
    )
    package static let doctorVersion = Phrase("版本", "Version")
    package static let doctorVersionWell = Phrase(
        "看得懂總部送來的一切（資料檔 {store}，規則 {rules}）",
        "reads all that the depot sends (store {store}, rules {rules})")
    package static let doctorVersionOld = Phrase(
        "太舊（資料檔 {store}，規則 {rules}）：有 {count} 件看不懂，請更新",
        "too old (store {store}, rules {rules}): {count} cannot be read; update it")
}
