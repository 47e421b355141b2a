/// What a hub's alarms mean, for whoever runs it.
extension Phrase {
    package static let hubRolledBack = Phrase(
        "⚠ 手機證明總部的檔案被放回較早的狀態：已開始新的歷史 {history}，手機會自動補回",
        "⚠ A phone showed that the hub's file was put back: new history {history} began")

    package static let alarmRolledBack = Phrase(
        "檔案連同旁邊的標記被放回較早的狀態：已自動開始新的歷史；遺失的計畫看 offers list",
        "The file was put back with its mark: a new history began; see offers list for lost edits")
    package static let alarmUnknownCheckpoint = Phrase(
        "手機說的同步位置這裡沒有，也無法證明是總部給的：它重新載入",
        "The phone states a position that nothing proves this hub gave: it loads everything anew")
    package static let alarmOtherHistory = Phrase(
        "這支手機跟的是另一個歷史（還原或換過總部）：它會補送並重新載入",
        "The phone followed another history: it sends what is missing and loads everything anew")
    package static let alarmParallelCopy = Phrase(
        "這支手機剛跟過由這裡的備份開出的另一個總部：兩個總部同時在服務，請關掉一個",
        "The phone followed another hub, opened from a copy of this one: two serve now, close one")
    package static let alarmOfferClosed = Phrase(
        "這支手機早已跟上，卻又提供舊資料：沒有採用",
        "The phone follows this history already and offered what it holds: not taken")
    package static let alarmOfferRefused = Phrase(
        "手機提供的一筆紀錄不可能是真的：沒有採用", "A record that the phone offered cannot be so: not taken")
    package static let alarmEntityMended = Phrase(
        "一筆資料和它的異動不符，已依異動修好",
        "An entity was not what its changes say; it was mended from them")
    package static let alarmEntityDamaged = Phrase(
        "一筆資料和它的異動不符，而且修不好：請保留備份",
        "An entity is not what its changes say and cannot be mended: keep a backup")
    package static let alarmFork = Phrase(
        "同一個編號有兩份不同的異動（複製或還原過的手機）：兩份都收下",
        "One number names two changes, as on a copied or restored phone: both are kept")

    /// One sentence to an alarm's word; nil for a word that this build does not know.
    package static func hubAlarm(_ kind: String) -> Phrase? {
        switch kind {
        case "rolled_back": alarmRolledBack
        case "unknown_checkpoint": alarmUnknownCheckpoint
        case "other_history": alarmOtherHistory
        case "parallel_copy": alarmParallelCopy
        case "offer_closed": alarmOfferClosed
        case "offer_refused": alarmOfferRefused
        case "entity_mended": alarmEntityMended
        case "entity_damaged": alarmEntityDamaged
        case "fork": alarmFork
        default: nil
        }
    }
}
