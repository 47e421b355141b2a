/// What a hub refuses beyond the plan and the books, in the caller's language.
extension Phrase {
    package static let hubStorage = Phrase(
        "總部的資料檔現在無法讀寫", "The hub's storage cannot be read or written now")
    package static let hubLogFull = Phrase("總部的紀錄已滿", "The hub's log is full")
    package static let hubOutOfBounds = Phrase(
        "內容太大，總部存不下", "That is too large for the hub to keep")
    package static let hubChangeIDTaken = Phrase(
        "這個編號是別人的變更", "Another person's change has this id")
    package static let hubIDOfAnotherChange = Phrase(
        "編號 {id} 是另一筆變更的，內容不同；這一筆沒有存下來",
        "The id {id} names another change, which says something else; this one was not saved")
    package static let hubCodeTaken = Phrase(
        "那一天已經有另一站叫「{stop}」；先取消那一站，或改用另一天",
        "Another stop of that day is called {stop}: choose another day")
    package static let hubWrongDepot = Phrase(
        "這個總部不是站所 {what} 的；這個憑證是那個站所的",
        "This hub does not keep the depot {what}.")
    package static let hubUnknownEntity = Phrase(
        "總部沒有這個項目", "The hub knows nothing of this entity")
    package static let hubCountsInBalances = Phrase(
        "那裡的紀錄算在帳上，不能清除；要去掉姓名與文字請用 redact",
        "What was recorded there counts in a balance: drop its words by redact instead")
    package static let hubNotDeleted = Phrase(
        "只有已刪除、之後沒有紀錄的才能清除", "Only what is deleted, and shows no later record, can be purged")
    package static let hubUnknownQuarantine = Phrase(
        "隔離區沒有這支手機的這一筆", "No changeset of this replica and counter is in quarantine")
    package static let hubAlreadyDecided = Phrase("之前已經有人決定了", "Somebody decided over it before")
    package static let hubUnreleasable = Phrase(
        "這一筆不能解除隔離，仍保留在那裡", "It cannot be released, and stays where it is")
    package static let hubUnknownOffer = Phrase(
        "沒有這樣的計畫內容在等候決定", "No such plan value waits for a decision")
    package static let hubForeignReplica = Phrase(
        "這支手機的資料檔不是這個憑證的司機的", "This phone's store is not that of the token's driver")
    package static let hubOwnerUnknown = Phrase(
        "總部還不知道這支手機是誰的，請司機先同步一次",
        "The hub does not know yet whose phone this is: let its driver sync once")
    package static let hubNoCustomerAnyMore = Phrase(
        "那裡已經沒有這個客戶了，先復原再做", "That is no customer any more: undo that first")
    package static let hubNotYourself = Phrase("不能停用自己", "Nobody deactivates themselves")
    package static let hubRefusesDeactivated = Phrase(
        "這個人在這個站所已經停用", "This person is deactivated at this depot")
    package static let hubRefusesClosed = Phrase("總部正在關閉", "The hub is closing")
    package static let hubPutBack = Phrase(
        "總部的資料檔被換回較早的樣子，正在開始新的歷史",
        "The hub's file was put back to an earlier state; it begins a new history")
    package static let hubUnknownVerb = Phrase(
        "這個總部的程式較舊，沒有這個功能", "This hub is of an older version and cannot do that")
    package static let hubBadRequest = Phrase(
        "總部不接受：{detail}", "The hub does not take it: {detail}")
    package static let hubOneOfThese = Phrase("請指明其中一個：{names}", "name one of them: {names}")

    /// Of a refusal that is about neither plan nor books; nil for any other.
    static func rareRefusal(_ code: String) -> Phrase? {
        switch code {
        case "storage": hubStorage
        case "log_full": hubLogFull
        case "out_of_bounds": hubOutOfBounds
        case "change_id_taken": hubChangeIDTaken
        case "id_of_another_change": hubIDOfAnotherChange
        case "code_taken": hubCodeTaken
        case "wrong_depot": hubWrongDepot
        case "unknown_entity": hubUnknownEntity
        case "not_deleted": hubNotDeleted
        case "counts_in_balances": hubCountsInBalances
        case "unknown_quarantined": hubUnknownQuarantine
        case "already_decided": hubAlreadyDecided
        case "unreleasable": hubUnreleasable
        case "unknown_offer": hubUnknownOffer
        case "unknown_person": hubUnknownPerson
        case "not_yourself": hubNotYourself
        case "deleted": hubNoCustomerAnyMore
        case "deactivated": hubRefusesDeactivated
        case "closed": hubRefusesClosed
        case "history_disproved": hubPutBack
        case "foreign_replica": hubForeignReplica
        case "owner_unknown": hubOwnerUnknown
        case "unknown_verb", "unknown_endpoint", "method_not_allowed": hubUnknownVerb
        case "role_not_allowed": hubNotAllowed
        case "bad_request": hubBadRequest
        default: nil
        }
    }
}
