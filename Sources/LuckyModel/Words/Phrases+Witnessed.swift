/// Of what only a phone tells of, since the depot's history changed (L26).
extension Phrase {
    /// Arguments `what`, `who` (recorded it), `time` and `phone` (which tells of it).
    package static let factWitnessed = Phrase(
        "未證實：{what}（{who}，{time}）。總部的資料庫換過，目前只有手機 {phone} 說有這一筆",
        "not proven: {what} ({who}, {time}); only phone {phone} tells of it since a restore")
}
