/// What `lucky-hub --help` says of the way to a hub, of people, and of what waits for a decision.
extension Phrase {
    // Which hub, and who asks.
    package static let helpHubOfficeHub = Phrase(
        "執行中的總部：https://…（http 只限本機）。", "A hub that serves: https://… (http only on this machine).")
    package static let helpHubOfficeFile = Phrase(
        "總部自己的資料檔，限總部沒有執行時。", "A hub's own file, while no hub serves it.")
    package static let helpHubOfficeDepot = Phrase(
        "和 --db 一起用：要建立新檔時的站所。", "With --db: the depot, where the file is to be created.")
    package static let helpHubOfficePerson = Phrase(
        "和 --db 一起用：你是誰（預設：office）。", "With --db: who you are (default: office).")

    // What every edit has.
    package static let helpHubEditID = Phrase(
        "重送這個編號的要求：24 個十六進位數字。", "Repeat the request of this id: 24 hexadecimal digits.")
    package static let helpHubEditContext = Phrase(
        "先前 plan show --json 印出的 context（預設：現在的計畫）。",
        "The context of an earlier “plan show --json” (default: the plan as it is now).")

    // driver, alarms, replicas, report
    package static let helpHubDriver = Phrase(
        "總部接受誰的憑證；停用後，手機裡的紀錄也不會遺失。",
        "Whose tokens open the hub's doors; what their phones hold is never lost.")
    package static let helpHubDriverList = Phrase("已停用的人員。", "Who is deactivated.")
    package static let helpHubDriverName = Phrase("人員的編號。", "The person's id.")
    package static let helpHubDriverDeactivate = Phrase(
        "停用一個人的憑證；手機裡待送的紀錄可由主管的憑證送回。",
        "Refuse a person's tokens; what waits on their phone can come with a supervisor's.")
    package static let helpHubDriverActivate = Phrase(
        "重新接受一個人的憑證。", "Take a person's tokens again.")
    package static let helpHubAlarms = Phrase("維護總部的人必須知道的事。", "What an operator must hear of.")
    package static let helpHubReplicas = Phrase(
        "哪些手機連線過，各同步到哪裡。", "Which devices were here, and how far each is.")
    package static let helpHubReport = Phrase("一天的結果。", "What a day came to.")
    package static let helpHubReportDay = Phrase(
        "依司機和產品：送達、空桶、現金。", "Per driver and product: delivered, empties, cash.")

    // offers
    package static let helpHubOffers = Phrase(
        "總部還原後，只剩手機保有的計畫內容。", "Plan values that only a phone still holds after a restore.")
    package static let helpHubOffersList = Phrase("等候決定的計畫內容。", "Those that wait for a decision.")
    package static let helpHubOfferName = Phrase(
        "那一行的最後一段：異動編號、冒號、序數。", "The last word of its line: change id, colon, index.")
    package static let helpHubOffersTake = Phrase(
        "採用這個值，算是你自己的修改。", "Write the value as your own edit.")
    package static let helpHubOffersDismiss = Phrase("擱置這個值。", "Leave the value aside.")

    // quarantine
    package static let helpHubQuarantine = Phrase(
        "總部收下但沒有採用的紀錄。", "Records that the hub kept and did not apply.")
    package static let helpHubQuarantineList = Phrase(
        "還沒有人決定的紀錄。", "Those that nobody decided over yet.")
    package static let helpHubQuarantineAll = Phrase("已決定的也列出。", "Those decided over too.")
    package static let helpHubQuarantineName = Phrase(
        "那一行的第一段：副本、冒號、計數。", "The first word of its line: replica, colon, counter.")
    package static let helpHubQuarantineRelease = Phrase(
        "解除隔離：現場紀錄照原樣採用，計畫內容算是你自己的修改。",
        "Let it in: its facts as they are, its plan values as your own edit.")
    package static let helpHubQuarantineReject = Phrase(
        "永遠留在隔離區。", "Leave it where it is, for good.")
    package static let helpHubQuarantineExport = Phrase(
        "把一筆照收到的樣子，一個位元組也不差，寫進只有你能讀的檔案。",
        "Write one as it came, byte for byte, into a file for your eyes only.")
    package static let helpHubQuarantineExportMore = Phrase(
        "有這些位元組的人，可以用雜湊證明當時記錄了什麼。裡面有人們寫下的文字。",
        "Whoever has the bytes can prove by their hash what was recorded. People's words are in them."
    )
    package static let helpHubQuarantineExportFile = Phrase("要寫入的檔案。", "The file to write.")

    // purge, unpurge
    package static let helpHubPurge = Phrase(
        "清除已刪除項目的計畫和手機上的副本；紀錄保留。",
        "Forget a deleted entity's plan and its copies on phones; its records stay.")
    package static let helpHubUnpurge = Phrase(
        "讓清除後留下的紀錄再看得到。", "Let what a purge left be seen again.")
    package static let helpHubPurgeEntity = Phrase(
        "項目的編號：34 個十六進位數字。", "The entity: 34 hexadecimal digits.")
}
