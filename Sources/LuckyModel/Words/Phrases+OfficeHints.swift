/// What is safe where a command of the office failed, and what to do next.
extension Phrase {
    /// Of a hub's refusal; arguments `stop`, `route`, `review`. What has no better advice says that
    /// nothing was changed.
    package static func officeHint(_ code: String) -> Phrase {
        switch code {
        case "unknown_stop", "not_failed", "still_open": officeStopsHint
        case "unknown_route", "unknown_driver", "route_closed": officeRoutesHint
        case "already_delivered": officeCorrectHint
        case "nothing_to_correct": officeNoRecordHint
        case "stop_exists": officeSetHint
        case "unknown_review": officeReviewsHint
        case "review_open": officeReviewHint
        case "review_closed": hubReviewClosedHint
        case "not_theirs", "not_allowed", "wrong_depot", "role_not_allowed": officePersonHint
        case "unknown_context", "bad_context": officeContextHint
        case "unknown_change": officeChangesHint
        case "unknown_quarantined": officeQuarantineHint
        case "unknown_offer": officeOffersHint
        case "change_id_taken", "id_of_another_change": otherTapHint
        case "storage", "log_full": officeStorageHint
        default: officeNothingChanged
        }
    }

    package static let officeNothingChanged = Phrase(
        "沒有任何變更；改好再做一次", "nothing was changed; mend it and do it again")
    static let officeStopsHint = Phrase(
        "沒有任何變更；`lucky-hub plan show` 列出各站，別天加 --date",
        "nothing was changed; `lucky-hub plan show` lists the stops, --date takes another day")
    static let officeRoutesHint = Phrase(
        "沒有任何變更；`lucky-hub plan show` 列出路線和司機，別天加 --date",
        "nothing was changed; `lucky-hub plan show` lists routes and drivers, --date another day")
    static let officeCorrectHint = Phrase(
        "沒有任何變更；更正紀錄用 `lucky-hub correct {stop}`",
        "nothing was changed; `lucky-hub correct {stop}` corrects a record")
    static let officeNoRecordHint = Phrase(
        "沒有任何變更；先看 plan show；漏記的現金用 `lucky-hub settle {stop} --received 金額`",
        "nothing changed; see plan show; cash left out: `lucky-hub settle {stop} --received NT$`")
    static let officeSetHint = Phrase(
        "沒有任何變更；用 `lucky-hub plan set {stop}` 修改",
        "nothing was changed; `lucky-hub plan set {stop}` edits it")
    static let officeReviewsHint = Phrase(
        "沒有任何變更；`lucky-hub review list` 列出待審",
        "nothing was changed; `lucky-hub review list` lists them")
    static let officeReviewHint = Phrase(
        "沒有任何變更；內容用 `lucky-hub review show {review}` 看",
        "nothing was changed; `lucky-hub review show {review}` shows it")
    static let officePersonHint = Phrase(
        "沒有任何變更；請由負責的人，用自己的憑證來做",
        "nothing was changed; whose work it is does it with a token of their own")
    static let officeContextHint = Phrase(
        "沒有任何變更；用 `lucky-hub plan show --json` 取得新的",
        "nothing was changed; `lucky-hub plan show --json` gives a new one")
    static let officeChangesHint = Phrase(
        "沒有任何變更；`lucky-hub plan history --json` 列出編號",
        "nothing was changed; `lucky-hub plan history --json` lists the ids")
    static let officeQuarantineHint = Phrase(
        "沒有任何變更；`lucky-hub quarantine list` 列出來",
        "nothing was changed; `lucky-hub quarantine list` lists them")
    static let officeOffersHint = Phrase(
        "沒有任何變更；`lucky-hub offers list` 列出來",
        "nothing was changed; `lucky-hub offers list` lists them")
    static let officeStorageHint = Phrase(
        "已收到的都在；看磁碟空間，再做一次，還是不行就還原備份",
        "what was accepted is safe; has the disk room? Do it again, or restore a backup")

    // the way to a hub
    package static let officeUnreachableHint = Phrase(
        "看總部是不是在執行（`lucky-hub serve`）、網址對不對；不確定改了沒有，先看再做一次",
        "does it run (`lucky-hub serve`), is the address right? See if it was done, then repeat")
    package static let officeBusyHint = Phrase(
        "不確定改了沒有；過一分鐘先看，再做一次",
        "whether it was done is unknown: look in a minute, then do it again")
    package static let officeAddressHint = Phrase(
        "沒有送出任何東西；網址像 https://hub.example:8080",
        "nothing was sent; an address is like https://hub.example:8080")
    package static let officeTokenHint = Phrase(
        "沒有任何變更；請管理總部的人用 `lucky-hub token issue` 發新的",
        "nothing was changed; who runs the hub issues one with `lucky-hub token issue`")

    // files
    package static let hubFileMissingHint = Phrase(
        "沒有任何變更；看檔名和資料夾對不對", "nothing was changed; look at the name and its folder")
    package static let hubNewFileHint = Phrase(
        "沒有任何變更；新檔案用 `lucky-hub serve --db 檔案 --depot 站所` 建立",
        "nothing was changed; `lucky-hub serve --db FILE --depot DEPOT` makes a new one")
    package static let hubNotDurableHint = Phrase(
        "檔案沒有動；請放在本機磁碟", "the file was left alone; keep it on a disk of this machine")
    package static let hubOtherFileHint = Phrase(
        "檔案沒有動；請指定自己站所的檔案", "it was left alone; name the file of your own depot")
    package static let hubDamagedHint = Phrase(
        "檔案沒有動；換一個檔案，或用 `lucky-hub restore 備份 --db 檔案` 還原",
        "it was left alone; name another, or `lucky-hub restore BACKUP --db FILE`")
    package static let hubNewerFile = Phrase(
        "{path} 是較新的程式寫的（第 {version} 版）", "A newer program wrote {path} (version {version})")
    package static let hubNewerFileHint = Phrase(
        "檔案沒有動；請更新這個程式", "it was left alone; update this program")
    package static let hubSecretHint = Phrase(
        "沒有任何變更；用 `lucky-hub secret create 檔案` 建立新的金鑰",
        "nothing was changed; `lucky-hub secret create FILE` makes a new one")
    package static let hubNotWrittenHint = Phrase(
        "總部的資料沒有動；看資料夾在不在、能不能寫、還有沒有空間",
        "the hub's data was not touched; is the folder there, can it be written, has it room?")
}
