/// Why the hub cannot take a row that a plan file may have.
extension Phrase {
    package static let officeWrongDepot = Phrase(
        "這是另一個站所的路線：{depot}", "This row is of another depot: {depot}")
    package static let officeRouteReassigned = Phrase(
        "路線 {route} 原本是司機 {from} 的，這個檔案改給 {to}",
        "Route {route} was {from}'s; this file gives it to {to}")
    package static let officeDriverUnheard = Phrase(
        "總部還沒聽過司機 {driver}；新來的沒關係，打錯了請改正再匯入",
        "The hub never heard of driver {driver}: fine for a new one; else mend it and import again")
    package static let officeAlreadyDelivered = Phrase(
        "第 {stop} 站已送達，不能改派給別的司機",
        "Stop {stop} is delivered and cannot go to another driver")
}
