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
    package static let reviewUnplanned = Phrase(
        "第 {stop} 站是 {from} 臨時加的，計畫裡沒有。請總部補上訂單。",
        "Stop {stop} was added by {from} and is in no plan. The office should book it.")
    package static let reviewRemoved = Phrase(
        "第 {stop} 站已由 {to} 移出路線，但 {from} 已經到過。紀錄保留。",
        "Stop {stop} was taken off the route by {to}, but {from} had been there. That stands.")
    package static let reviewDeleted = Phrase(
        "第 {stop} 站被 {to} 刪除，但 {from} 在那裡有紀錄。仍然顯示，請總部確認。",
        "Stop {stop} was deleted by {to}, but {from} recorded something there. It stays visible.")
    package static let reviewForceClosed = Phrase(
        "路線 {stop} 由 {from} 關閉，但司機還沒說跑完。",
        "Route {stop} was closed by {from} before its driver said that it was done.")
    package static let reviewPrice = Phrase(
        "第 {stop} 站：{from} 照舊價送達，{to} 已改價。以司機報的價為準，請財務確認差額。",
        "Stop {stop}: {from} quoted the old price, {to} changed it. The quote stands; see the difference."
    )
    package static let reviewPaid = Phrase(
        "第 {stop} 站：{from} 記的錢和送出的數量不符（照 {to} 訂的數量和價錢）。",
        "Stop {stop}: the money {from} recorded did not fit what was handed over, by the order as {to} has it."
    )
    package static let reviewCashTwice = Phrase(
        "第 {stop} 站：{from} 和 {to} 各記一筆相同金額，可能是同一筆。兩筆都保留，第二筆先不入帳。",
        "Stop {stop}: {from} and {to} each recorded one amount; it may be one payment. The later one is not posted yet."
    )
    package static let reviewCashDiffers = Phrase(
        "第 {stop} 站：應收和實收不同，由 {from} 結帳。實收金額不改。",
        "Stop {stop}: due and received differ, settled by {from}. What was counted is not changed.")
    package static let reviewCredit = Phrase(
        "第 {stop} 站：{to} 已停止記帳，但 {from} 已用月結送達。送達保留，請財務處理。",
        "Stop {stop}: {to} stopped credit, but {from} delivered on the monthly account. That stands."
    )
    package static let reviewCorrections = Phrase(
        "第 {stop} 站：{from} 和 {to} 各自更正同一筆紀錄，內容不同。請總部決定。",
        "Stop {stop}: {from} and {to} corrected one record differently. The office decides.")
    package static let reviewAfterInvoice = Phrase(
        "第 {stop} 站：{to} 開立發票或結帳後，{from} 又更正了紀錄。請財務調整。",
        "Stop {stop}: {from} corrected a record that {to} had already invoiced or settled.")
    package static let reviewAddress = Phrase(
        "第 {stop} 站：{from} 說地址不同。地址以客服為準，請確認。",
        "Stop {stop}: {from} found another address. Customer service should check.")
    package static let reviewMeterBelow = Phrase(
        "第 {stop} 站：{from} 抄的錶數比上次少，先不計價。送達保留。",
        "Stop {stop}: the meter {from} read shows less than before. Not priced yet; the delivery stands."
    )
    package static let reviewMeterTwice = Phrase(
        "第 {stop} 站：同一天抄了兩次錶（{from}、{to}）。兩筆都保留。",
        "Stop {stop}: one meter was read twice that day, by {from} and {to}. Both are kept.")
    package static let reviewEmpties = Phrase(
        "第 {stop} 站：{from} 收回的空桶比客戶持有的多。照收，請確認帳上桶數。",
        "Stop {stop}: {from} took back more empties than the customer held. Kept; check the books.")
    package static let reviewSerial = Phrase(
        "第 {stop} 站：同一支鋼瓶號碼出現在兩處（{who}）。",
        "Stop {stop}: one cylinder's number in two places ({who}).")
    package static let reviewSerialNamed = Phrase(
        "第 {stop} 站：鋼瓶 {cylinder} 的號碼出現在兩處（{from}、{to}）。",
        "Stop {stop}: the number of cylinder {cylinder} in two places ({from}, {to}).")
    package static let reviewClock = Phrase(
        "第 {stop} 站：{from} 的手機時間差超過十二小時。顯示手機時間，總部收到的時間列在旁邊。",
        "Stop {stop}: {from}'s clock was over twelve hours off. Its time is shown, the depot's stands beside."
    )
    package static let reviewCarried = Phrase(
        "第 {stop} 站：{from} 的紀錄由 {to} 的帳號送來。",
        "Stop {stop}: {from}'s record was brought by {to}'s credential.")
    package static let reviewShift = Phrase(
        "{from} 的班超過十二小時。", "{from}'s shift was longer than twelve hours.")
    package static let reviewContested = Phrase(
        "第 {stop} 站：{from} 和 {to} 同時改了同一欄，彼此都沒看到。顯示的是其中一個，兩個都保留。",
        "Stop {stop}: {from} and {to} changed one field at once, neither seeing the other. One is shown, both are kept."
    )
    package static let reviewsOpen = Phrase("待審 {count} 件", "Open reviews: {count}")
    package static let reviewsNone = Phrase("沒有待審", "No open reviews")

    /// Arguments `stop`, `from` (who delivered) and `to` (the other driver).
    package static func review(_ kind: ReviewKind) -> Phrase {
        switch kind {
        case .deliveredAfterReassign: reviewReassigned
        case .deliveredAfterCancel: reviewCancelled
        case .deliveredTwice: reviewTwice
        case .deliveredAndFailed: reviewDeliveredAndFailed
        case .unplannedDelivery: reviewUnplanned
        case .removedAfterArrival: reviewRemoved
        case .deletedAfterFact: reviewDeleted
        case .routeForceClosed: reviewForceClosed
        case .planContested: reviewContested
        case .clockFarOff: reviewClock
        case .carriedByOther: reviewCarried
        case .shiftTooLong: reviewShift
        default: reviewOfFigures(kind)
        }
    }

    /// Reviews about money, counts and addresses.
    private static func reviewOfFigures(_ kind: ReviewKind) -> Phrase {
        switch kind {
        case .priceChanged: reviewPrice
        case .paidOtherwise: reviewPaid
        case .cashTwice: reviewCashTwice
        case .cashDiffers: reviewCashDiffers
        case .creditBlocked: reviewCredit
        case .correctionsContradict: reviewCorrections
        case .correctedAfterInvoice: reviewAfterInvoice
        case .addressSuggested: reviewAddress
        case .meterBelow: reviewMeterBelow
        case .meterTwice: reviewMeterTwice
        case .moreEmptiesThanHeld: reviewEmpties
        case .serialTwice: reviewSerial
        default: reviewUnknown
        }
    }
}
