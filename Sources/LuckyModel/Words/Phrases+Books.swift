// What the office's books say, and what the office writes into them.
extension Phrase {
    package static let reviewDecisionWitnessed = Phrase(
        "只有手機作證，待辦公室再決定", "told only by a phone: waits for the office to decide again")

    package static let hubNoted = Phrase(
        "✓ 第 {code} 站已加備註（序號 {sequence}）", "✓ {code}: note added (sequence {sequence})")
    package static let hubSettled = Phrase(
        "✓ 第 {code} 站已結帳（序號 {sequence}）", "✓ {code} is settled (sequence {sequence})")
    package static let hubRedacted = Phrase(
        "✓ 第 {code} 站的個資已塗銷，手機下次同步時也會塗銷（序號 {sequence}）",
        "✓ {code}: personal words dropped, on phones with their next sync (sequence {sequence})")
    package static let hubRedactNeedsYes = Phrase(
        "第 {stop} 站的姓名、電話和文字塗銷後不能復原", "What is personal on {stop} would be gone for good")
    package static let hubRedactNeedsYesHint = Phrase(
        "沒有任何變更；確定的話，加上 `--yes` 再做一次",
        "nothing was changed; if it is meant, do it again with `--yes`")
    package static let hubRescheduled = Phrase(
        "✓ 第 {code} 站已另排一次（序號 {sequence}）",
        "✓ {code} has another attempt (sequence {sequence})")
    package static let hubRouteCancelled = Phrase(
        "✓ 路線 {code} 已取消，未送的站退回調度（序號 {sequence}）",
        "✓ Route {code} is cancelled; what was open is back at dispatch (sequence {sequence})")

    package static let hubStillOpen = Phrase(
        "✗ 第 {stop} 站還沒有結束", "✗ Stop {stop} is still open")
    package static let hubNothingDue = Phrase(
        "✗ 不知道第 {stop} 站應收多少，請用 --due 指定",
        "✗ What stop {stop} comes to is not known: say it with --due")
    package static let hubAlreadySettled = Phrase(
        "✗ 第 {stop} 站已結帳，之後沒有新的紀錄（仍要再結請加 --again）",
        "✗ Stop {stop} is settled and nothing came since (--again settles it all the same)")
    package static let hubEarlierDay = Phrase(
        "✗ 新的日期不能早於原來的日期", "✗ The new day cannot be before the old one")
    package static let hubUnknownChange = Phrase(
        "✗ 第 {stop} 站沒有這筆異動", "✗ Stop {stop} has no such change")
    package static let hubNothingPersonal = Phrase(
        "✗ 第 {stop} 站那裡已沒有個資", "✗ Nothing personal is left there at stop {stop}")

    /// Of a refusal of the books; nil for any other.
    static func bookRefusal(_ code: String) -> Phrase? {
        switch code {
        case "still_open": hubStillOpen
        case "nothing_due": hubNothingDue
        case "already_settled": hubAlreadySettled
        case "earlier_day": hubEarlierDay
        case "route_closed": hubRouteClosedBefore
        case "unknown_change": hubUnknownChange
        case "nothing_personal": hubNothingPersonal
        default: correctionRefusal(code)
        }
    }
}
