/// What staff on the road asked about: counts that cannot be meant, a cancelled route, negative
/// numbers, days of a plan file.
extension Phrase {
    package static let usageNegative = Phrase(
        "{option} 不能是負數，卻寫了「{found}」", "{option} is never negative, but got “{found}”")
    package static let usageTimeOfDay = Phrase(
        "{option} 要像 14:30，不能是「{found}」", "{option} takes a time such as 14:30, not “{found}”")
    package static let usageTimeRange = Phrase(
        "{option} 要像 10:00-11:30，不能是「{found}」",
        "{option} takes a range such as 10:00-11:30, not “{found}”")
    package static let usageNotTogether = Phrase(
        "{option} 不能和 {with} 一起用", "{option} does not go with {with}")
    package static let routeNotThatDay = Phrase(
        "檔案裡 {date} 沒有站。有的是：{dates}", "no stop on {date} in the file; it has: {dates}")
    package static let routeGPXCut = Phrase(
        "GPX 檔不完整：沒有結尾的 </gpx>", "the GPX file is cut off: its closing </gpx> is missing")
    package static let routeOpens = Phrase(
        "第 {stop} 站：不等了，開始", "Stop {stop}: the wait is over")

    package static let warnCount = Phrase(
        "⚠ {product} 記了 {count} 支，今天整車只有 {planned} 支：請再看一次，錯了用 `lucky stop correct`",
        "⚠ {count} of {product} were recorded, and the day's plan has {planned} cylinders: look again; `lucky stop correct` puts it right"
    )
    package static let warnDrop = Phrase(
        "⚠ 交的比現金箱多：照紀錄箱裡現在是 {box}。請再數一次；紀錄保留，總部會對帳",
        "⚠ More than was in the box, which by the records now holds {box}: count again. The record stands; the office reconciles it"
    )

    package static let newsRouteCancelled = Phrase(
        "{date} {driver} 的路線 {route} 已取消", "Route {route} of {driver} on {date} is cancelled")
    package static let newsRouteField = Phrase(
        "{date} {driver} 的路線 {route} {field}：{old} → {new}",
        "Route {route} of {driver} on {date} {field}: {old} → {new}")
    package static let newsRouteAdded = Phrase(
        "新增 {date} {driver} 的路線 {route}", "Route {route} of {driver} on {date} was added")
    package static let newsRouteGone = Phrase(
        "{date} 的路線 {route} 已不由你跑", "Route {route} on {date} is no longer yours")

    package static let stopPhotoSaved = Phrase(
        "✓ 第 {stop} 站的照片已存在這支手機（{change}）",
        "✓ Photo of stop {stop} saved on this phone (change {change})")
    package static let stopSignatureSaved = Phrase(
        "✓ 第 {stop} 站的簽名已存在這支手機（{change}）",
        "✓ Signature of stop {stop} saved on this phone (change {change})")
    package static let pictureMissing = Phrase(
        "{count} 張照片或簽名不在這支手機上了；紀錄都在，請用 `lucky stop photo {stop}` 補拍",
        "{count} photos or signatures are gone from this phone; the records stand, take them again with `lucky stop photo {stop}`"
    )
    package static let pictureWaits = Phrase(
        "照片或簽名還在這支手機，待上傳", "a photo or signature is on this phone, not yet uploaded")

    package static let hubNoDriver = Phrase("沒有指派司機", "Without a driver")
    package static let routeViewOnlineFast = Phrase("網路：連線", "Network: on")
}
