/// What `lucky-hub --help` says to the hub's operator: of the program, its file and its tokens.
extension Phrase {
    package static let helpHub = Phrase(
        "幸福氣總部：收下站所的異動，排定順序、保存，再送到各手機。",
        "Lucky Gas hub: accepts, orders, keeps and serves the changes of a depot.")
    package static let helpHubFile = Phrase("總部的資料檔。", "The hub's file.")

    // serve
    package static let helpHubServe = Phrase(
        "執行站所的總部，以 HTTP 回應，直到 SIGTERM 或 Ctrl-C。",
        "Keep a depot's hub and answer over HTTP, until SIGTERM or Ctrl-C.")
    package static let helpHubServeMore = Phrase(
        "可以接受要求時印出一行 JSON：位址、站所、歷史。TLS 由前面的伺服器處理：不在這台機器上的，一律只用 https。",
        "Prints one JSON line when requests are taken: address, depot, history. TLS is terminated in front of it: beyond this machine, clients take https only."
    )
    package static let helpHubServeFile = Phrase(
        "總部的資料檔；沒有就建立。", "The hub's file; created where there is none.")
    package static let helpHubServeDepot = Phrase(
        "總部所屬的站所；新檔案必填。", "The depot it keeps; a new file needs it.")
    package static let helpHubServePort = Phrase("0 表示由系統選一個。", "0 lets the system choose one.")
    package static let helpHubServeHost = Phrase("接受連線的位址。", "The address to listen on.")

    // backup, restore
    package static let helpHubBackup = Phrase(
        "把總部的資料檔完整複製成新檔，總部不必停下。",
        "Copy a hub's live file to a new one, consistently, while it serves.")
    package static let helpHubBackupMore = Phrase(
        "從備份啟動的總部會開始新的歷史。", "A hub that is started from the copy begins a new history.")
    package static let helpHubBackupCopy = Phrase(
        "備份檔，權限 0600；已存在的檔案不會覆蓋。", "The copy, 0600; a file that exists is never overwritten.")
    package static let helpHubBackupKeep = Phrase(
        "連這一份在內共保留幾份，更舊的刪除。", "Keep so many copies, this one among them, and delete older ones.")
    package static let helpHubRestore = Phrase(
        "總部沒有執行時，用備份換掉總部的資料檔。",
        "Put a backup in the place of a hub's file, while no hub serves it.")
    package static let helpHubRestoreMore = Phrase(
        "原來的檔案移到一旁，不會刪除。下次啟動會開始新的歷史：備份缺少的紀錄由各手機補送。",
        "What was there is moved aside, never deleted. The next start begins a new history: phones then send what the backup lacks."
    )

    // secret, token
    package static let helpHubSecret = Phrase("簽發憑證用的金鑰。", "The secret that signs tokens.")
    package static let helpHubSecretCreate = Phrase(
        "隨機產生 48 個位元組，以 base64 存成新檔，權限 0600。",
        "Draw 48 random bytes and keep them as base64 in a new file, 0600.")
    package static let helpHubSecretCreateFile = Phrase(
        "存放的檔案；已存在的檔案不會覆蓋。", "The file; one that exists is never overwritten.")
    package static let helpHubSecretFile = Phrase(
        "金鑰檔，權限 0600（預設：$LUCKY_HUB_SECRET）。",
        "A file with the token secret, 0600 (default: $LUCKY_HUB_SECRET).")
    package static let helpHubToken = Phrase(
        "司機和辦公室使用的憑證。", "The tokens that drivers and the office bring.")
    package static let helpHubTokenIssue = Phrase(
        "簽發一個站所裡一個人的憑證。", "Sign a token for one person of one depot.")
    package static let helpHubTokenPerson = Phrase("發給誰，例如 drv-01。", "Whose it is, such as drv-01.")
    package static let helpHubTokenRole = Phrase(
        "driver, supervisor, office, customer_service, dispatcher 或 finance。",
        "driver, supervisor, office, customer_service, dispatcher or finance.")
    package static let helpHubTokenDepot = Phrase("站所。", "The depot.")
    package static let helpHubTokenFor = Phrase(
        "主管用：可以代送紀錄的司機；可重複使用。",
        "Of a supervisor: a driver whose records they may bring; may be repeated.")
    package static let helpHubTokenHours = Phrase(
        "有效時數，1 到 8760。", "How long it is good for, 1 to 8760.")
    package static let helpHubTokenOut = Phrase(
        "存進這個檔案，權限 0600，取代舊檔（預設：印出來）。",
        "Keep it in this file, 0600, in place of an older one (default: print it).")
}
