/// Why a case is no case: what is wrong at a place of its file.
extension Phrase {
    // The file.
    package static let faultAt = Phrase("{place}：{reason}", "{place}: {reason}")
    package static let faultUnreadable = Phrase("檔案讀不到", "the file cannot be read")
    package static let faultNotUTF8 = Phrase("不是 UTF-8", "not UTF-8")
    package static let faultNotJSON = Phrase(
        "第 {line} 行：從「{found}」起不是 JSON", "line {line}: not JSON at “{found}”")
    package static let faultKeyTwice = Phrase(
        "同一個鍵寫了兩次（第 {line} 行）", "the key stands twice (line {line})")
    package static let faultFileName = Phrase("檔名是 {name}.json", "the file is called {name}.json")
    package static let faultQuoted = Phrase("「{text}」", "“{text}”")

    // Keys and values.
    package static let faultExpected = Phrase("這裡要的是：{what}", "{what} is expected")
    package static let faultOtherKind = Phrase("這裡要的是另一種值", "a value of another kind is expected")
    package static let faultUnknown = Phrase("不認得「{name}」", "“{name}” is not known")
    package static let faultKeyUnknown = Phrase("不認得這個鍵", "the key is not known")
    package static let faultKeyMissing = Phrase("缺少「{key}」這個鍵", "the key “{key}” is missing")
    package static let faultMissing = Phrase("缺少這一項", "missing")
    package static let faultForm = Phrase("「{text}」不對，這裡要的是：{form}", "“{text}” is not {form}")
    package static let faultNoneOf = Phrase("「{text}」不在這些字裡：{words}", "“{text}” is none of {words}")
    package static let faultRange = Phrase(
        "{digits} 不是 {least} 到 {most} 的整數", "{digits} is no whole number from {least} to {most}")
    package static let faultNotWhole = Phrase(
        "{digits} 不是 64 位元的整數", "{digits} is no whole number of 64 bits")
    package static let faultTooFew = Phrase("項目太少", "too few entries")
    package static let faultEmpty = Phrase("裡面是空的", "nothing in it")
    package static let faultNoName = Phrase("「{name}」不能當名稱", "“{name}” is no name")
    package static let faultCount = Phrase("要 1 到 {most} 個", "1 to {most} are wanted")
    package static let faultAtMost = Phrase("最多 {most}", "at most {most}")
    package static let faultUpTo = Phrase("要 0 到 {most}", "0 to {most}")
    package static let faultHex = Phrase("要成對的十六進位數字", "pairs of hexadecimal digits are wanted")

    // What a value may be.
    package static let kindText = Phrase("文字", "a text")
    package static let kindWhole = Phrase("整數", "a whole number")
    package static let kindBits = Phrase("{bits} 位元的整數", "a whole number of {bits} bits")
    package static let kindFlag = Phrase("true 或 false", "true or false")
    package static let kindList = Phrase("清單", "a list")
    package static let kindObject = Phrase("物件", "an object")
    package static let kindOther = Phrase("另一種值", "another value")
    package static let kindNull = Phrase("null", "null")
    package static let kindPlanValue = Phrase(
        "文字、數字、true、false 或 null", "a text, a number, a flag or null")
    package static let kindPhones = Phrase("列出手機的物件", "an object of phones")
    package static let kindDriver = Phrase("司機的名字", "the driver's name")
    package static let kindOneField = Phrase("剛好一個欄位", "one field")
    package static let kindChainPlaces = Phrase("鏈上位置的清單", "a list of places of the chain")
    package static let formName = Phrase("1 到 128 位元組的名稱", "a name of 1 to 128 bytes")
    package static let formDuration = Phrase(
        "時間長度，例如 +10m、-2h、+3d、+5s 或 +250ms", "a duration such as +10m, -2h, +3d, +5s or +250ms")
    package static let formTime = Phrase("時刻，例如 09:30 或 +10m", "a time such as 09:30 or +10m")
    package static let formDay = Phrase("日期，例如 2026-11-22", "a day such as 2026-11-22")
    package static let formWindow = Phrase("時段，例如 08:00-10:00", "a window such as 08:00-10:00")
    package static let formHex = Phrase("成對的十六進位數字", "pairs of hexadecimal digits")
}
