/// Of stops that a restored or replaced hub has not told of.
extension Phrase {
    package static let stopUnconfirmed = Phrase(
        "總部的資料庫換過，還沒確認這一站；可以照常配送",
        "the hub's history has changed and it has not confirmed this stop; go on as usual")
    package static let statusUnconfirmed = Phrase(
        "確認　　總部的資料庫換過，還沒確認其中 {count} 站；可以照常配送",
        "Depot    has not confirmed {count} of the stops since its history changed; go on as usual")
}
