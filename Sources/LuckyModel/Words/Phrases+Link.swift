/// Why the depot was not reached, or did not take what it was sent.
extension Phrase {
    package static let linkNone = Phrase("連不上", "no connection")
    package static let linkSlow = Phrase("太久沒有回應", "no answer in time")
    package static let linkCut = Phrase("回應不完整", "the answer was cut short")
    package static let linkBusy = Phrase("總部忙線中", "the depot is busy")
    package static let linkOther = Phrase("回答的不是總部", "something else answers")
    package static let linkRefused = Phrase("總部不接受", "the depot refuses")
    package static let linkNotTaken = Phrase("總部不收這個憑證", "the depot does not take this token")
    package static let linkInsecure = Phrase("網址沒有加密", "the address is not encrypted")
    package static let linkOtherDepot = Phrase("回答的是別的分裝場", "another depot answers")

    /// Why the depot was not reached, in a few words.
    /// - Parameter kind: as the sync names it.
    /// - Returns: nil for one of a newer build, which is said by its code.
    package static func linkFault(_ kind: String) -> Phrase? {
        switch kind {
        case "offline": linkNone
        case "timed_out": linkSlow
        case "truncated", "too_large": linkCut
        case "busy": linkBusy
        case "not_a_hub": linkOther
        case "no_progress": linkIdle
        default: doorFault(kind)
        }
    }

    /// What does not pass by itself: somebody has to do something.
    /// - Parameter kind: as the sync names it.
    /// - Returns: nil for what passes.
    package static func doorFault(_ kind: String) -> Phrase? {
        switch kind {
        case "unauthorised": linkNotTaken
        case "refused": linkRefused
        case "insecure": linkInsecure
        case "other_depot": linkOtherDepot
        default: nil
        }
    }

    /// The same as a sentence that says what to do.
    package static func doorAdvice(_ kind: String) -> Phrase? {
        switch kind {
        case "unauthorised": doctorWhyNotTaken
        case "refused": doctorWhyRefused
        case "insecure": doctorWhyInsecure
        case "other_depot": doctorWhyOtherDepot
        default: nil
        }
    }

    package static let doctorWhyNotTaken = Phrase(
        "總部不收這個憑證：請向總部要新的，再 `lucky login`",
        "the depot does not take this token: ask for a new one, then `lucky login`")
    package static let doctorWhyRefused = Phrase(
        "總部拒絕這支手機，請聯絡調度", "the depot refuses this phone: ask dispatch")
    package static let doctorWhyInsecure = Phrase(
        "總部的網址必須是 https", "the depot's address must be https")
    package static let doctorWhyOtherDepot = Phrase(
        "回答的是別的分裝場，請用原分裝場的憑證登入",
        "another depot answers: sign in with the token of the one before")

    package static let linkIdle = Phrase(
        "一整次同步都沒有進展：請用 `lucky doctor --bundle` 回報",
        "a whole sync moved nothing: report it with `lucky doctor --bundle`")

    // doctor
    package static let doctorWhyCounted = Phrase("{count} 筆{reason}", "{count}: {reason}")
    package static let doctorWhyJoined = Phrase("{first}，{second}", "{first}; {second}")
    package static let doctorWhyPhotos = Phrase(
        "{count} 張照片不在手機上", "photos not on this phone: {count}")
    package static let doctorPhotosMissing = Phrase(
        "{count} 張照片或簽名不在手機上，或檔案不完整：紀錄都在，請用 `lucky stop photo` 補拍",
        "photos or signatures gone from this phone, or cut short: {count}; the records stand, take them again with `lucky stop photo`"
    )
    package static let doctorLink = Phrase("網路", "Network")
    package static let doctorLinkUp = Phrase("通", "works")
    package static let doctorLinkUntried = Phrase(
        "沒有試；`lucky doctor --sync` 會試", "not tried; `lucky doctor --sync` tries it")
    package static let doctorLinkDown = Phrase(
        "到不了總部：{fault}；`lucky sync once` 再試一次",
        "no way to the depot: {fault}; `lucky sync once` tries again")
    package static let doctorHubFault = Phrase("有回應，但{fault}", "answers, but {fault}")
    package static let doctorTokenNotTaken = Phrase(
        "總部不收這個憑證（請向總部要新的，再用 `lucky login` 登入）",
        "the depot does not take this token (ask for a new one, then `lucky login`)")
    package static let doctorClockAhead = Phrase(
        "比總部快至少 {age}，請打開自動校時", "at least {age} ahead of the depot; set it automatically")
}
