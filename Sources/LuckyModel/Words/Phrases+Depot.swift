/// A phone that goes from one depot to another.
extension Phrase {
    package static let otherDepotAnswered = Phrase(
        "⚠ 回答的是別的分裝場，還有 {count} 筆等 {depot} 收下：先用 {depot} 的憑證同步，或用 lucky outbox export 存檔交給調度",
        "⚠ another depot answered, and {count} taps wait for depot {depot}: sync with its token first, or hand in what lucky outbox export writes"
    )
}
