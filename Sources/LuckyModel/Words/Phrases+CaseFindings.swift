/// What a played case looked like, and what did not hold in it.
extension Phrase {
    package static let sightedInMemory = Phrase(
        "{all} 種順序的第 {order} 種，總部在記憶體", "order {order} of {all}, hub in memory")
    package static let sightedOnSQLite = Phrase(
        "{all} 種順序的第 {order} 種，總部在 SQLite", "order {order} of {all}, hub on SQLite")
    package static let sightedAsWritten = Phrase("照所寫的", "as written")
    package static let sightedAsDrawn = Phrase("照所抽的", "as drawn")
    package static let sightedDifference = Phrase(
        "{place}：應為 {expected}，看到的是 {seen}", "{place}: {expected} expected, {seen} seen")
    package static let sightedNothing = Phrase("沒有東西", "nothing")

    // What must hold in every case.
    package static let invariantRows = Phrase(
        "不變條件：{name} 的資料列：{what}", "invariant: rows of {name}: {what}")
    package static let invariantPhoto = Phrase(
        "不變條件：{name} 的一張照片不見了", "invariant: a photo of {name} is gone")
    package static let invariantTap = Phrase(
        "不變條件：{name} 的 {tap} 這一筆到處都沒有", "invariant: the tap {tap} of {name} is nowhere")
    package static let invariantDiffers = Phrase(
        "不變條件：{name} 和總部的 {entity} 不同", "invariant: {name} and its hub differ on {entity}")

    // What a disk that fails came to.
    package static let sweepAt = Phrase(
        "{fault}，第 {call} 次呼叫：{what}", "{fault} at call {call}: {what}")
    package static let sweepOpened = Phrase(
        "開啟時，{fault}，第 {call} 次呼叫：{what}", "opened, {fault} at call {call}: {what}")
    package static let sweepLater = Phrase("之後{what}", "later {what}")
    package static let sweepCut = Phrase("{what}（{cut}）", "{what} ({cut})")
    package static let sweepKilled = Phrase("程序被結束", "killed")
    package static let sweepNoStrike = Phrase("磁碟的呼叫一次都沒有出錯", "no call to the disk was struck")
    package static let sweepRefusedForGood = Phrase("有一筆一直被拒絕", "a tap is refused for good")
    package static let sweepRefused = Phrase("有一筆被拒絕", "a tap is refused")
    package static let sweepNotOpened = Phrase("打不開：{error}", "does not open: {error}")
    package static let sweepLost = Phrase("{tap} 這一筆遺失了", "the tap {tap} is lost")
    package static let sweepInPart = Phrase("{tap} 這一筆只剩一部分", "the tap {tap} is there in part")
    package static let sweepBoth = Phrase("{first}；{then}", "{first}; {then}")
}
