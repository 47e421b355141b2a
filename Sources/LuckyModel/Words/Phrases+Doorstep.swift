/// What contradicts what at the door.
extension Phrase {
    package static let reviewDeliveredAndFailed = Phrase(
        "第 {stop} 站同一次配送，{from} 和 {to} 一個記送達、一個記失敗，彼此都沒看到。送達紀錄保留，請總部確認。",
        "Stop {stop}: of {from} and {to}, one recorded a delivery and one a failure in one attempt, neither seeing the other. The delivery stands; the office should check."
    )
}
