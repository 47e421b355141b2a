/// What the driver's verbs say that are not about a planned stop: `stop add`, `shift`, `stop meter`.
extension Phrase {
    package static let stopAdded = Phrase(
        "✓ 臨時加站 {stop} 已送達，已存在這支手機（變更 {change}）；待總部審核",
        "✓ Unplanned stop {stop} delivered, saved on this phone (change {change}); the office reviews it"
    )
    package static let refusedNoRoute = Phrase(
        "✗ 這一天沒有路線「{route}」。", "✗ There is no route “{route}” that day.")
}
