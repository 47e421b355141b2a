/// Help: cases, simulations, the demo.
extension Phrase {
    package static let helpCasesWhat = Phrase(
        "衝突案例：檔案裡的小歷史，以及應有的結果。",
        "Conflict cases: small histories in files, with what must come of them.")
    package static let helpCasesRun = Phrase(
        "用真正的資料檔、同步程式和總部播放案例。", "Play cases against the real store, sync machine and hub.")
    package static let helpCasesRunMore = Phrase(
        "資料夾代表底下所有的 .json。途中的訊息在 5 則以內時每一種順序都試，更多時試指定的種數；總部有記憶體的，也有 SQLite 的。加 --json 時每個案例一個物件、一行。全部通過才是結束碼 0，否則 1。",
        "A folder means every .json below it. Messages in flight land in every order when they are 5 or fewer, else in so many distinct ones, on hubs in memory and on SQLite. With --json, one object a case, each on a line. Exit code 1 unless all pass."
    )
    package static let helpCasesFiles = Phrase("案例檔，或放案例檔的資料夾。", "Case files, and folders of them.")
    package static let helpCasesOrders = Phrase(
        "訊息更多時，試幾種不同的順序。", "Distinct orders of messages, where there are more.")
    package static let helpCasesSchema = Phrase(
        "印出 lucky-case/1 的 JSON Schema。", "Print the JSON Schema of lucky-case/1.")
    package static let helpDemo = Phrase(
        "播放一天的配送，該出的狀況都出，最後評判。", "Play a day of deliveries with all that goes wrong, and judge it.")
    package static let helpDemoPlay = Phrase(
        "三位司機、一位派車員和一個總部，各是一個程序；最後宣布結果。",
        "Three drivers, a dispatcher and a hub, each a process; then the verdict.")
    package static let helpDemoPlayMore = Phrase(
        "沒有遺失、沒有重複、大家都一致，結束碼才是 0，否則 1。",
        "Exit 0 only if nothing was lost or doubled and all agree, else 1.")
    package static let helpDemoKeep = Phrase(
        "把這一天的檔案留在這個新資料夾。", "Keep the day's files in this new folder.")
    package static let helpDemoSeed = Phrase(
        "相同的種子做相同的選擇（預設：抽一個，並印出來）。",
        "The same seed makes the same choices (default: drawn, and printed).")
    package static let helpDemoJudge = Phrase(
        "重新評判 --keep 留下的：帳本、副本、總部檔案的複本。",
        "Judge again what --keep left: ledgers, replicas, a copy of the hub's file.")
    package static let helpDemoFolder = Phrase(
        "demo --keep 建立的資料夾。", "The folder that demo --keep made.")
    package static let helpDemoGuard = Phrase(
        "收拾被強制結束的 demo 留下的程序。", "Ends what a killed demo left behind.")
    package static let helpDemoDriver = Phrase("demo 裡的一位司機。", "One driver of the demo.")
    package static let helpSeed = Phrase("一切都由它抽出。", "Everything is drawn from it.")
    package static let helpSimulateYears = Phrase(
        "用一個種子模擬司機好幾年的工作，能出錯的都會出錯。",
        "Years of drivers under one seed, with everything failing that can.")
    package static let helpDrivers = Phrase("總站的司機人數，1 到 16。", "Drivers of the depot, 1 to 16.")
    package static let helpDays = Phrase("工作天數，1 到 60。", "Days of work, 1 to 60.")
    package static let helpFaults = Phrase("none（沒有）、light（少）或 heavy（多）。", "none, light or heavy.")
    package static let helpMinimize = Phrase(
        "找出一個種子仍會失敗的最短歷史。", "Find the shortest history of a seed that still fails.")
    package static let helpMinimizeMore = Phrase(
        "先拿掉人做的事，再拿掉出的狀況，再拿掉整支手機，只要同一個檢查還找得到問題就繼續。",
        "Leaves out what people do, then what goes wrong, then whole phones, for as long as the same checker still finds something."
    )
    package static let helpMinimizeRuns = Phrase("最多播放幾次。", "How often to play it at most.")
    package static let helpReplay = Phrase(
        "再播放一個種子，並印出它的歷史。", "Play one seed again and print its history.")
    package static let helpSimulateRun = Phrase(
        "播放種子，並說出哪些沒有成立。", "Play seeds, and say what did not hold.")
    package static let helpSimulateRunMore = Phrase(
        "真正的資料檔、同步程式和總部，在模擬的磁碟、連線和時鐘上。先讓一切都可能失敗；再全部修好，誰都不碰，十分鐘之內一切都必須一致。第一個種子和每第一百個種子播放兩次，結果必須相同。加 --json 時，最後一行是總計的物件。全部成立才是結束碼 0，否則 1。",
        "Real stores, sync machines and hub, on simulated disks, links and clocks. First anything may fail; then all is mended, nobody touches anything, and within ten minutes everything must have come together. Each hundredth seed, and the first, is played twice and must come to the same. With --json, the last line is one object that adds all up. Exit code 1 unless everything held."
    )
    package static let helpSeeds = Phrase("從 --seed 開始，共幾個種子。", "How many seeds, from --seed on.")
    package static let helpSwarmMinutes = Phrase(
        "幾分鐘後不再開始新的種子（預設：全部播完）。",
        "No seed begins after so many minutes (default: all are played).")
    package static let helpCanary = Phrase(
        "每個種子偷走一筆已存下的紀錄：檢查沒有發現時，結束碼 1。",
        "Take one saved record away in each seed: exit code 1 where no check misses it.")
    package static let helpShortenRuns = Phrase(
        "第一個失敗的種子最多再播放幾次，好讓它的歷史變短。",
        "How often the first seed that fails is played again to make its history short.")
    package static let helpCommit = Phrase(
        "寫在失敗旁邊的 commit（預設：$LUCKY_COMMIT）。",
        "The commit that is named beside a failure (default: $LUCKY_COMMIT).")
}
