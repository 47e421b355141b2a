/// What a hub's alarms mean, for whoever runs it.
extension Phrase {
    package static let hubRolledBack = Phrase(
        "⚠ 總部的檔案被放回較早的狀態（手機證明了）：已開始新的歷史 {history}，各手機會自動補回缺少的紀錄",
        "⚠ The hub's file was put back to an earlier state, as a phone showed: a new history began, "
            + "{history}. Phones send what is missing by themselves.")

    /// One sentence to an alarm's word; nil for a word that this build does not know.
    package static func hubAlarm(_ kind: String) -> Phrase? { hubAlarms[kind] }

    private static let hubAlarms: [String: Phrase] = [
        "rolled_back": Phrase(
            "總部的檔案連同旁邊的標記被放回較早的狀態：新的歷史已自動開始，手機會補回缺少的紀錄；那之後辦公室改的計畫請看 `offers list`",
            "The hub's file was put back to an earlier state with the mark beside it: a new history "
                + "began by itself, and phones send what is missing. Plan edits made since are in "
                + "`offers list`."),
        "unknown_checkpoint": Phrase(
            "這支手機說的同步位置不在紀錄裡，也無法證明是總部給的：它已重新載入",
            "The phone stated a position that the log does not have, and nothing proves that this "
                + "hub gave it: it loads everything anew."),
        "other_history": Phrase(
            "這支手機跟的是另一個歷史（還原或換過總部）：它會補送並重新載入",
            "The phone followed another history, of before a restore or another hub: it sends what "
                + "is missing and loads everything anew."),
        "offer_closed": Phrase(
            "這支手機早已跟上，卻又提供舊資料：沒有採用",
            "The phone follows this history already and offered what it holds: not taken."),
        "offer_refused": Phrase(
            "手機提供的一筆紀錄不可能是真的：沒有採用",
            "A record that the phone offered cannot be so: not taken."),
        "entity_mended": Phrase(
            "一筆資料和它的異動不符，已依異動修好",
            "An entity was not what its changes say; it was mended from them."),
        "entity_damaged": Phrase(
            "一筆資料和它的異動不符，而且修不好：請執行檢查並保留備份",
            "An entity is not what its changes say and cannot be mended from them: keep a backup "
                + "and look into it."),
        "fork": Phrase(
            "同一個編號有兩份不同的異動（複製或還原過的手機）：兩份都收下了",
            "One number names two changes, as on a copied or restored phone: both are kept."),
    ]
}
