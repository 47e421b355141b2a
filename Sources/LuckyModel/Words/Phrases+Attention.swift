/// What a driver is told before it hurts.
extension Phrase {
    /// Argument `count`.
    package static let stopNotAccepted = Phrase(
        "有 {count} 筆紀錄總部未接受，請聯絡總部（outbox export 可匯出）",
        "the depot did not accept {count} of your records here; call the office (outbox export)")
    /// Argument `percent`.
    package static let statusDiskLow = Phrase(
        "空間　　手機已用 {percent}%，請清出空間",
        "Disk     {percent}% full: make room soon")
    /// Argument `percent`.
    package static let statusDiskCritical = Phrase(
        "空間　　手機已用 {percent}%：照片會先存不進去，再來是紀錄",
        "Disk     {percent}% full: photos are refused first, then records")
    /// Arguments `count` and `age`.
    package static let statusProofsOverdue = Phrase(
        "照片　　⚠ {count} 站的照片或簽名已等 {age} 仍未送出",
        "Proofs   ⚠ {count} stops: the photo or signature has waited for {age}")
    /// Argument `path`.
    package static let outboxExported = Phrase("已匯出到 {path}", "Written to {path}")
    /// Argument `change`.
}
