/// Help: this phone and the hub: sign-in, outbox, sync, what is wrong.
extension Phrase {
    package static let helpDoctor = Phrase(
        "為什麼還沒送到總部？用司機聽得懂的話檢查這支手機。",
        "Why has it not arrived? Looks this phone over, in a driver's words.")
    package static let helpDoctorMore = Phrase(
        "資料、時鐘、登入、總部、磁碟、權限、版本，以及待送的為什麼還沒送出。不改任何東西，也不用網路；加 --sync 才會現在試一次總部。結束碼 0：都好；1：有事要處理；5：這支手機的資料損壞。",
        "Data, clock, sign-in, depot, disk, access, version, and why what waits has not gone. Nothing is changed, and no network is used, unless --sync asks to try the depot now. Exit code 0: well, 1: something is to be seen to, 5: the data on this phone is damaged."
    )
    package static let helpDoctorSync = Phrase(
        "現在就試總部：送出待送的，和 `lucky sync once` 一樣。",
        "Try the depot now: sends what waits, as `lucky sync once`.")
    package static let helpDoctorBundle = Phrase(
        "另外寫一個給支援人員的新封存檔（tar）；裡面沒有姓名、電話、地址或憑證；司機、站、路線、車和鋼瓶都換了代號。",
        "Write a new archive for support too (tar); no names, numbers, addresses or tokens in it; drivers, stops, routes, trucks and cylinders have other codes there."
    )
    package static let helpSetHubGroup = Phrase("這份資料的總部在哪裡。", "Where this store's hub is.")
    package static let helpSetHub = Phrase(
        "改用總部的另一個網址；存在這裡的都不變。",
        "Name another address of the depot's hub; nothing that is saved here changes.")
    package static let helpHubAddress = Phrase(
        "總部的網址，https://…（只有本機可以用 http）。",
        "The hub's address, https://… (http only on this machine).")
    package static let helpInit = Phrase(
        "在這支手機建立這位司機的副本，只做一次。", "Create this driver's replica on this device, once.")
    package static let helpDriverID = Phrase("司機的編號，例如 drv-01。", "The driver's id, such as drv-01.")
    package static let helpNewTokenFile = Phrase(
        "放司機憑證的檔案，或用 - 從標準輸入讀；不要直接寫憑證。",
        "A file with the driver's token, or - for standard input; never the token itself.")
    package static let helpLogin = Phrase(
        "換成另一個憑證；寄件匣不變。", "Keep another token for the hub; the outbox is untouched.")
    package static let helpTokenFile = Phrase(
        "放司機憑證的檔案，或用 - 從標準輸入讀。", "A file with the driver's token, or - for standard input.")
    package static let helpOutbox = Phrase(
        "已存在這裡、總部還沒收到的。", "What is saved here and not yet received at the depot.")
    package static let helpOutboxList = Phrase(
        "依記錄的順序；沒有總部的收據，就不會離開這裡。", "In the order of the taps; nothing leaves without a receipt.")
    package static let helpOutboxAll = Phrase("已收到的也列出。", "The received ones too.")
    package static let helpOutboxQuarantined = Phrase(
        "只列總部未接受的。", "Only those that the depot did not accept.")
    package static let helpOutboxExport = Phrase(
        "把你的一筆紀錄照封存的樣子寫出來，例如未被接受的那一筆。",
        "Write one of your records as it was sealed, such as one that was not accepted.")
    package static let helpOutboxExportMore = Phrase(
        "就是傳送時的位元組：有了它，就能用雜湊證明記錄過什麼。裡面有人寫的字。",
        "The bytes are those that travel: whoever has them can prove by their hash what was recorded. People's words are in them."
    )
    package static let helpHexOutput = Phrase(
        "寫到哪個檔案；預設：標準輸出，寫成十六進位數字。",
        "The file to write; default: standard output, as hexadecimal digits.")
    package static let helpOutboxRetry = Phrase(
        "現在就送出待送的，不等預定的重試時間。", "Send what waits now, whatever retry was to be waited for.")
    package static let helpOutboxRetryMore = Phrase(
        "和 `lucky sync once` 一樣：失敗後的等待，以及多次失敗後的暫停，都到此為止。總部未接受的不會再送：`lucky outbox list --quarantined`。",
        "The same as `lucky sync once`: a wait after failures, and a rest after many of them, ends with it. What the depot did not accept is not sent again: `lucky outbox list --quarantined`."
    )
    package static let helpSync = Phrase(
        "送出存好的，取回總部改的。", "Send what is saved, fetch what the office changed.")
    package static let helpSyncOnce = Phrase(
        "直到全部收到、全部取回，或第一次失敗。", "Until all is received and fetched, or the first failure.")
    package static let helpSyncWatch = Phrase(
        "直到 Ctrl-C：紀錄馬上送出，總部的修改馬上知道。",
        "Until Ctrl-C: sends taps at once, hears the office's changes at once.")
    package static let helpVerify = Phrase(
        "用摘要證明這支手機和總部所存的相同。", "Prove by digest that this phone and the depot hold the same.")
    package static let helpVerifyMore = Phrase(
        "先同步。再比對你的範圍內、總部紀錄某一個位置上所有資料的 SHA-256，並從位元組重算這支手機自己的資料。不同的會指出來，由總部整份重送；再不同就是錯誤。--offline 只做重算。結束碼 0：相同；1：不同。",
        "Syncs first. Compares one SHA-256 over everything in your scope at one position of the depot's log, and recomputes this phone's own rows from the bytes. What differs is named and sent whole by the hub; what differs again is an error. --offline does only the latter. Exit 0: the same, 1: not."
    )
    package static let helpVerifyOffline = Phrase(
        "只看這支手機的資料；不用網路。", "Only this phone's rows; no network.")
}
