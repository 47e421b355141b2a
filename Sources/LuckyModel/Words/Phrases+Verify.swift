/// What a comparison of phone and depot found, and what was mended.
extension Phrase {
    package static let phaseDiffers = Phrase(
        "✗ 有資料和總部不同，重新下載後仍不同：請聯絡總部", "✗ Some entries differ from the hub's, also sent anew")
    package static let verifyMended = Phrase(
        "已修復：{entity}（和總部不同，已重新下載）", "mended: {entity} (differed; sent whole by the hub)")
    package static let verifyWaiting = Phrase(
        "不同：{entity}（稍後自動重新下載）", "differs: {entity} (to be sent whole shortly, by itself)")
    package static let verifyAgain = Phrase(
        "不同：{entity}（重新下載後仍不同，請聯絡總部）", "differs: {entity} (also after it was sent whole)")
    package static let verifyParked = Phrase(
        "未計入：{entity}（等待程式更新）", "not counted: {entity} (waits for an update of the program)")
    package static let verifyUnsent = Phrase(
        "未計入：{count} 筆待送", "not counted: {count} waiting to be sent")
    package static let statusDiffers = Phrase(
        "有 {count} 項和總部不同", "{count} entries differ from the hub's")
}

// What `verify` finds in this phone's own file.
extension Phrase {
    static let rowsFile = Phrase("檔案：{what}", "file: {what}")
    static let rowsOrphan = Phrase("{what} 有一列沒有所屬的資料", "orphan in {what}")
    static let rowsHead = Phrase("最新的一筆和紀錄不符", "head: not the last changeset")
    static let rowsAltered = Phrase(
        "第 {what} 筆：和存下的時候不同", "changeset {what}: not what was committed")
    static let rowsChain = Phrase("第 {what} 筆：和前一筆接不上", "changeset {what}: chain broken")
    static let rowsUnread = Phrase("第 {what} 筆：讀不懂：{why}", "changeset {what}: {why}")
    static let rowsUnreadPart = Phrase("{what}：讀不懂：{why}", "{what}: {why}")
    static let rowsUnreadable = Phrase("讀不懂：{what}", "{what}")
    static let rowsDiffering = Phrase("{what}：畫面和紀錄不符", "{what}: rows differ")

    /// A difference as the store names it, in English; in English it stays so. What is not known
    /// could not be read.
    package static func rowDifference(_ english: String) -> Phrase {
        let known = [rowsAltered, rowsChain, rowsDiffering, rowsHead, rowsFile, rowsOrphan]
        for phrase in known {
            let parts = phrase.en.split(separator: "{what}", omittingEmptySubsequences: false)
            guard let first = parts.first, let last = parts.last, english.hasPrefix(first),
                english.hasSuffix(last), parts.count == 2 || english == phrase.en
            else { continue }
            let what = parts.count == 2 ? english.dropFirst(first.count).dropLast(last.count) : ""
            return phrase.with(["what": String(what)])
        }
        if let parts = english.wholeMatch(of: /changeset (\d+): (.*)/)?.output {
            return rowsUnread.with(["what": String(parts.1), "why": String(parts.2)])
        }
        // An entity by its id.
        if let parts = english.wholeMatch(of: /([0-9a-f]{34}): (.*)/)?.output {
            return rowsUnreadPart.with(["what": String(parts.1), "why": String(parts.2)])
        }
        return rowsUnreadable.with(["what": english])
    }
}
