/// What a stop comes to in money.
extension Phrase {
    package static let accountNoPrice = Phrase(
        "錶數比上次小，暫不計價", "the meter stands below its last reading: not priced")
    package static let accountToPrice = Phrase("待辦公室計價", "the office has to price it")
    package static let accountOwed = Phrase("未收 {money}", "{money} still owed")
    package static let accountOverpaid = Phrase("多收 {money}", "{money} paid too much")
    package static let accountSuspected = Phrase(
        "疑似重複收款 {money}，未入帳", "{money} perhaps recorded twice, not posted")
    package static let accountRemaining = Phrase("尚欠 {items}", "still to bring: {items}")
    package static let accountAdjusted = Phrase(
        "結清後另有現金 {money}", "{money} in cash after it was settled")
    package static let accountHeld = Phrase("暫緩開立發票", "invoice held")
}
