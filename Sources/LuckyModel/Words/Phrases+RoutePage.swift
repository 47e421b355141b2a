/// What the page about a simulated day says.
extension Phrase {
    package static let pageTitle = Phrase("路線模擬 {route} {date}", "Route simulation {route} {date}")
    package static let pageSummary = Phrase("摘要", "Summary")
    package static let pageMap = Phrase("地圖", "Map")
    package static let pageMapAlt = Phrase(
        "{stops} 站的路線圖：送達 {delivered}、失敗 {failed}、取消 {cancelled}、未完成 {open}",
        "Map of {stops} stops: {delivered} delivered, {failed} failed, {cancelled} cancelled, {open} open"
    )
    package static let pageMapNone = Phrase("計畫裡沒有座標", "The plan has no coordinates")
    package static let pageDeadZone = Phrase("沒有網路的區域", "No network here")
    package static let pageDepot = Phrase("總站", "Depot")
    package static let pageScale = Phrase("{km} 公里", "{km} km")
    package static let pageTimeline = Phrase(
        "每一站：按下 → 存好 → 總部收到 → 證明齊全",
        "Each stop: tap → saved → received → proof complete")
    package static let pageTimelineNote = Phrase(
        "存好：手機說已寫入自己的磁碟（模擬裡不花時間）。收到：手機拿到總部的收據。證明齊全：沒有照片的站，收到就齊全；照片還留在手機，這一站就寫明。",
        "Saved: the phone says that it is on its disk (which takes no simulated time). Received: the phone has the depot's receipt. Proof complete: without a photo, with the receipt; a photo stays on the phone, and the stop says so."
    )
    package static let pageOutbox = Phrase("待送筆數", "What waited to be sent")
    package static let pageOutboxAlt = Phrase(
        "全天待送筆數，最多 {pending} 筆；灰色是沒有網路的時間，共 {dark}",
        "What waited over the day, at most {pending}; grey: without network, {dark} in all")
    package static let pageReviews = Phrase("需要總部確認", "For the office to decide")
    package static let pageBooks = Phrase(
        "對帳：按下的紀錄與總部的帳", "Reconciliation: the taps and the depot's books")
    package static let pageStop = Phrase("站", "Stop")
    package static let pageStops = Phrase("站數", "Stops")
    package static let pageCode = Phrase("代號", "Code")
    package static let pageOutcome = Phrase("結果", "Outcome")
    package static let pageArrived = Phrase("到達", "Arrived")
    package static let pageWindow = Phrase("時段", "Window")
    package static let pageTapped = Phrase("按下", "Tapped")
    package static let pageSaved = Phrase("存好", "Saved")
    package static let pageReceived = Phrase("總部收到", "Received")
    package static let pageProof = Phrase("證明齊全", "Proof complete")
    package static let pageProofOnPhone = Phrase(
        "證明未齊（照片在手機）", "proof pending (photo on the phone)")
    package static let pageWaited = Phrase("等了", "Waited")
    package static let pageLate = Phrase("超過時段", "late")
    package static let pageTime = Phrase("時間", "Time")
    package static let pagePending = Phrase("待送", "Waiting")
    package static let pageWhat = Phrase("項目", "What")
    package static let pageByTaps = Phrase("按下的", "By the taps")
    package static let pageByHub = Phrase("總部的帳", "By the depot")
    package static let pageSame = Phrase("相同", "same")
    package static let pageCompared = Phrase("比對", "Compared")
    package static let pageDiffers = Phrase("不同", "differs")
    package static let pageTaps = Phrase("紀錄", "Records")
    package static let pageWaiting = Phrase("還在手機", "Only on a phone")
    package static let pageLost = Phrase("遺失", "Lost")
    package static let pageDoubled = Phrase("重複", "Doubled")
    package static let pageAltered = Phrase("變樣", "Altered")
    package static let pageDelivered = Phrase("送出 {product}", "Delivered {product}")
    package static let pageCollected = Phrase("收回 {product}", "Empties {product}")
    package static let pageCash = Phrase("現金", "Cash")
    package static let pageData = Phrase(
        "這一頁的每個數字都算自同一個 JSON 物件，附在頁尾。同一份計畫、選項與種子會得到同一天。",
        "Every figure of this page comes from one JSON object, which is part of it. The same plan, options and seed give the same day."
    )
    package static let pageP50 = Phrase("一半在這之內到總部", "Half at the depot within")
    package static let pageP95 = Phrase("95% 在這之內到總部", "95% at the depot within")
    package static let pageMax = Phrase("最久", "The longest")
    package static let pageUp = Phrase("上傳位元組", "Bytes sent")
    package static let pageDown = Phrase("下載位元組", "Bytes received")
    package static let pageSeed = Phrase("種子", "Seed")
    package static let pageShowTable = Phrase("以表格顯示", "As a table")
}
