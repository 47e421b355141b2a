/// What `route check` and `route resequence` say.
extension Phrase {
    package static let checkHead = Phrase(
        "檢查 {date} 路線 {route}：{stops} 站，從 {time} 出發算起",
        "Checking {date} route {route}: {stops} stops, from {time}")
    package static let checkClean = Phrase("✓ 沒有發現問題", "✓ Nothing found")
    package static let checkSum = Phrase(
        "{errors} 項要改，{warnings} 項要留意", "to be changed: {errors}, to be noted: {warnings}")
    package static let checkCapacity = Phrase(
        "✗ 超載：瓦斯就有 {load}（桶身的重量還沒算），車子載重 {capacity}",
        "✗ Too heavy: {load} of gas, and the cylinders' own weight on top; the truck carries {capacity}"
    )
    package static let checkWindow = Phrase(
        "✗ 第 {stop} 站：時段 {window} 趕不上，估計 {time} 才到",
        "✗ Stop {stop}: window {window} cannot be met, reached about {time}")
    package static let checkDuplicate = Phrase(
        "⚠ 第 {stop} 站和第 {other} 站座標相同，客戶不同",
        "⚠ Stops {stop} and {other}: one place, two customers")
    package static let checkFar = Phrase(
        "⚠ 第 {stop} 站的座標離路線的其他站 {km} 公里",
        "⚠ Stop {stop}: its place is {km} km from the rest of the route")
    package static let checkFarFromDepot = Phrase(
        "⚠ 第 {stop} 站的座標離總站 {km} 公里", "⚠ Stop {stop}: its place is {km} km from the depot")
    package static let checkNoPlace = Phrase(
        "⚠ 第 {stop} 站沒有座標", "⚠ Stop {stop}: no coordinates")
    package static let checkAddress = Phrase(
        "⚠ 第 {stop} 站的地址看不懂（照樣保留）：{found}",
        "⚠ Stop {stop}: the address does not read as one (kept as it is): {found}")
    package static let checkNoAddress = Phrase("⚠ 第 {stop} 站沒有地址", "⚠ Stop {stop}: no address")
    package static let checkNoPhone = Phrase(
        "⚠ 第 {stop} 站沒有電話", "⚠ Stop {stop}: no telephone number")
    package static let checkNoName = Phrase(
        "⚠ 第 {stop} 站沒有客戶名稱", "⚠ Stop {stop}: no customer's name")
    package static let checkHolds = Phrase(
        "⚠ 第 {stop} 站訂 {product}，但客戶帳上沒有這種桶",
        "⚠ Stop {stop}: {product} is ordered, and the customer holds none of that kind")
    package static let checkFailed = Phrase(
        "路線有 {count} 項要改", "what the route needs changed: {count}")
    package static let checkNoRoute = Phrase(
        "✗ 這一天沒有路線", "✗ There is no route that day")

    package static let routeNotHere = Phrase(
        "✗ 這一天沒有路線「{route}」，有的是：{routes}", "✗ No route “{route}” that day; there is: {routes}")
    package static let resequenceHead = Phrase(
        "建議順序（路線 {route}，{stops} 個未完成的站，從 {time} 出發算起）：",
        "Proposed order (route {route}, {stops} open stops, from {time}):")
    package static let resequenceSaving = Phrase(
        "行駛 {before} 公里 → {after} 公里，少 {saved} 公里；超過時段 {late_before} → {late_after} 站",
        "{before} km → {after} km, {saved} km less; late stops {late_before} → {late_after}")
    package static let resequenceLonger = Phrase(
        "行駛 {before} 公里 → {after} 公里，多 {more} 公里；超過時段 {late_before} → {late_after} 站",
        "{before} km → {after} km, {more} km more; late stops {late_before} → {late_after}")
    package static let resequenceSame = Phrase(
        "現在的順序已經找不到更好的", "No better order was found than the present one")
    package static let resequenceHint = Phrase(
        "要照這個順序走，加 `--record`：記成你的偏好，不會改總部的計畫。",
        "To drive it so, add `--record`: it is kept as your preference; the office's plan stays.")
    package static let resequenceRecorded = Phrase(
        "✓ 已記下你想走的順序，已存在這支手機（變更 {change}）",
        "✓ The order you prefer is saved on this phone (change {change})")
    package static let resequenceTooFew = Phrase(
        "不到兩個未完成而有座標的站，沒有順序可排", "Fewer than two open stops with coordinates: no order to find")
    package static let resequenceWhich = Phrase(
        "✗ 這一天有 {count} 條路線", "✗ {count} routes that day")
}
