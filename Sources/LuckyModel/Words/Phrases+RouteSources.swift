/// Where a simulated route comes from: a hub that serves, and roads.
extension Phrase {
    package static let routeNotAtHub = Phrase(
        "總部 {date} 沒有路線「{route}」。有的是：{routes}",
        "The depot has no route “{route}” on {date}; it has: {routes}")
    package static let routeEmptyAtHub = Phrase(
        "總部 {date} 的路線「{route}」沒有要送的站",
        "The depot's route “{route}” of {date} has no stop to drive to")
    package static let routeRoadsBad = Phrase(
        "道路檔要是 GeoJSON，裡面有 LineString 或 MultiLineString（經度、緯度）",
        "The roads must be GeoJSON with LineString or MultiLineString (longitude, latitude)")
    package static let routeHubNeedsRoute = Phrase(
        "用 --hub 要用 --route 說是哪一條路線", "--hub needs --route: which one is it?")
    package static let routeHubFailed = Phrase(
        "總部沒有給路線（{detail}）。這裡和總部都沒有改任何東西",
        "The depot gave no route ({detail}). Nothing was changed, here or there")
}
