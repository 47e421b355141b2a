/// What was saved, or refused, and what somebody should look at or do next.
extension Phrase {
    package static let warnNoCash = Phrase(
        "⚠ 第 {stop} 站付現金，應收 {due}，這一筆沒有收款：收了請用 `lucky stop correct {stop} --cash 金額`",
        "⚠ Stop {stop} pays cash, {due}, and none was recorded: if you took it, `lucky stop correct {stop} --cash AMOUNT`"
    )
    package static let warnLessCash = Phrase(
        "⚠ 第 {stop} 站付現金，應收 {due}，記錄的是 {paid}：不對的話請用 `lucky stop correct {stop} --cash 金額`",
        "⚠ Stop {stop} pays cash, {due}, and {paid} was recorded: if that is wrong, `lucky stop correct {stop} --cash AMOUNT`"
    )
    package static let warnMoreCash = Phrase(
        "⚠ 第 {stop} 站應收 {due}，記錄的是 {paid}：不對的話請用 `lucky stop correct {stop} --cash 金額`",
        "⚠ Stop {stop} pays {due}, and {paid} was recorded: if that is wrong, `lucky stop correct {stop} --cash AMOUNT`"
    )
    package static let warnCashAlone = Phrase(
        "⚠ 第 {stop} 站沒有送出也沒有收回，卻記了收款 {paid}：沒有收的話請用 `lucky stop correct {stop} --withdraw cash`",
        "⚠ Nothing handed over or taken back counts at stop {stop}, and {paid} was taken: if it was not, `lucky stop correct {stop} --withdraw cash`"
    )
    package static let warnUnordered = Phrase(
        "⚠ 第 {stop} 站訂的是 {ordered}，送出的比較多或不同：請再看一次",
        "⚠ Stop {stop} ordered {ordered}, and more or something else was handed over: look again")
    package static let warnNotCancelled = Phrase(
        "⚠ 第 {stop} 站沒有被取消：`--despite-cancel` 沒有作用",
        "⚠ Stop {stop} is not cancelled: `--despite-cancel` did nothing")
    package static let warnNoPicture = Phrase(
        "⚠ {path} 看起來不是照片（JPEG、PNG、HEIC、WebP）：已照樣保存，請確認",
        "⚠ {path} does not look like a picture (JPEG, PNG, HEIC, WebP): it is kept as it is; look again"
    )
    package static let photoEmpty = Phrase("✗ {path} 是空的檔案", "✗ {path} is an empty file")
    package static let warnStopsOpen = Phrase(
        "⚠ 還有 {count} 站沒有結束：{stops}", "⚠ Stops still open: {count} ({stops})")
    package static let cashUncollected = Phrase(
        "付現金但沒有收款：{count} 站，共 {due}", "Cash customers who paid nothing: {count}, {due}")
    package static let waitsHere = Phrase(
        "（{count} 筆紀錄待送）", " (records waiting to be sent: {count})")

    package static let entityNotHere = Phrase(
        "✗ 這支手機沒有這筆資料", "✗ This phone has nothing of that")
    package static let entityNotHereHint = Phrase(
        "先用 `lucky sync once` 取得，再試一次", "fetch it with `lucky sync once`, then try again")
    package static let tapTooLong = Phrase(
        "✗ 這一筆太大，存不下：請分成幾筆。", "✗ This is too large for one record: make several of it.")
    package static let tokenFileEmpty = Phrase(
        "✗ 憑證檔 {path} 是空的", "✗ The token file {path} is empty")
    package static let nothingToCorrectHint = Phrase(
        "`lucky stop show {stop}` 看記錄了什麼；還沒記錄的用 `stop complete` 或 `stop fail`",
        "`lucky stop show {stop}` shows what is recorded; what is not is for `stop complete` or `stop fail`"
    )
    package static let nothingHandedOverHint = Phrase(
        "還沒有記錄任何東西；要收回記錄過的交付，用 `lucky stop correct {stop} --withdraw handover`",
        "nothing is recorded yet; to take a recorded handover back: `lucky stop correct {stop} --withdraw handover`"
    )
    package static let backupMissing = Phrase("✗ 找不到備份 {path}", "✗ There is no backup at {path}")
    package static let backupDamaged = Phrase(
        "✗ 備份 {path} 壞了，或不是備份", "✗ The backup {path} is damaged, or is none")
    package static let notAStore = Phrase(
        "✗ {path} 不是這個程式的資料檔", "✗ {path} is not a store of this program")
    package static let usageUnknownCommand = Phrase(
        "沒有「{found}」這個指令", "There is no command “{found}”")
    package static let usageUnknownCommandDidYouMean = Phrase(
        "沒有「{found}」這個指令；是不是「{near}」？",
        "There is no command “{found}”; did you mean “{near}”?")
    package static let usageOneAtLeast = Phrase(
        "請寫要更正什麼：{options}", "Say what is to be corrected: {options}")

    package static let reviewRecords = Phrase(
        "現在　送達 {delivered}，現金 {cash}，訂單價 {price}",
        "now       handed over {delivered}, cash {cash}, the order's price {price}")
    package static let reviewRecordsAgree = Phrase(
        "　　　現金和價格相符", "          cash and price agree")

    package static let routePlanMore = Phrase("還有 {count} 行", "and {count} more lines")

    package static let diskFullHint = Phrase(
        "先前的紀錄都在；刪掉別的檔案騰出空間，再做一次。沒有照片的紀錄比較小",
        "what was saved before is safe; free some room and do it again; without a photo it is smaller"
    )
    package static let leaseHeldHint = Phrase(
        "資料都在；等開著的指令結束，再做一次", "nothing is lost; when the other command has ended, do it again")
    package static let damagedHint = Phrase(
        "不要刪除任何檔案：用 `lucky doctor --bundle 檔案` 存一份給總部，再用 `lucky restore` 還原備份",
        "delete nothing: `lucky doctor --bundle FILE` for the depot, then `lucky restore` a backup")
    package static let newerFormatHint = Phrase(
        "資料都在，也不會被改動；請更新程式", "nothing is lost or changed; update this program")
    package static let otherDriverHint = Phrase(
        "資料沒有動；用 `--db` 指定自己的檔案，或先 `lucky init`",
        "nothing was changed; name your own file with `--db`, or `lucky init` one")
    package static let readableHint = Phrase(
        "資料都在；執行 `chmod 600 {path}`，再做一次", "nothing is lost; `chmod 600 {path}`, then do it again")
    package static let proofMissingHint = Phrase(
        "還沒記錄；加上 `--recipient 姓名`、`--photo 檔案` 或 `--signature 檔案` 再做一次",
        "nothing is recorded yet; do it again with `--recipient NAME`, `--photo FILE` or `--signature FILE`"
    )
    package static let stopsOpenHint = Phrase(
        "`lucky route show` 看還有哪幾站", "`lucky route show` lists those that are open")
    package static let alreadySaidHint = Phrase(
        "不必再記錄；`lucky route show` 看得到時間", "no need to record it again; `lucky route show` says when"
    )
    package static let arrivedHint = Phrase(
        "接著用 `lucky stop complete {stop}` 或 `lucky stop fail {stop}`",
        "next: `lucky stop complete {stop}` or `lucky stop fail {stop}`")
    package static let codeTakenHint = Phrase(
        "用 `--code` 換一個站名；還沒有記錄", "give another with `--code`; nothing is recorded yet")
    package static let readOnlyHint = Phrase(
        "資料都在；`lucky doctor` 看哪裡不能寫", "nothing is lost; `lucky doctor` says what cannot be written")
    package static let pumpHint = Phrase(
        "開著的同步會送出；要自己來就先結束它", "the other one sends it; to do it here, end that one first")
    package static let existsHint = Phrase(
        "原來的沒有動；換一個檔名，或用 `lucky login` 換憑證",
        "it was left alone; take another name, or `lucky login` for another token")
}
