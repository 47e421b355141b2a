/// What the system and SQLite say of a file, in both languages; what is not here is said as it came.
enum SystemWords {
    private static let known: [(said: String, phrase: Phrase)] = [
        ("Permission denied", Phrase("沒有權限", "Permission denied")),
        ("Operation not permitted", Phrase("不允許", "Operation not permitted")),
        ("No space left on device", Phrase("空間不足", "No space left on device")),
        ("Disk quota exceeded", Phrase("空間配額用完", "Disk quota exceeded")),
        ("Read-only file system", Phrase("檔案系統唯讀", "Read-only file system")),
        ("Input/output error", Phrase("讀寫錯誤", "Input/output error")),
        ("No such file or directory", Phrase("沒有這個檔案或資料夾", "No such file or directory")),
        ("Not a directory", Phrase("不是資料夾", "Not a directory")),
        ("Is a directory", Phrase("是資料夾", "Is a directory")),
        ("File exists", Phrase("檔案已經存在", "File exists")),
        ("File name too long", Phrase("檔名太長", "File name too long")),
        ("Too many open files", Phrase("開啟的檔案太多", "Too many open files")),
        ("Address already in use", Phrase("位址已被占用", "Address already in use")),
        (
            "database disk image is malformed",
            Phrase("資料庫的結構壞了", "database disk image is malformed")
        ),
        ("file is not a database", Phrase("不是資料庫檔", "file is not a database")),
        ("disk I/O error", Phrase("磁碟讀寫錯誤", "disk I/O error")),
        ("database or disk is full", Phrase("空間不足", "database or disk is full")),
        (
            "attempt to write a readonly database",
            Phrase("資料庫唯讀", "attempt to write a readonly database")
        ),
        ("unable to open database file", Phrase("打不開資料庫檔", "unable to open database file")),
        ("database is locked", Phrase("資料庫正由別的程式使用", "database is locked")),
    ]

    static func said(_ detail: String, in language: Language) -> String {
        known.reduce(detail) { text, known in
            text.replacing(known.said, with: known.phrase.text(in: language))
        }
    }
}

extension Phrase {
    /// A sentence of the system's in the caller's language, where it is one that is known.
    package static func system(_ detail: String, in language: Language) -> String {
        SystemWords.said(detail, in: language)
    }
}
