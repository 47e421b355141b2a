/// What the hub's own program says, to its operator and to the dispatcher.
extension Phrase {
    // serve, backup, secret, token
    package static let hubInUse = Phrase(
        "{path} 正由另一個程式使用", "Another process has {path} open")
    package static let hubInUseHint = Phrase(
        "總部正在執行時，請用 --hub 網址 和 --token-file",
        "while a hub serves it, use --hub URL and --token-file")
    package static let hubNotDurable = Phrase(
        "{path} 的磁碟不保證寫入：收據就不算數", "{path} does not sync its commits: a receipt would be no promise")
    package static let hubOtherDepot = Phrase(
        "{path} 是站所 {depot} 的", "{path} keeps the depot {depot}")
    package static let hubDepotMissing = Phrase(
        "新檔案需要 --depot", "A new file needs --depot")
    package static let hubFileMissing = Phrase("找不到 {path}", "There is no {path}")
    package static let hubFileIsFolder = Phrase(
        "{path} 是資料夾，請指定檔案", "{path} is a folder: name a file")
    package static let hubFileIsNone = Phrase(
        "{path} 不是總部的資料檔，沒有動過它", "{path} is no hub's file; nothing in it was changed")
    package static let hubDiskFull = Phrase(
        "磁碟已滿，{path} 打不開", "The disk is full: {path} cannot be opened")
    package static let hubDiskFullHint = Phrase(
        "資料都還在，沒有改變；騰出空間再開一次", "all of it is there as it was; free some room and open it again")
    package static let hubFileUnusable = Phrase(
        "{path} 損壞，不能用（{detail}）", "{path} is damaged and cannot be used ({detail})")
    package static let hubCannotListen = Phrase(
        "不能在 {address} 提供服務：{detail}", "Cannot serve at {address}: {detail}")
    package static let hubPortTaken = Phrase(
        "{address} 已經有別的程式在用", "Something serves at {address} already")
    package static let hubCannotListenHint = Phrase(
        "資料都在；看總部是不是已經在執行，或用 --port 換一個",
        "what is recorded is safe; see whether a hub runs already, or choose another --port")
    package static let hubFileExists = Phrase(
        "{path} 已經存在，不會覆蓋", "{path} exists already and is not overwritten")
    package static let hubFileNotWritten = Phrase(
        "不能寫入 {path}：{detail}", "{path} cannot be written: {detail}")
    package static let hubSecretMissing = Phrase(
        "沒有金鑰：請用 --secret-file 檔案，或設定環境變數 {name}",
        "No secret: use --secret-file FILE or set {name} in the environment")
    package static let hubSecretUnreadable = Phrase(
        "讀不到金鑰檔 {path}", "The secret file {path} cannot be read")
    package static let hubSecretReadable = Phrase(
        "別人也能讀取金鑰檔 {path}", "Others can read the secret file {path}")
    package static let hubSecretReadableHint = Phrase("chmod 600 {path}", "chmod 600 {path}")
    package static let hubSecretTooShort = Phrase(
        "金鑰只有 {found} 位元組，至少要 {least}", "The secret has {found} bytes; it needs {least} or more")
    package static let hubSecretTooLong = Phrase(
        "金鑰檔 {path} 太大", "The secret file {path} is too large")
    package static let hubSecretCreated = Phrase(
        "✓ 金鑰已存到 {path}，只有你能讀取", "✓ A secret is in {path}, readable by you only")
    package static let hubTokenIssued = Phrase(
        "✓ {person}（{role}）的憑證已存在 {path}，{hours} 小時內有效",
        "✓ A token for {person} ({role}) is in {path}, good for {hours} hours")
    package static let hubTokenNotIssued = Phrase(
        "不能發憑證給「{person}」", "No token can be issued for “{person}”")
    package static let hubBackedUp = Phrase(
        "✓ 已備份到 {path}（{bytes} 位元組）", "✓ Copied to {path} ({bytes} bytes)")

    // the way to a hub
    package static let hubTokenFileMissing = Phrase(
        "讀不到憑證檔 {path}", "The token file {path} cannot be read")
    package static let hubTokenMissing = Phrase(
        "沒有憑證：請用 --token-file 檔案，或設定環境變數 {name}",
        "No token: use --token-file FILE or set {name} in the environment")
    package static let hubBadAddress = Phrase(
        "「{url}」不是總部的網址", "“{url}” is not an address of a hub")
    package static let hubUnreachable = Phrase(
        "連不到總部：{detail}", "The hub cannot be reached: {detail}")
    package static let hubUnknownOutcomeHint = Phrase(
        "不確定總部收到沒有；用 --id {id} 再試一次，不會重複",
        "whether the hub received it is unknown; with --id {id} you can repeat it safely")
    package static let hubBusy = Phrase("總部忙碌中，請稍後再試", "The hub is busy; try again shortly")
    package static let hubIsNoHub = Phrase(
        "回答的不是總部：不是同步資料", "What answers there is no hub: it sends no sync data")
    package static let hubInsecure = Phrase(
        "沒有加密的 http 只能用在本機；請用 https", "Plain http is only for this machine; use https")
    package static let hubTokenRejected = Phrase(
        "總部不接受這個憑證（過期、不是辦公室的，或不是這個總部發的）",
        "The hub does not accept this token (expired, not an office one, or another hub's)")
    package static let hubAnswerUnreadable = Phrase(
        "總部的回覆無法讀取", "The hub's answer cannot be read")

    // what the hub refuses
    package static let hubUnknownStop = Phrase(
        "那一天沒有「{stop}」這一站", "There is no stop {stop} on that day")
    package static let hubAmbiguousStop = Phrase(
        "那一天不只一站叫「{stop}」", "Several stops are called {stop} on that day")
    package static let hubUnknownRoute = Phrase(
        "那一天沒有「{route}」這條路線", "There is no route {route} on that day")
    package static let hubAmbiguousRoute = Phrase("不只一條路線符合", "Several routes fit")
    package static let hubUnknownDriver = Phrase(
        "司機 {driver} 那一天沒有路線", "The driver {driver} has no route on that day")
    package static let hubAlreadyDelivered = Phrase(
        "第 {stop} 站已送達，送出的不會收回；紀錄有錯請司機更正，或用 correct",
        "Stop {stop} is delivered: what was handed over stays; a wrong record is corrected (correct)"
    )
    package static let hubNotFailed = Phrase(
        "第 {stop} 站沒有失敗；只有失敗的站才能重開", "Stop {stop} did not fail; only a failed stop is reopened")
    package static let hubStopExists = Phrase(
        "那一天已經有「{stop}」這一站；請用 plan set", "There is a stop {stop} on that day already; use plan set")
    package static let hubUnknownReview = Phrase(
        "總部沒有「{review}」這件待審", "The hub opened no review {review}")
    package static let hubNotTheirs = Phrase(
        "這件要由別的部門審：{detail}", "Another desk decides this one: {detail}")
    package static let hubReviewClosed = Phrase(
        "這件已經審過了", "This review is decided already")
    package static let hubReviewClosedHint = Phrase(
        "先看 `lucky-hub review show {review}`；要改審請加 --supersede",
        "look at `lucky-hub review show {review}`; --supersede decides it again")
    package static let hubReviewOpen = Phrase(
        "這件還沒審，沒有可復原的", "This review is open; nothing to undo")
    package static let hubBadOutcome = Phrase(
        "結果只能是 kept、reversed、refunded、merged、noted",
        "The outcome must be kept, reversed, refunded, merged or noted")
    package static let hubReviewDecided = Phrase(
        "✓ 已記錄審核結果（序號 {sequence}）", "✓ The decision is recorded (sequence {sequence})")
    package static let hubReviewUndone = Phrase(
        "✓ 已重新待審（序號 {sequence}）", "✓ The review is open again (sequence {sequence})")
    package static let hubReviewRepeated = Phrase(
        "總部早已收到這個審核結果（序號 {sequence}），沒有再寫一次",
        "The hub had this decision already (sequence {sequence}); nothing was written again")
    package static let hubReviewContested = Phrase(
        "有人同時審了這一件，結果不同；兩個結果都保留",
        "Somebody else decided it at the same time, differently; both decisions are kept")
    package static let hubNoRoom = Phrase(
        "要移動的站太多；請先加在最後，再用 plan resequence",
        "Too many stops would have to move; put it at the end, then use plan resequence")
    package static let hubSiblingsFull = Phrase(
        "這個欄位已有太多同時的值；請先看 plan show 再改",
        "Too many people wrote this field at once; look at plan show and edit again")
    package static let hubUnknownContext = Phrase(
        "這個 --context 不是這個總部的 plan show 給的", "This --context is not from this hub's plan show")
    package static let hubNotAllowed = Phrase(
        "這個身分不能這樣做", "This person may not do that")
    package static let hubBadPlan = Phrase("內容不能用，沒有任何變更", "Not usable; nothing was changed")
    package static let hubRefusedOther = Phrase("總部拒絕：{detail}", "The hub refuses: {detail}")

    // plan import
    package static let hubImportLine = Phrase("第 {line} 行：{message}", "Line {line}: {message}")
    package static let hubImportRejected = Phrase(
        "{count} 列不能用，沒有任何變更", "Rows that cannot be taken: {count}; nothing was changed")
    package static let hubImportRejectedHint = Phrase(
        "改正後再匯入，或用 --partial 只匯入其他列", "correct them, or take only the others with --partial")
    package static let hubImportPartly = Phrase(
        "{count} 列不能用，其他列已匯入", "Rows that were left out: {count}; the others are in")
    package static let hubImportPartlyHint = Phrase(
        "改正後整個檔案再匯入一次：已匯入的不會重複",
        "correct them and import the whole file again: what is in is not doubled")
    package static let hubImportNoStops = Phrase(
        "檔案裡沒有可匯入的站", "The file holds no stops that can be taken")
    package static let hubImportWouldPartly = Phrase(
        "{count} 列不能用，會略過；這次沒有寫入", "Rows that would be left out: {count}; nothing written")
    package static let hubImported = Phrase(
        "✓ 新增 {created} 站，修改 {edited} 站，{unchanged} 站不變",
        "✓ Stops: {created} new, {edited} changed, {unchanged} as they were")
    package static let hubImportWould = Phrase(
        "會新增 {created} 站，修改 {edited} 站，{unchanged} 站不變；這次沒有寫入",
        "Stops: {created} would be new, {edited} changed, {unchanged} as they are; nothing written")
    package static let hubImportEdited = Phrase(
        "  第 {stop} 站修改：{fields}", "  stop {stop} changed: {fields}")
    package static let hubImportVanished = Phrase(
        "  第 {stop} 站（{route}）不在檔案裡，仍保留；要取消請用 --cancel-missing",
        "  stop {stop} ({route}) is not in the file and stays; --cancel-missing cancels it")
    package static let hubImportVanishedDone = Phrase(
        "  第 {stop} 站（{route}）不在檔案裡，但已送達，保留",
        "  stop {stop} ({route}) is not in the file, but delivered; it stays")
    package static let hubImportWouldCancel = Phrase(
        "  第 {stop} 站（{route}）不在檔案裡，會取消",
        "  stop {stop} ({route}) is not in the file and would be cancelled")
    package static let hubImportCancelled = Phrase(
        "  第 {stop} 站（{route}）不在檔案裡，已取消", "  stop {stop} ({route}) is not in the file: cancelled")

    // plan edits
    package static let hubEdited = Phrase(
        "✓ {code}：{fields} 已改（序號 {sequence}）", "✓ {code}: {fields} changed (sequence {sequence})")
    package static let hubStopCancelled = Phrase(
        "✓ {code} 已取消（序號 {sequence}）", "✓ {code} is cancelled (sequence {sequence})")
    package static let hubStopUncancelled = Phrase(
        "✓ {code} 不再取消，恢復配送（序號 {sequence}）",
        "✓ {code} is no longer cancelled (sequence {sequence})")
    package static let hubStopReopened = Phrase(
        "✓ {code} 重開，再送一次（序號 {sequence}）",
        "✓ {code} is open again for another attempt (sequence {sequence})")
    package static let hubStopMoved = Phrase(
        "✓ {code} 已改派（序號 {sequence}）", "✓ {code} is reassigned (sequence {sequence})")
    package static let hubStopInserted = Phrase(
        "✓ 已新增 {code}（序號 {sequence}）", "✓ {code} is added (sequence {sequence})")
    package static let hubRouteOrdered = Phrase(
        "✓ {code} 的順序已改（序號 {sequence}）", "✓ {code} has its new order (sequence {sequence})")
    package static let hubEditRepeated = Phrase(
        "{code}：總部早已收到這個變更（序號 {sequence}），沒有再寫一次",
        "{code}: the hub had this edit already (sequence {sequence}); nothing was written again")
    package static let hubEditNothing = Phrase(
        "{code}：計畫本來就是這樣，沒有變更", "{code}: the plan says so already; nothing to change")
    package static let hubEditConcurrent = Phrase(
        "有人同時改了 {fields}；兩邊的值都保留，請看 plan show",
        "Somebody else changed {fields} too; both values are kept, see plan show")

    // plan show, replicas, report day
    package static let hubPlanHeading = Phrase(
        "{date}　{depot}　序號 {sequence}", "{date}  {depot}  sequence {sequence}")
    package static let hubPlanEmpty = Phrase("這一天沒有路線", "No routes on this day")
    package static let hubRouteHeading = Phrase(
        "{route}　{driver}　{stops}", "{route}  {driver}  {stops}")
    package static let hubNoRoute = Phrase("（沒有路線）", "(no route)")
    package static let hubChangeReceived = Phrase(
        "{fields}：{person} {time}", "{fields}: {person} {time}")
    package static let hubChangeNotSent = Phrase("尚未送出", "not sent yet")
    package static let hubChangeSent = Phrase("送出 {time}", "sent {time}")
    package static let hubChangeOnPhone = Phrase("手機已收到 {time}", "on the phone {time}")
    package static let hubChangeSeen = Phrase("{person} 看過 {time}", "seen by {person} {time}")
    package static let hubConcurrent = Phrase(
        "{field} 同時有 {count} 個值：{values}", "{field} has {count} values at once: {values}")
    package static let hubManyFields = Phrase("{count} 個欄位", "{count} fields")
    package static let hubSuggestion = Phrase("司機建議地址：{address}", "The driver suggests: {address}")
    package static let hubReplicaLine = Phrase(
        "{replica}　{person}　收到 {counter} 筆　送出到 {sent}　手機有 {have}　{time}",
        "{replica}  {person}  received {counter}  sent to {sent}  has {have}  {time}")
    package static let hubReplicasNone = Phrase("還沒有手機連線過", "No device has been here yet")
    package static let hubDayTotal = Phrase("合計", "Total")
    package static let hubDayProduct = Phrase(
        "  {product}：訂 {ordered}　送 {delivered}　空桶 {collected}",
        "  {product}: ordered {ordered}  delivered {delivered}  empties {collected}")
    package static let hubDayCash = Phrase("  現金 {amount}", "  cash {amount}")
    package static let hubDayResidual = Phrase("  退氣 {weight}", "  residual gas {weight}")
    package static let hubDayProof = Phrase(
        "  配送證明待上傳：{count}", "  proof pending: {count}")
    package static let hubDayClockAhead = Phrase(
        "  {count} 筆紀錄的手機時鐘快了 5 分鐘以上", "  clock over 5 min ahead: {count} records")
    package static let hubDayOdd = Phrase("請再確認：", "Look again:")
    package static let hubDayOddCash = Phrase(
        "  {stop}（{driver}）應收 {due}，收了 {paid}", "  {stop} ({driver}): {due} due, {paid} taken")
    package static let hubDayOddCount = Phrase(
        "  {stop}（{driver}）訂 {ordered}，送了 {delivered}",
        "  {stop} ({driver}): {ordered} ordered, {delivered} handed over")
    package static let hubDayOverflow = Phrase(
        "  合計超出範圍，數字不可靠", "  a sum left its range: these figures are too low")

    /// Of a hub's refusal; arguments `stop`, `route`, `driver`, `review`, `detail`.
    package static func hubRefusal(_ code: String) -> Phrase {
        switch code {
        case "unknown_stop": hubUnknownStop
        case "ambiguous_stop": hubAmbiguousStop
        case "unknown_route": hubUnknownRoute
        case "ambiguous_route": hubAmbiguousRoute
        case "unknown_driver": hubUnknownDriver
        case "already_delivered": hubAlreadyDelivered
        case "not_failed": hubNotFailed
        case "stop_exists": hubStopExists
        case "no_room": hubNoRoom
        case "unknown_review": hubUnknownReview
        case "not_theirs": hubNotTheirs
        case "review_closed": hubReviewClosed
        case "review_open": hubReviewOpen
        case "bad_outcome": hubBadOutcome
        case "siblings_full": hubSiblingsFull
        case "unknown_context", "bad_context": hubUnknownContext
        case "not_allowed": hubNotAllowed
        case "bad_plan": hubBadPlan
        default: bookRefusal(code) ?? rareRefusal(code) ?? hubRefusedOther
        }
    }

    /// A plan field in a sentence: in English the word of commands and JSON, as it is.
    package static func planField(_ word: String, in language: Language) -> String {
        guard language == .zhHant, let field = PlanField(word: word) else { return word }
        switch field {
        case .code: return hubFieldCode.text(in: language)
        case .capacityGrams: return hubFieldCapacity.text(in: language)
        default: return Phrase.field(field).text(in: language)
        }
    }

    package static let hubFieldCode = Phrase("名稱", "code")
    package static let hubFieldCapacity = Phrase("載重", "capacity")
}
