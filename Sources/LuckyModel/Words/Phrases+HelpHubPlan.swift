/// What `lucky-hub plan --help` says: of a day's plan and its edits.
extension Phrase {
    // What a verb is told: a stop, a route.
    package static let helpHubStopName = Phrase("停靠點的站名或項目編號。", "The stop's code or entity.")
    package static let helpHubRouteName = Phrase("路線的代號或項目編號。", "The route's code or entity.")
    package static let helpHubRouteInstead = Phrase(
        "不是停靠點而是路線：路線的代號或項目編號。", "Instead of a stop: a route's code or entity.")

    // plan, plan show, plan history
    package static let helpHubPlan = Phrase(
        "辦公室對一天的安排：查看、修改。", "What the office wants of a day: look at it, edit it.")
    package static let helpHubPlanMore = Phrase(
        "每次修改都帶著你當時看到的內容。別人若同時改了同一欄，兩個值都保留，並會告訴你；誰的修改都不會被覆蓋。",
        "An edit carries what you saw. Where somebody else wrote the same field meanwhile, both values are kept and the answer says so; nobody's edit is overwritten."
    )
    package static let helpHubPlanShow = Phrase(
        "一天的計畫、執行的結果，以及誰看過哪些變更。", "A day's plan, what became of it, and who has seen which change.")
    package static let helpHubPlanShowRoute = Phrase(
        "只看這條路線：代號或項目編號。", "Only this route: its code or entity.")
    package static let helpHubPlanShowStop = Phrase(
        "只看這一站：站名或項目編號。", "Only this stop: its code or entity.")
    package static let helpHubPlanHistory = Phrase(
        "停靠點或路線的欄位有過的每個值：誰寫的，當時看到什麼。",
        "Every value that a stop's or route's fields had: by whom, having seen what.")
    package static let helpHubPlanHistoryMore = Phrase(
        "被改寫的值也不會遺失。", "What was written over is never lost.")
    package static let helpHubPlanHistoryField = Phrase(
        "只看這個欄位，例如 window。", "Only this field, such as window.")

    // plan import
    package static let helpHubImport = Phrase(
        "匯入計畫檔：CSV（UTF-8），或內容相同的 JSON。", "Take a plan file: CSV (UTF-8), or the same as JSON.")
    package static let helpHubImportMore = Phrase(
        "每一列都能用才會寫入，除非加上 --partial；有任何一列不能用，結束碼是 1。同一個檔案再匯入一次，什麼都不會變；改過的列算是修改。",
        "Changes nothing unless all rows pass, or --partial is given; exit 1 where a row did not. The same file again changes nothing; a changed row is an edit."
    )
    package static let helpHubImportFile = Phrase(
        "檔案，或 - 表示標準輸入。", "The file, or - for standard input.")
    package static let helpHubImportPartial = Phrase(
        "其他列不能用時，仍匯入能用的列。", "Take the rows that pass, although others do not.")
    package static let helpHubImportCancelMissing = Phrase(
        "這些路線的站，檔案裡已經沒有的就取消。",
        "Cancel the stops of these routes that the file does not have any more.")
    package static let helpHubImportDryRun = Phrase(
        "只說會改什麼，不寫入。", "Say what would change; write nothing.")
    package static let helpHubImportID = Phrase("重送這個編號的匯入。", "Repeat the import of this id.")

    // plan set, plan insert, plan resequence
    package static let helpHubSet = Phrase(
        "修改停靠點的欄位，或路線的車輛和載重。", "Change fields of a stop, or vehicle and load of a route.")
    package static let helpHubSetMore = Phrase(
        "空白的文字會清空欄位：--note ''。", "An empty text empties a field: --note ''.")
    package static let helpHubSetVehicle = Phrase("路線的車輛。", "The route's vehicle.")
    package static let helpHubSetCapacity = Phrase("車輛的載重，公斤。", "What the vehicle may carry, kg.")
    package static let helpHubSetBooks = Phrase("辦公室另外保存的資料", "What the office keeps")
    package static let helpHubInsert = Phrase(
        "在路線上新增一站；後面的站順延。", "Add a stop to a route; those behind it make room.")
    package static let helpHubInsertRow = Phrase(
        "計畫檔的一列；不寫就用選項。", "One row of a plan file; or use the options.")
    package static let helpHubInsertStop = Phrase("站名，當天不能重複。", "The stop's code, new on that day.")
    package static let helpHubResequence = Phrase(
        "排定路線的順序；沒有寫到的站照原來的順序接在後面。",
        "Set the order of a route; stops that are not named follow as they are.")
    package static let helpHubResequenceStops = Phrase(
        "各站的新順序：站名或項目編號。", "The stops in their new order: codes or entities.")

    // Where a stop goes, and whether.
    package static let helpHubReassign = Phrase(
        "把停靠點改派給別的司機或路線。", "Give a stop to another driver or route.")
    package static let helpHubPlaceDriver = Phrase(
        "司機（預設：路線的司機）。", "The driver (default: the route's).")
    package static let helpHubPlaceRoute = Phrase(
        "路線的代號或項目編號（預設：該司機當天唯一的路線）。",
        "The route's code or entity (default: the driver's only one of that day).")
    package static let helpHubPlaceSequence = Phrase(
        "在路線上的順序（預設：排在最後一站之後）。", "The place in the route (default: behind its last stop).")
    package static let helpHubCancel = Phrase(
        "取消當天的停靠點；已送達的仍然算數。", "Take a stop out of the day; a delivery stands all the same.")
    package static let helpHubCancelReason = Phrase(
        "原因：寫給司機的話，不會被覆蓋。", "Why: words to the driver that nothing overwrites.")
    package static let helpHubUncancel = Phrase("恢復已取消的停靠點。", "Put a cancelled stop back.")
    package static let helpHubReopen = Phrase(
        "讓配送失敗的停靠點再送一次。", "Grant a failed stop another attempt.")
    package static let helpHubReschedule = Phrase(
        "讓配送失敗的停靠點改天或改路線再送一次。", "Grant a failed stop another attempt on another day or route.")
    package static let helpHubRescheduleDay = Phrase(
        "新的日期，yyyy-mm-dd（預設：今天）。", "The new day, yyyy-mm-dd (default: today).")
    package static let helpHubCancelRoute = Phrase(
        "取消路線：已送達的站不變，未送的站退回調度。",
        "Take a route off: delivered stops stay, open ones go back to dispatch.")
    package static let helpHubCloseRoute = Phrase(
        "代司機結束路線；他之後在那裡的紀錄仍然算數。",
        "End a route in its driver's place; what he records there still counts.")
    package static let helpHubCloseRouteMore = Phrase(
        "這時會列入待審，除非他自己已經結束。", "A review says so, unless he had ended it himself.")
}
