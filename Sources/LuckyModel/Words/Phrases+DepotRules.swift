/// What is said where the depot's hub opens reviews by other rules than this phone, and of what a
/// restore kept.
extension Phrase {
    package static let doctorRules = Phrase("規則", "Rules")
    package static let doctorRulesNewer = Phrase(
        "總部的規則是第 {theirs} 版，這支手機是第 {ours} 版：請更新",
        "the depot judges by rules version {theirs}, this phone by {ours}: update it")
    package static let doctorRulesOlder = Phrase(
        "總部的規則是第 {theirs} 版，這支手機是第 {ours} 版：手機先列出的，總部不一定會審核",
        "the depot judges by rules {theirs}, this phone by {ours}: the depot may open others")
    package static let reviewsOtherRules = Phrase(
        "  總部的規則是第 {theirs} 版，這支手機是第 {ours} 版：以總部開立的為準，紀錄都在",
        "  The depot's rules are version {theirs}, this phone's {ours}: the depot's count")

    package static let restoreKept = Phrase(
        "  備份之後總部已收到的 {count} 筆也一起保留",
        "  kept, too, of what the depot received since the backup: {count}")
    package static let restoreLeft = Phrase(
        "  總部已收到的 {count} 筆接不上備份，留在移開的檔案裡；下次同步由總部補回",
        "  {count} changes that the depot has could not come along: they are in what was there")
}
