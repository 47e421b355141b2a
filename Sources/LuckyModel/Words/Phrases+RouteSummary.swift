/// What a simulated day came to, in a few lines and on a live screen.
extension Phrase {
    package static let routeTheOffice = Phrase("總部", "the office")
    package static let routeSumHead = Phrase(
        "模擬：{date}　路線 {route}　種子 {seed}", "Simulation: {date}  route {route}  seed {seed}")
    package static let routeSumStops = Phrase(
        "{stops} 站：送達 {delivered}，失敗 {failed}，取消 {cancelled}，未完成 {open}；超過時段 {late}",
        "Stops {stops}: delivered {delivered}, failed {failed}, cancelled {cancelled}, open {open}; late {late}"
    )
    package static let routeSumLoad = Phrase(
        "行駛 {km} 公里，收現 {cash}，送出 {cylinders} 桶，收回空桶 {empties}",
        "Driven {km} km, cash {cash}, cylinders {cylinders}, empties {empties}")
    package static let routeSumTimes = Phrase(
        "從按下到總部收到：一半在 {p50} 內，95% 在 {p95} 內，最久 {max}",
        "From tap to depot: half within {p50}, 95% within {p95}, the longest {max}")
    package static let routeSumTraffic = Phrase(
        "上傳 {up} 位元組，下載 {down} 位元組；最多 {pending} 筆待送；沒有網路 {dark}",
        "Sent {up} bytes, received {down}; at most {pending} waited; without network {dark}")
    package static let routeSumNoReviews = Phrase("沒有需要總部確認的事", "Nothing for the office to decide")
    package static let routeSumReviews = Phrase(
        "待審（{count} 件）：", "Reviews ({count}):")
    package static let routeSumBooks = Phrase(
        "對帳：按了 {tapped} 筆，總部有 {received}，還在手機 {waiting}，遺失 {lost}，重複 {doubled}，變樣 {altered}",
        "Books: tapped {tapped}, at the depot {received}, on a phone {waiting}, lost {lost}, doubled {doubled}, altered {altered}"
    )
    package static let routeSumStopped = Phrase(
        "（提早結束：以上只到停下來的那一刻）", "(Stopped early: this is how it stood then)")
    package static let routeVerdictOK = Phrase(
        "✓ 每一筆都到了總部，沒有遺失，沒有重複", "✓ Everything reached the depot; nothing lost, nothing doubled")
    package static let routeVerdictWaiting = Phrase(
        "… 沒有遺失，但有些還只在手機裡", "… Nothing is lost, but some of it is still only on a phone")
    package static let routeVerdictBroken = Phrase(
        "✗ 對不上：有遺失、重複或變樣的紀錄", "✗ It does not add up: something is lost, doubled or altered")

    package static let routeReportWritten = Phrase("報告：{path}", "Report: {path}")
    package static let routeFileMissing = Phrase(
        "✗ 讀不到檔案 {path}", "✗ The file {path} cannot be read")

    package static let routeViewHead = Phrase(
        "{time}　路線 {route}　{closed}／{total} 站", "{time}  route {route}  {closed} of {total} stops")
    package static let routeViewPaused = Phrase(
        "{time}　暫停　路線 {route}　{closed}／{total} 站",
        "{time}  PAUSED  route {route}  {closed} of {total} stops")
    package static let routeViewETA = Phrase("預計 {time} 跑完", "done about {time}")
    package static let routeViewRoad = Phrase(
        "{way} 第 {stop} 站 {time}", "{way} stop {stop} at {time}")
    package static let routeViewNoStop = Phrase("沒有要去的站了", "No stop left")
    package static let routeViewOnline = Phrase(
        "網路：連線（{kbit} kbit/s）", "Network: on ({kbit} kbit/s)")
    package static let routeViewOffline = Phrase("網路：離線", "Network: off")
    package static let routeViewPhoneOff = Phrase("手機：關機", "Phone: off")
    package static let routeViewHubUp = Phrase("總部：運作中", "Depot: up")
    package static let routeViewHubDown = Phrase("總部：停機", "Depot: down")
    package static let routeViewSafe = Phrase(
        "只在手機 {pending} 筆　總部已收到 {received} 筆",
        "phone only {pending}  at the depot {received}")
    package static let routeViewOnPhone = Phrase("只在手機", "phone only")
    package static let routeViewAtDepot = Phrase("總部已收到", "at the depot")
    package static let routeViewOnPhoneShort = Phrase("在手機", "phone")
    package static let routeViewAtDepotShort = Phrase("在總部", "depot")
    package static let routeKeys = Phrase(
        "空白 暫停　o 飛航模式　t 下一步　q 離開", "space pause  o offline  t tap  q quit")
}
