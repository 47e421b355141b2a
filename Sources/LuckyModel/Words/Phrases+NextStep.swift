/// What is safe where a command failed, and what to do next: for what has no better place.
extension Phrase {
    package static let notRecordedHint = Phrase(
        "還沒有記錄任何東西；改好再做一次", "nothing is recorded yet; mend it and do it again")
    package static let otherTapHint = Phrase(
        "原來那一筆沒有動；不加 `--id` 再做一次", "the first one stands as it is; do it again without `--id`")
    package static let storeMissingHint = Phrase(
        "沒有改任何東西；用 `--db` 指定自己的檔案，或先 `lucky init`",
        "nothing was changed; name your own file with `--db`, or `lucky init` one")
    package static let notAStoreHint = Phrase(
        "沒有改任何東西。若這本來是你的資料檔，就是壞了：不要刪除，也不要 `lucky init`，用 `lucky doctor --bundle 檔案` 存一份給總部；不是的話，用 `--db` 指定自己的檔案",
        "nothing was changed. Was it your store, it is damaged: delete nothing, do not `lucky init`, `lucky doctor --bundle FILE` for the depot; if not, name your own file with `--db`"
    )
    package static let storeFailedHint = Phrase(
        "先前的紀錄都在；再做一次，還是不行就 `lucky doctor`",
        "what was saved before is safe; do it again, and if it fails still, `lucky doctor`")
    package static let photoFileHint = Phrase(
        "還沒有記錄任何東西；換一個檔案再做一次",
        "nothing is recorded yet; name another file and do it again")
    package static let fileExistsHint = Phrase(
        "原來的檔案沒有動；換一個檔名", "that file was left alone; take another name")
    package static let notWrittenHint = Phrase(
        "手機的資料沒有動；看資料夾在不在、能不能寫、還有沒有空間",
        "this phone's data was not touched; is the folder there, can it be written, has it room?")
    package static let backupMissingHint = Phrase(
        "手機的資料沒有動；看檔名和資料夾對不對",
        "this phone's data was not touched; look at the name and its folder")
    package static let backupDamagedHint = Phrase(
        "手機的資料沒有動；請換一個備份", "this phone's data was not touched; take another backup")
    package static let clockHint = Phrase(
        "紀錄都在；請把手機的時間設對", "what is recorded is safe; set this phone's clock")
    package static let changePrefixHint = Phrase(
        "多寫幾碼；`lucky outbox list --all` 列出編號",
        "write more digits; `lucky outbox list --all` lists them")
    package static let caseOfHint = Phrase(
        "`lucky review list` 列出待審，`lucky route show` 列出各站",
        "`lucky review list` lists reviews, `lucky route show` the stops")
    package static let reportHint = Phrase(
        "手機的資料沒有動；把 `lucky doctor --bundle 檔案` 的檔案交給支援人員",
        "this phone's data was not touched; give support what `lucky doctor --bundle FILE` writes")
    package static let routeFileHint = Phrase(
        "沒有改任何東西；改好檔案或選項再做一次",
        "nothing was changed; mend the file or the option and do it again"
    )
    package static let routeHubHint = Phrase(
        "稍後再試，或用 `--plan 檔案`", "try again later, or use `--plan FILE`")
    package static let noRouteHint = Phrase(
        "用 `lucky sync once` 取得路線，或用 `--date`、`--route` 指定別的",
        "fetch it with `lucky sync once`, or name another with `--date` or `--route`")
    package static let needsChangeHint = Phrase(
        "路線沒有改；請總部改計畫，改好再檢查一次",
        "nothing was changed; the office changes the plan, then check again")
    package static let whichRouteHint = Phrase(
        "用 `--route` 指定；`lucky route show` 列出來",
        "name one with `--route`; `lucky route show` lists them")
    package static let tokenOfOtherHint = Phrase(
        "沒有改任何東西；向總部要自己的憑證", "nothing was changed; ask the office for your own")
    package static let tokenNotSavedHint = Phrase(
        "待送的紀錄都在；看資料夾能不能寫，再 `lucky login` 一次",
        "what waits is safe; see whether the folder can be written, then `lucky login` again")
    package static let stopWithoutRouteHint = Phrase(
        "還沒有記錄任何東西；`lucky route show` 列出路線",
        "nothing is recorded yet; `lucky route show` lists the routes")
    package static let digestsDifferHint = Phrase(
        "紀錄都在；`lucky sync once` 後再查一次，還是不同就把 `lucky doctor --bundle 檔案` 交給支援人員",
        "what is recorded is safe; `lucky sync once`, look again, and if it differs still give support what `lucky doctor --bundle FILE` writes"
    )
    package static let simulatedHint = Phrase(
        "真的紀錄不受影響；相同的選項和 `--seed` 會重演，請回報",
        "no real record is touched; the same options and `--seed` play it again: report them")
    package static let casesHint = Phrase(
        "`--json` 說明每一件；格式用 `lucky cases schema` 看",
        "`--json` says why, case by case; `lucky cases schema` prints their form")
    package static let syncLaterHint = Phrase(
        "紀錄都在這支手機；`lucky doctor` 說明原因",
        "everything is safe on this phone; `lucky doctor` says why")
}
