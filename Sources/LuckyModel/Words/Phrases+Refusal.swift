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
        case "foreign_replica": hubForeignReplica
        case "owner_unknown": hubOwnerUnknown
        case "unknown_verb", "unknown_endpoint", "method_not_allowed": hubUnknownVerb
        case "role_not_allowed": hubNotAllowed
        case "bad_request": hubBadRequest
        default: nil
        }
    }

    package static let badRouteOfOther = Phrase(
        "那條路線是別的司機的。", "That route has another driver.")
    package static let badNoTarget = Phrase("請指定司機或路線。", "Name a driver or a route.")
    package static let badNoRoute = Phrase("這一列必須寫出路線。", "The row must name its route.")
    package static let badNothingToSet = Phrase("沒有要改的內容。", "There is nothing to set.")
    package static let badRouteFields = Phrase(
        "司機、車輛和載重是路線的欄位。", "Driver, vehicle and capacity are the route's.")
    package static let badRouteWithoutDriver = Phrase(
        "路線 {what} 還沒有司機。", "Route {what} has no driver.")
    package static let badRouteWithoutDay = Phrase("路線 {what} 沒有日期。", "Route {what} has no day.")
    package static let badSequence = Phrase("順序要在 {what} 之內。", "The sequence must be {what}.")
    package static let badNote = Phrase("文字超過 {what}。", "The note has more than {what}.")
    package static let badEmptyNote = Phrase("文字要有 {what}。", "The note must have {what}.")
    package static let badCancelReason = Phrase("原因超過 {what}。", "The reason has more than {what}.")
    package static let badName = Phrase("名稱最多 {what}。", "A name has at most {what}.")
    package static let badAmount = Phrase(
        "--{what} 要寫台幣金額，不可為負，最多兩位小數。",
        "The amount {what} must be in NT$, not negative.")
    package static let badTwice = Phrase(
        "站點 {what} 寫了兩次。", "The stop {what} stands there twice.")
    package static let badEmptyReason = Phrase("原因要有 {what}。", "The reason must have {what}.")
    package static let badEntity = Phrase(
        "項目要是 34 個十六進位數字。", "The entity must be 34 hexadecimal digits.")
    package static let badReplica = Phrase(
        "手機的編號要是 24 個十六進位數字。", "The replica must be 24 hexadecimal digits.")
    package static let badReview = Phrase(
        "審核編號要是 32 個十六進位數字。", "The review must be 32 hexadecimal digits.")
    package static let badReading = Phrase(
        "錶數不能是負的，也不能太大。", "The reading must be 0 or more, and less than 2^53.")

    /// A sentence of the hub's about a request that it cannot take, in the caller's language.
    /// - Parameter english: as the hub says it; a sentence that is not known comes back as it is.
    package static func badRequest(_ english: String, in language: Language) -> String {
        let known = [
            badRouteOfOther, badNoTarget, badNoRoute, badNothingToSet, badRouteFields,
            badRouteWithoutDriver, badRouteWithoutDay, badSequence, badNote, badEmptyNote,
            badCancelReason, badAmount, badTwice, badEmptyReason, badName, badReading, badEntity,
            badReplica, badReview,
        ]
        for phrase in known {
            guard var what = phrase.what(of: english) else { continue }
            if language == .zhHant {
                what.replace(" to ", with: " 到 ")
                what.replace(" bytes", with: " 位元組")
            }
            return phrase.text(in: language, ["what": what])
        }
        return english
    }

    /// What stands for `{what}` in this sentence as the hub says it; empty where it has none; nil
    /// where it is another sentence.
    package func what(of english: String) -> String? {
        let parts = en.split(separator: "{what}", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return english == en ? "" : nil }
        guard english.hasPrefix(parts[0]), english.hasSuffix(parts[1]),
            english.utf8.count >= parts[0].utf8.count + parts[1].utf8.count
        else { return nil }
        return String(english.dropFirst(parts[0].count).dropLast(parts[1].count))
    }
}
