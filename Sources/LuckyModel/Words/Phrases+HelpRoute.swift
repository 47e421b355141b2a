/// Help: the day's route: looked at, checked, put in order, simulated.
extension Phrase {
    package static let helpRouteCheck = Phrase(
        "出車以前先看過路線：載重、時段、座標、聯絡方式、鋼瓶。",
        "Look a route over before it is driven: load, windows, places, contacts, cylinders.")
    package static let helpRouteCheckMore = Phrase(
        "看這支手機當天的路線；加 --plan 則看還沒匯入的路線檔。不改任何東西：不像地址的地址照樣保留，但會說出來。車會超重或趕不上時段時，結束碼 1；只需留意的是 0。車重只算瓦斯的公斤數，桶身的重量沒有紀錄，要另外加上。",
        "Of this phone's day, or with --plan of a plan file that is not imported yet. Nothing is changed: an address that does not read as one is kept, and said. Exit code 1 where the truck would be too heavy or a window cannot be met; what is only to be noted gives 0. The load is the gas alone: the cylinders' own weight is not recorded, and comes on top."
    )
    package static let helpPlanFile = Phrase(
        "路線檔，和 `lucky-hub plan import` 用的一樣。", "A plan file, as `lucky-hub plan import` takes it.")
    package static let helpDemoDay = Phrase("專案自己的臺東一日。", "The project's own day in Taitung.")
    package static let helpEachRoute = Phrase(
        "路線代號，有好幾條時用（預設：每一條）。",
        "The route's code, where there are several (default: each of them).")
    package static let helpCheckProfile = Phrase(
        "JSON：車速和每站時間，取代專案自己的。", "JSON: speeds and service times, in place of the project's own.")
    package static let helpAt = Phrase(
        "從這個時間出發算起，例如 13:30（預設：上一站完成時或早上；今天不早於現在）。",
        "Count from this time of the day, such as 13:30 (default: when the last stop was done, or the morning; today no earlier than now)."
    )
    package static let helpRouteGroup = Phrase(
        "當天的路線，這支手機所存的。", "The day's route, as this phone holds it.")
    package static let helpRouteShow = Phrase(
        "當天的站，依順序；不需要網路。", "The day's stops in order; needs no network.")
    package static let helpRouteNews = Phrase(
        "總部改了而你還沒看的；看過會記下來。",
        "What the office changed and you have not looked at; looking is recorded.")
    package static let helpPeek = Phrase("只看，不記錄你看過。", "Show it without recording that you looked.")
    package static let helpResequence = Phrase(
        "替還沒送的站建議較好的順序；--record 會存成你的順序。",
        "Propose a better order for the open stops; --record keeps it as yours.")
    package static let helpResequenceMore = Phrase(
        "先求較少的站超過時段才到，再求公里數較少。沒有 --record 只是建議；有的話，就當成司機的偏好存在這支手機。總部的計畫不變。不需要網路。",
        "Fewer stops reached after their window first, then fewer kilometres. Only a proposal until --record: then it is saved on this phone as the driver's preference. The office's plan stays as it is. Needs no network."
    )
    package static let helpRouteStart = Phrase(
        "記錄你出車了；不需要網路。", "Record that you set out; needs no network.")
    package static let helpRouteComplete = Phrase(
        "記錄整條路線做完了，總部結束當天就不必再問你；不需要網路。",
        "Record that the route is done, so that the office can close it without asking; needs no network."
    )
    package static let helpOneRoute = Phrase(
        "路線代號，當天有好幾條時用。", "The route's code, where the day has several.")
    package static let helpRecord = Phrase(
        "把建議的順序存成你的偏好。", "Keep the proposed order as your preference.")
    package static let helpSimulate = Phrase(
        "用模擬的時間跑一次計畫好的路線：什麼會到、什麼時候到？",
        "Drive a planned route in simulated time: what would arrive, and when?")
    package static let helpSimulateMore = Phrase(
        "真正的資料檔、同步程式和總部，用它們自己的時鐘。總部在記憶體裡，屬於真正的總部不會有的總站 SIM：模擬的東西不會混進真的紀錄。在終端機上會邊跑邊顯示（空白鍵：暫停，o：飛航模式，t：司機馬上做下一件事，q：結束）。相同的計畫、選項和種子會得到同一天。有遺失、重複或變樣時，結束碼 1。",
        "The real store, sync machine and hub, on a clock of their own. The hub is one in memory, of the depot SIM, which no real hub keeps: nothing of a simulation gets among what happened. On a terminal the day is shown as it goes by (space: pause, o: flight mode, t: the driver does the next thing at once, q: quit). The same plan, options and seed give the same day. Exit code 1 where anything was lost, doubled or altered."
    )
    package static let helpSpeed = Phrase(
        "1x、60x 或 max：一天過得多快。", "1x, 60x or max: how fast the day goes by.")
    package static let helpReport = Phrase(
        "把這一天寫成一頁：地圖、時間表、寄件匣、待審、對帳。",
        "Write a page about the day: map, timeline, outbox, reviews, reconciliation.")
    package static let helpDemoDayDefault = Phrase(
        "專案自己的臺東一日（預設）。", "The project's own day in Taitung (the default).")
    package static let helpGPX = Phrase(
        "GPX 檔：航點就是站；若是軌跡，停留的地方就是站。",
        "A GPX file: its waypoints are the stops; of a track, where it stood still.")
    package static let helpPlanHub = Phrase(
        "運作中的總部，從那裡讀 --route 的計畫；不會寫入任何東西。",
        "A hub that serves, to read the plan of --route from; nothing is written there.")
    package static let helpOfficeToken = Phrase(
        "和 --hub 一起用：放總部人員憑證的檔案，或 -（預設：$LUCKY_TOKEN）。",
        "With --hub: a file with an office token, or - (default: $LUCKY_TOKEN).")
    package static let helpSimulateDate = Phrase(
        "營業日：檔案有好幾天時選一天（預設：第一天）；有 --gpx 時是播放的那一天（預設：2026-11-22）；有 --hub 時是計畫的那一天（預設：照總部的時鐘，臺北的今天）。",
        "The business day: of a file with several (default: its first), with --gpx the one it is played on (default: 2026-11-22), with --hub the plan's (default: today in Taipei by the hub's clock)."
    )
    package static let helpFirstRoute = Phrase(
        "路線代號，有好幾條時用（預設：檔案的第一條）。",
        "The route's code, where there are several (default: the file's first).")
    package static let helpSimulateProfile = Phrase(
        "JSON：車速、每站時間、失敗、總部的修改、沒有網路的區域；取代專案自己的。",
        "JSON: speeds, service times, failures, edits, dead zones; in place of the project's own.")
    package static let helpNetworkTrace = Phrase(
        "有 t_s 和 kbit_s 兩欄的 CSV：實際量到的網路，取代沒有網路的區域。",
        "CSV with t_s and kbit_s: the network as measured, in place of dead zones.")
    package static let helpRoads = Phrase(
        "GeoJSON：用線表示的道路，車沿著走，取代直線加繞路。",
        "GeoJSON: roads as lines, to drive along in place of straight lines and a detour.")
    package static let helpBatteryDeath = Phrase("手機沒電的時間。", "The phone's battery is flat.")
    package static let helpNewPhone = Phrase(
        "司機換用另一支空的手機：從這個時間以後、第一個有網路的站開始。",
        "The driver goes on with another, empty phone: from then on at the next stop with a network."
    )
    package static let helpHubOutage = Phrase("總部系統停機的時間。", "The depot's system is down.")
}
