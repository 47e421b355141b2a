/// Help: backups, and files for other programs.
extension Phrase {
    package static let helpBackupWhat = Phrase(
        "把這支手機的資料複製到新檔案，同步中也可以；不需要網路。",
        "Copy this phone's data to a new file, also while it syncs; needs no network.")
    package static let helpBackupMore = Phrase(
        "複製好的檔案會整份讀過才取名，只有你能讀（0600）；已有的檔案絕不覆寫。照片與簽名在旁邊的「檔名-blobs」資料夾。登入憑證不在裡面。",
        "The copy is read back whole before it gets its name, and is for your eyes only (0600); a file that exists is never overwritten. Photos and signatures lie in FILE-blobs beside it. Your sign-in (the token) is not in it."
    )
    package static let helpBackupFile = Phrase("複製到哪個檔案。", "The copy.")
    package static let helpRestoreWhat = Phrase(
        "用備份換掉這支手機的資料；之後請同步。", "Put a backup in the place of this phone's data; then sync.")
    package static let helpRestoreMore = Phrase(
        "原有的資料移到一旁，絕不刪除；若裡面有總部和備份都沒有的紀錄，就什麼都不做。之後手機用新的副本名稱，下次同步會取回備份以後的事。換到另一支手機時，之後請登入：lucky login。",
        "What is there is moved aside, never deleted, and nothing is done where it has taps that neither the depot nor the backup has. The phone goes on under a new name, and the next sync fetches what came after the backup. On another phone, sign in afterwards: lucky login."
    )
    package static let helpRestoreFile = Phrase("備份檔；不會被改動。", "The backup; it stays as it is.")
    package static let helpExport = Phrase(
        "把當天的站輸出成表格或一行一個的 JSON，給別的程式用。",
        "The day's stops as a table or as JSON lines, for another program.")
    package static let helpExportMore = Phrase(
        "裡面有客戶的姓名、電話和地址：--output 建立的檔案只有你能讀（0600），也絕不覆寫別的檔案。有 --json 而沒有 --output，就是 --format jsonl。",
        "Customers' names, numbers and addresses are in it: a file that --output makes is for your eyes only (0600), and never written over another. --json without --output is --format jsonl."
    )
    package static let helpExportFormat = Phrase(
        "csv（有標題列，預設），或 jsonl：每行一個物件，和 `route show --json` 的一樣。",
        "csv, with a header (default), or jsonl: one object a line, as `route show --json` has them."
    )
    package static let helpOutputPath = Phrase(
        "寫到哪個檔案；預設：標準輸出。", "The file to write; default: standard output.")
}
