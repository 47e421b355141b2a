/// What is safe where, and what stands in the way: `status`, `outbox`, `sync`, `verify`, errors.
extension Phrase {
    // status
    package static let outboxEmpty = Phrase(
        "空的，總部已全部收到", "empty, the depot has received everything")
    package static let outboxWaiting = Phrase(
        "{pending} 筆待送，最久 {age}", "{pending} waiting, oldest {age}")
    package static let outboxRefused = Phrase(
        "{count} 筆未被接受，請聯絡總部", "{count} not accepted; ask the depot")
    package static let outboxRefusedHint = Phrase(
        "用 `lucky outbox list --quarantined` 看是哪幾筆；紀錄都還在這支手機",
        "`lucky outbox list --quarantined` shows which; they are kept on this phone")
    package static let outboxNothing = Phrase("空的", "empty")
    package static let outboxParked = Phrase(
        "{count} 筆需更新程式才能讀取", "{count} need a newer version of this program")
    package static let syncNews = Phrase(
        "總部改了 {count} 件：`lucky route news`", "The office changed {count}: `lucky route news`")
    package static let hubNever = Phrase("還沒有連線過", "never reached yet")
    package static let dataNewEpoch = Phrase(
        "恢復中：這份資料是複製或還原的，會自動處理；資料都在",
        "recovering: this store was copied or restored; it mends itself, nothing is lost")
    package static let dataSettling = Phrase(
        "恢復中：正在和總部核對先前的紀錄；資料都在",
        "recovering: checking earlier records with the depot; nothing is lost")
    package static let dataPushing = Phrase(
        "恢復中：總部的資料庫換過，正在補送紀錄；資料都在",
        "recovering: the hub's history has changed, sending what it lacks; nothing is lost")
    package static let dataOffering = Phrase(
        "恢復中：總部的資料庫換過，正在補送路線資料；資料都在",
        "recovering: the hub's history has changed, offering what is held here; nothing is lost")
    package static let dataRefilling = Phrase(
        "恢復中：總部的資料庫換過，正在重新下載路線；資料都在",
        "recovering: the hub's history has changed, fetching the route anew; nothing is lost")

    // outbox list

    // sync once, sync watch
    package static let syncSecondPump = Phrase(
        "✗ 另一個程式正在同步這份資料", "✗ Another program is syncing this store already")

    // errors of the store and the connection
    package static let storeMissing = Phrase(
        "✗ 找不到資料檔 {path}；請先 `lucky init`", "✗ No store at {path}; run `lucky init` first")
    package static let storeExists = Phrase(
        "✗ {path} 已有資料檔", "✗ There is a store at {path} already")
    package static let storeOtherDriver = Phrase(
        "✗ 這份資料是 {driver} 的", "✗ This store belongs to {driver}")
    package static let storeReadable = Phrase(
        "✗ {path} 別人也能讀取；請 `chmod 600`", "✗ Others can read {path}; run `chmod 600` on it")
    package static let storeBusy = Phrase(
        "✗ 另一個程式正在使用這份資料，請稍後再試", "✗ Another program is using this store; try again shortly")
    package static let storeDamaged = Phrase("✗ 資料檔損壞（{error}）", "✗ The store is damaged ({error})")
    package static let diskFull = Phrase(
        "✗ 儲存空間已滿，這一筆沒有存下來", "✗ The disk is full; this was not saved")
    package static let tokenFileMissing = Phrase(
        "✗ 讀不到憑證檔 {path}", "✗ Cannot read the token file {path}")
}
