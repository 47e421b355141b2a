/// Contradictions in plain words; the office decides, nobody's record is overwritten.
extension Phrase {
    package static let reviewReassigned = Phrase(
        "第 {stop} 站已轉給 {to}，但 {from} 已送達。送達紀錄保留，請總部確認。",
        "Stop {stop} went to {to}, but {from} delivered it. That stands; the office should check.")
    package static let reviewCancelled = Phrase(
        "第 {stop} 站已取消，但 {from} 已送達。送達紀錄保留，請總部確認收費。",
        "Stop {stop} was cancelled, but {from} delivered it. That stands; the office decides.")
    package static let reviewTwice = Phrase(
        "第 {stop} 站送達兩次：{from} 和 {to}。兩筆都保留，請總部確認。",
        "Stop {stop} was delivered twice: by {from} and {to}. Both stand; the office decides.")
    package static let reviewUnknown = Phrase("第 {stop} 站需要總部處理", "Stop {stop} needs the office")
    package static let reviewsOpen = Phrase("待審 {count} 件", "Open reviews: {count}")
    package static let reviewsNone = Phrase("沒有待審", "No open reviews")

    /// Arguments `stop`, `from` (who delivered) and `to` (the other driver).
    package static func review(_ kind: ReviewKind) -> Phrase {
        switch kind {
        case .deliveredAfterReassign: reviewReassigned
        case .deliveredAfterCancel: reviewCancelled
        case .deliveredTwice: reviewTwice
        default: reviewUnknown
        }
    }
}
