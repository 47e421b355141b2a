/// What is said of backups, restores, bundles for support, and of what a store is made of.
extension Phrase {
    package static let backupMade = Phrase(
        "已備份到 {path}（{bytes} 位元組，待送 {pending} 筆，照片 {photos} 張）",
        "Backed up to {path} ({bytes} bytes; {pending} waiting to be sent, {photos} photos)")
    package static let backupDiskFull = Phrase(
        "✗ 空間不足，{path} 沒有備份成", "✗ The disk is full: {path} was not made")
    package static let backupDiskFullHint = Phrase(
        "原來的資料都在；換一個地方，或清出空間再做一次",
        "nothing is lost; make room, or name a file on another disk")
    package static let backupCare = Phrase(
        "  裡面有客戶資料，請小心保管；登入憑證不在裡面",
        "  Customers' names are in it: keep it safe. Your sign-in is not")
    package static let restoreMade = Phrase(
        "已還原 {driver} 的資料（待送 {pending} 筆，照片 {photos} 張）",
        "Restored what {driver} had ({pending} waiting to be sent, {photos} photos)")
    package static let restoreAside = Phrase(
        "  原來的資料移到 {path}，沒有刪除", "  What was there is now {path}; nothing was deleted")
    package static let restoreUnread = Phrase(
        "⚠ 原來的資料損壞，無法確認裡面有沒有還沒送出的紀錄；請留著移開的檔案，找總部處理",
        "⚠ The old data is damaged: it may hold records that are nowhere else. Keep the file; ask dispatch"
    )
    package static let backupLeftOut = Phrase(
        "⚠ {count} 張照片讀不出來，不在備份裡", "⚠ {count} photos cannot be read and are not in the copy")
    package static let restoreNext = Phrase(
        "  接著用 `lucky sync once`：備份之後的事由總部補回",
        "  Next `lucky sync once`: what came after the backup is fetched from the depot")
    package static let restoreWouldLose = Phrase(
        "✗ 沒有還原：這支手機上有 {count} 筆，總部和備份裡都沒有",
        "✗ Not restored: {count} changes here are neither at the depot nor in the backup")
    package static let restoreWouldLoseHint = Phrase(
        "資料原封不動；先用 `lucky sync once` 送出，再還原一次",
        "nothing was changed; send them with `lucky sync once`, then restore again")

    package static let bundleWritten = Phrase(
        "診斷檔 {path}（{bytes} 位元組）：沒有姓名、電話、地址、備註和憑證",
        "Bundle {path} ({bytes} bytes): no names, numbers, addresses, notes or tokens are in it"
    )
    package static let bundleNoCase = Phrase(
        "  裡面沒有可重播的案例：{reason}", "  No case to replay is in it: {reason}")
    package static let bundleEmpty = Phrase("這支手機還沒有資料", "this phone holds nothing yet")
    package static let bundleDiffers = Phrase("重播的結果不同", "played again it came to something else")
    package static let bundleDamaged = Phrase("資料損壞", "the data is damaged")

    package static let schemaStore = Phrase(
        "資料版本 {version}（程式認得到 {known}）", "Store version {version} (this build knows {known})")
    package static let schemaDerivation = Phrase(
        "推算版本 {version}（程式 {known}），審核規則 {rules}",
        "Derivation {version} (this build {known}), review rules {rules}")
    package static let schemaSize = Phrase(
        "{bytes} 位元組，SQLite {sqlite}，用過 {epochs} 個名字",
        "{bytes} bytes, SQLite {sqlite}, names written under: {epochs}")
    package static let schemaTable = Phrase("表", "Table")
    package static let schemaRows = Phrase("列數", "Rows")
    package static let schemaDerived = Phrase("推算得來", "derived")
    package static let vectorReplica = Phrase("手機或總部", "Replica")
    package static let vectorCounter = Phrase("看到第幾筆", "Seen up to")
    package static let vectorOwn = Phrase("這支手機", "this phone")
    package static let vectorOwnBefore = Phrase("這支手機（從前）", "this phone before")
    package static let vectorEmpty = Phrase("還沒有任何紀錄", "Nothing is recorded yet")
}
