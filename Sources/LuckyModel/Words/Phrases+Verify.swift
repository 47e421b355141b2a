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
