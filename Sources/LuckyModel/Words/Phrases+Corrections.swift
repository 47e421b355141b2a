// What the office says of a record that was wrong.
extension Phrase {
    package static let hubCorrected = Phrase(
        "✓ 第 {code} 站的紀錄已更正，原紀錄保留（序號 {sequence}）",
        "✓ {code}: the record is corrected, the original stays (sequence {sequence})")
    package static let hubNothingToCorrect = Phrase(
        "✗ 第 {stop} 站沒有可更正的這種紀錄", "✗ Stop {stop} has no such record to correct")
    package static let hubNothingLeft = Phrase(
        "✗ 這樣就什麼都沒有送出或收回；若沒有這回事，請用 --withdraw handover",
        "✗ Nothing handed over or taken back would be left; withdraw it: --withdraw handover")
    package static let hubBadCorrection = Phrase(
        "✗ 更正內容看不懂：{detail}", "✗ Cannot read the correction: {detail}")

    package static let newsCorrected = Phrase(
        "辦公室更正了第 {stop} 站的紀錄", "The office corrected what was recorded at stop {stop}")

    /// Of a refusal to correct; nil for any other.
    static func correctionRefusal(_ code: String) -> Phrase? {
        switch code {
        case "nothing_to_correct": hubNothingToCorrect
        case "nothing_handed_over": hubNothingLeft
        case "bad_correction": hubBadCorrection
        case "out_of_range": refusedRange
        case "control_character": refusedControlCharacter
        case "text_too_long": refusedTextTooLong
        default: customerRefusal(code)
        }
    }
}
