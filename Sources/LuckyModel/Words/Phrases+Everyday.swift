/// What the everyday verbs say: today, next, cash, stock, export.
extension Phrase {
    package static let todayHead = Phrase(
        "{date}　{driver}　已完成 {closed}／{total} 站", "{date}  {driver}  {closed} of {total} stops done"
    )
    package static let todayNone = Phrase(
        "{date}　{driver}　沒有路線", "{date}  {driver}  no route")
    package static let todayNext = Phrase("下一站", "Next")
    package static let todayBox = Phrase("現金箱", "Cash box")
    package static let todayToDeliver = Phrase("還要送", "To deliver")
    package static let todayOutbox = Phrase("待送總部", "Waiting to be sent")
    package static let todayProofs = Phrase("照片簽名", "Photos")
    package static let todayProofCount = Phrase(
        "{count} 站的還只在這支手機", "stops whose pictures only this phone has: {count}")
    package static let todayProofsGone = Phrase(
        "⚠ {count} 張不在這支手機了：`lucky doctor`", "⚠ {count} gone from this phone: `lucky doctor`")
    package static let todayNews = Phrase("新消息", "News")
    package static let todayReviews = Phrase("待審", "Reviews")
    package static let todayNothing = Phrase("沒有", "nothing")
    package static let todayNewsCount = Phrase(
        "{count} 件，用 `lucky route news` 看", "{count}: `lucky route news`")
    package static let todayReviewCount = Phrase(
        "{count} 件，用 `lucky review list` 看", "{count}: `lucky review list`")
    package static let nextNone = Phrase("沒有待配送的站了", "No stop is left to deliver")
    package static let nextSayDone = Phrase(
        "整條路線做完了就用 `lucky route complete` 記錄",
        "Done with the route? `lucky route complete` records it")
    package static let routeStarted = Phrase(
        "✓ 路線 {route}：出車，已存在這支手機（變更 {change}）",
        "✓ Route {route}: you set out, saved on this phone (change {change})")
    package static let routeCompleted = Phrase(
        "✓ 路線 {route} 做完了，已存在這支手機（變更 {change}）",
        "✓ Route {route} is done, saved on this phone (change {change})")
    package static let routeTapRecorded = Phrase(
        "✓ 這一筆先前已經記錄（變更 {change}）", "✓ That was recorded before (change {change})")
    package static let routeSaidOut = Phrase("  {time} 出車", "  Set out at {time}")
    package static let routeSaidDone = Phrase(
        "  司機說 {time} 做完了", "  Its driver was done at {time}")
    package static let neverFetched = Phrase(
        "還沒有向總部取過任何路線：`lucky sync once`",
        "No route was fetched from the depot yet: `lucky sync once`")
    package static let nextRemaining = Phrase("之後還有 {count} 站", "{count} more after it")
    package static let nextWindow = Phrase("時段", "Window")
    package static let nextGoods = Phrase("送", "Bring")
    package static let nextNote = Phrase("備註", "Note")
    package static let nextPhone = Phrase("電話", "Phone")
    package static let nextAddress = Phrase("地址", "Address")

    package static let cashBox = Phrase("現金箱裡應有", "The box should hold")
    package static let cashFloat = Phrase("找零金", "Change money")
    package static let cashTaken = Phrase("收款", "Taken")
    package static let cashDropped = Phrase("繳回", "Handed in")
    package static let cashFrom = Phrase("收款的站", "Taken at")
    package static let cashNone = Phrase("還沒有收款", "Nothing taken yet")
    package static let cashNotOnDuty = Phrase(
        "還沒有上班打卡，找零金沒有算進去", "Nobody clocked in: no change money is counted")

    package static let stockHead = Phrase("車上（照計畫裝車）", "On the truck (as planned)")
    package static let stockNone = Phrase("今天的計畫沒有瓦斯桶", "Today's plan has no cylinders")
    package static let stockProduct = Phrase("品項", "Product")
    package static let stockPlanned = Phrase("裝車", "Load")
    package static let stockDelivered = Phrase("已送", "Gone")
    package static let stockLeft = Phrase("剩滿桶", "Full")
    package static let stockNeeded = Phrase("還要送", "Due")
    package static let stockEmpties = Phrase("空桶", "Empty")
    package static let stockOver = Phrase(
        "⚠ {product} 送出的比裝車的多 {count}", "⚠ {product}: {count} more gone than were loaded")
    package static let stockShort = Phrase(
        "⚠ {product} 不夠：剩 {left}，還要 {needed}",
        "⚠ {product} will not do: {left} left, {needed} needed")

    package static let exportNotWritten = Phrase(
        "✗ 寫不進 {path}", "✗ {path} cannot be written")
    package static let exportWritten = Phrase(
        "{path}：{count} 列（含客戶姓名與電話，請小心保管）",
        "{path}, rows: {count} (with customers' names and numbers: keep it safe)")
    package static let exportExists = Phrase(
        "✗ {path} 已經存在", "✗ {path} exists already")
}
