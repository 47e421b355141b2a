/// What the commands say around the verbs: hints, remarks, the replica's file, the sync's phases.
extension Phrase {
    package static let outputNotWritten = Phrase(
        "輸出沒有寫完（{error}）", "the output could not be written whole ({error})")
    package static let hint = Phrase("  提示：{hint}", "  Hint: {hint}")

    // init, login
    package static let replicaCreated = Phrase(
        "✓ 已在這支手機建立 {driver} 的資料檔", "✓ Created {driver}'s store on this phone")
    package static let replicaCreatedNext = Phrase(
        "  下一步：`lucky sync once` 取得路線", "  Next: `lucky sync once` fetches the route")
    package static let tokenSaved = Phrase(
        "✓ 已保存 {driver} 的憑證；待送的紀錄都在", "✓ Kept {driver}'s token; what waits is untouched")
    package static let tokenNotSaved = Phrase(
        "✗ 無法保存憑證到 {path}", "✗ Cannot keep the token at {path}")
    package static let noHub = Phrase("✗ 還沒有設定總部的網址", "✗ No hub was named for this store")
    package static let noHubHint = Phrase(
        "用 `lucky hub set https://…` 設定", "name it with `lucky hub set https://…`")
    package static let hubAddressSet = Phrase(
        "✓ 總部的網址改為 {url}；待送的紀錄都在", "✓ The hub is at {url} now; what waits is untouched")
    package static let noToken = Phrase("✗ 還沒有憑證", "✗ There is no token yet")
    package static let noTokenHint = Phrase(
        "用 `lucky login --token-file 檔案`；沒有憑證也能記錄配送",
        "`lucky login --token-file FILE`; deliveries can be recorded without one")

    // stop
    package static let idOfAnotherTap = Phrase(
        "✗ 編號 {id} 是另一筆紀錄的，內容不同；這一筆沒有存下來",
        "✗ The id {id} names another tap, which says something else; this one was not saved")
    package static let tokenOfOther = Phrase(
        "✗ 這個憑證是 {person} 的，不是 {driver} 的", "✗ This token is {person}'s, not {driver}'s")
    package static let unknownStopHint = Phrase(
        "用 `lucky route show` 看今天的站；別天請加 `--date`；計畫外送的瓦斯用 `lucky stop add`",
        "`lucky route show` lists today's stops; `--date` for another day; gas without a stop: `lucky stop add`"
    )
    package static let ambiguousStopHint = Phrase(
        "還沒有記錄；用站名或上面的編號，或加上 `--route 路線代號`",
        "nothing is recorded yet; use its code or an id above, or add `--route CODE`")
    package static let cancelledStopHint = Phrase(
        "總部已取消；若瓦斯確實已送出，加上 `--despite-cancel`",
        "the office cancelled it; if gas did change hands, add `--despite-cancel`")
    package static let handedOverHint = Phrase(
        "先前的紀錄仍會送到總部；若瓦斯確實已送出，用 `lucky stop add` 記錄",
        "what was recorded before still goes to the depot; if gas did change hands, `lucky stop add`"
    )
    package static let handedOverRecordedHint = Phrase(
        "你在這裡的紀錄都保留，也會送到總部；要更正請找調度（總部用 `lucky-hub correct`）",
        "what you recorded there stands and reaches the depot; ask dispatch to correct it (`lucky-hub correct`)"
    )
    package static let handoverOfAll = Phrase(
        "別的司機也在這一站記錄了，合計：{text}", "others recorded at this stop too; in all: {text}")
    package static let suggestionSaved = Phrase(
        "✓ 第 {stop} 站地址建議已存在這支手機（變更 {change}）",
        "✓ Address suggestion for stop {stop} saved on this phone (change {change})")
    package static let photoNotReadable = Phrase("✗ 讀不到照片 {path}", "✗ Cannot read the photo {path}")

    // route show
    package static let officeNote = Phrase("備註：{note}", "note: {note}")
    package static let handedOverLine = Phrase(
        "送達 {delivered}　收回 {collected}　現金 {cash}",
        "delivered {delivered}  empties {collected}  cash {cash}")
    package static let needsUpdate = Phrase(
        "需更新程式才能完整顯示", "needs a newer program to show all of it")
    package static let newsHandedOver = Phrase(
        "第 {stop} 站不再由你送，已鎖定", "Stop {stop} is no longer yours, and locked")
    package static let newsAdded = Phrase("新增第 {stop} 站", "Stop {stop} was added")

    // status
    package static let statusDriver = Phrase(
        "司機　　{driver}（副本 {replica}）", "Driver   {driver} (replica {replica})")
    package static let statusRoute = Phrase(
        "路線　　{date}　{route}　{closed}／{total} 站",
        "Route    {date} {route}  {closed} of {total} stops")
    package static let statusOutbox = Phrase("寄件匣　{text}", "Outbox   {text}")
    package static let statusHub = Phrase("總部　　{text}", "Hub      {text}")
    package static let statusProofs = Phrase(
        "證明　　{count} 站的照片或簽名待上傳",
        "Proof    {count} pending: photo or signature on this phone")
    package static let statusProofsGone = Phrase(
        "證明　　⚠ {count} 張不在這支手機了：`lucky doctor`",
        "Proof    ⚠ {count} gone from this phone: `lucky doctor`")
    package static let hubWaiting = Phrase(
        "上次連不到（{error}）；`lucky sync once` 馬上再試，開著的 `sync watch` 在 {time} 再試",
        "not reached ({error}); `lucky sync once` tries now, a running `sync watch` at {time}")
    package static let hubHeard = Phrase("{time} 收到總部的資料", "heard at {time}")

    // sync
    package static let proofsHere = Phrase(
        "{count} 站的照片或簽名還只在這支手機，等候上傳",
        "Stops whose photo or signature only this phone has, to be uploaded: {count}")
    package static let phaseIdle = Phrase("✓ 總部已全部收到", "✓ The depot has received everything")
    package static let phaseSyncing = Phrase("同步中，尚有 {pending} 筆", "Syncing, {pending} waiting")
    package static let phaseWaiting = Phrase(
        "✗ 離線（{error}，試了 {attempts} 次），{pending} 筆已安全存在手機，會自動再試",
        "✗ Offline ({error}, tries: {attempts}); {pending} safe on this phone, tried again by itself"
    )
    package static let phaseGaveUp = Phrase(
        "✗ 離線（{error}），{pending} 筆已安全存在手機",
        "✗ Offline ({error}); {pending} safe on this phone")
    package static let phaseGaveUpEmpty = Phrase(
        "✗ 離線（{error}）；沒有待送的紀錄", "✗ Offline ({error}); nothing waits to be sent")
    package static let phaseGaveUpHint = Phrase(
        "有訊號時再 `lucky sync once`，或讓 `lucky sync watch` 一直開著",
        "run `lucky sync once` again, or leave `lucky sync watch` running")
    package static let phaseStuckOnce = Phrase(
        "✗ 有 {pending} 筆待送但沒有進展", "✗ {pending} waiting and no progress")
    package static let phaseNeedsToken = Phrase(
        "✗ 總部不收這個憑證（過期或已停用）：`lucky login`，或找總部；{pending} 筆都還在",
        "✗ The token is not accepted (expired, or stopped): `lucky login`, or ask; {pending} kept")
    package static let phaseRefused = Phrase(
        "✗ 總部不接受（{error}）；{pending} 筆都還在", "✗ The hub refused ({error}); {pending} kept")
    package static let phaseStuck = Phrase(
        "✗ 有 {pending} 筆待送但沒有進展，會再試", "✗ {pending} waiting and no progress; tried again")
    package static let phasePaused = Phrase("未同步，尚有 {pending} 筆", "Not syncing, {pending} waiting")
    package static let storeNewer = Phrase(
        "✗ 資料檔由較新的程式寫成，請更新", "✗ A newer program wrote this store; update this one")
    package static let syncDiskFull = Phrase(
        "✗ 空間不足：收到的還沒有全部存下來；已存的都在",
        "✗ The disk is full: not all that came is saved; what was saved is there")
    package static let storeFailed = Phrase("✗ 資料檔無法讀寫：{error}", "✗ The store failed: {error}")
    package static let commitUnknown = Phrase(
        "✗ 不確定有沒有存下來：{error}", "✗ It is not certain that this was saved: {error}")
    package static let commitUnknownHint = Phrase(
        "用同一個 `--id` 再做一次，不會重複", "do it again with the same `--id`; it will not count twice")

    // verify
    package static let digestsAgree = Phrase(
        "✓ 和總部相同（摘要一致），這支手機的資料完整",
        "✓ The same as the hub by digest, and this phone's rows are intact")
    package static let digestsDiffer = Phrase(
        "✗ 和總部不同（摘要不一致）", "✗ Not the same as the hub by digest")
    package static let rowsAgree = Phrase("✓ 這支手機的資料完整", "✓ This phone's rows are intact")
    package static let rowsDiffer = Phrase(
        "✗ 這支手機的資料和紀錄不符", "✗ This phone's rows do not follow from its records")

    // outbox
    package static let entryPending = Phrase("待送", "waiting")
    package static let entryReceived = Phrase("總部已收到", "received")
    package static let entryAlready = Phrase("總部已有", "already there")

    /// What a plan field is called.
    package static func field(_ field: PlanField) -> Phrase {
        switch field {
        case .driver: driver
        case .route: route
        case .sequence: fieldSequence
        case .window: window
        case .items: ordered
        case .price: amountDue
        case .payment: payment
        case .coordinate: fieldCoordinate
        case .holds: fieldHolds
        case .attempt: fieldAttempt
        case .cancelled: statusCancelled
        case .deleted: fieldDeleted
        case .date: fieldDate
        case .customerName: customer
        case .phone: phone
        case .address: address
        case .officeNote: note
        case .vehicle: vehicle
        case .invoice: fieldInvoice
        case .creditHold: fieldCreditHold
        case .lastReading: fieldLastReading
        case .customer: fieldCustomer
        case .mergedInto: fieldMergedInto
        case .orderIsMandatory: fieldOrderIsMandatory
        case .code: fieldCode
        case .capacityGrams: fieldCapacity
        default: statusUnknown
        }
    }

    package static let fieldSequence = Phrase("順序", "order")
    package static let fieldCoordinate = Phrase("座標", "position")
    package static let fieldHolds = Phrase("持有桶", "cylinders held")
    package static let fieldAttempt = Phrase("配送次數", "attempt")
    package static let fieldDeleted = Phrase("刪除", "deleted")
    package static let fieldDate = Phrase("日期", "date")
    package static let fieldCode = Phrase("站名", "code")
    package static let fieldCapacity = Phrase("載重", "load")
    package static let fieldInvoice = Phrase("發票", "invoice")
    package static let fieldCreditHold = Phrase("停止記帳", "credit hold")
    package static let fieldLastReading = Phrase("上次錶數", "last reading")
    package static let fieldCustomer = Phrase("客戶編號", "customer id")
    package static let fieldMergedInto = Phrase("併入客戶", "merged into")
    package static let fieldOrderIsMandatory = Phrase("照排定順序", "keep the order")

    /// What is being mended by itself.
    package static func recovery(code: String) -> Phrase {
        switch code {
        case "new_epoch": dataNewEpoch
        case "rebaseline_push": dataPushing
        case "rebaseline_offer": dataOffering
        case "rebaseline_refill": dataRefilling
        default: dataSettling
        }
    }
}
