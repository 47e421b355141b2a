extension Phrase {
    package static let unknownColumn = Phrase(
        "沒有「{column}」這個欄位，已略過", "Unknown column “{column}”, ignored")

    package static let importNotUTF8 = Phrase(
        "檔案不是 UTF-8（可能是 Big5）；請在 Excel 另存為「CSV UTF-8」再試",
        "The file is not UTF-8 (perhaps Big5); save it as “CSV UTF-8” in Excel and try again")
    package static let importNotText = Phrase(
        "這不是文字檔；請另存為「CSV UTF-8」", "This is not a text file; save it as “CSV UTF-8”")
    package static let importTooLarge = Phrase(
        "檔案太大（{found} 位元組）", "The file is too large ({found} bytes)")
    package static let importEmpty = Phrase("檔案是空的", "The file is empty")
    package static let importMissingColumn = Phrase(
        "標題列缺少欄位：{column}", "The header row lacks: {column}")
    package static let importDuplicateColumn = Phrase(
        "欄位「{column}」出現兩次", "“{column}” stands there twice")
    package static let importOpenQuote = Phrase("這裡的引號沒有結束", "A quote opens here and never closes")
    package static let importBadJSON = Phrase(
        "JSON 在這裡無法讀取：{found}", "The JSON cannot be read here: {found}")
    package static let importFieldCount = Phrase(
        "欄位數和標題列不同（{found}）", "Not as many fields as the header has ({found})")
    package static let importBadQuote = Phrase("引號後面還有文字", "Text follows a closing quote")
    package static let importNotAStop = Phrase(
        "{column} 這裡應是一站的資料（文字或數字）", "{column} Expected a stop made of texts and numbers")
    package static let importMissing = Phrase("「{column}」不可空白", "“{column}” must not be empty")
    package static let importTooLong = Phrase("「{column}」太長", "“{column}” is too long")
    package static let importBadName = Phrase(
        "「{column}」的名稱不能用：{found}", "“{column}” is not a usable name: {found}")
    package static let importBadDate = Phrase(
        "日期看不懂：{found}（例：2026-11-22 或 115/11/22）",
        "Not a date: {found} (such as 2026-11-22 or 115/11/22)")
    package static let importBadSequence = Phrase(
        "順序應是 1 到 10000：{found}", "Sequence must be 1 to 10000: {found}")
    package static let importBadCoordinate = Phrase(
        "「{column}」座標有誤：{found}（緯度和經度要成對）",
        "“{column}” is not a position: {found} (latitude and longitude go together)")
    package static let importLatitudeFirst = Phrase(
        "「{column}」{found} 超過 90：緯度在前、經度在後（台灣是 22 到 26、118 到 123）",
        "“{column}” {found} is beyond 90: latitude comes first, then longitude")
    package static let importBadWindow = Phrase(
        "時段看不懂：{found}（例：08:00-10:00，或 0、1、2、3）",
        "Not a time window: {found} (such as 08:00-10:00, or 0, 1, 2, 3)")
    package static let importBadItems = Phrase(
        "「{column}」看不懂：{found}（例：20kg*2+16kg*1）",
        "“{column}” cannot be read: {found} (such as 20kg*2+16kg*1)")
    package static let importUnknownProduct = Phrase(
        "「{column}」沒有這項產品：{found}", "“{column}” names an unknown product: {found}")
    package static let importBadCount = Phrase(
        "「{column}」數量應是 1 到 10000：{found}", "“{column}” needs counts from 1 to 10000: {found}")
    package static let importBadPrice = Phrase(
        "價格有誤：{found}（不可為負，最多兩位小數）", "Not a price: {found} (not negative, at most two decimals)")
    package static let importUnknownPayment = Phrase(
        "付款方式不明：{found}（例：現金、轉帳、支票、月結）",
        "Unknown payment: {found} (such as cash, transfer, check, monthly)")
    package static let importBadCapacity = Phrase(
        "載重有誤：{found}（公斤）", "Not a capacity in kilograms: {found}")
    package static let importDuplicateStop = Phrase(
        "站點 {found} 在第 {first} 行已出現", "Stop {found} already stands on line {first}")
    package static let importDuplicateSequence = Phrase(
        "同一路線的順序 {found} 在第 {first} 行已使用",
        "Sequence {found} of this route is taken by line {first}")
    package static let importTwoDrivers = Phrase(
        "同一路線在第 {first} 行是另一位司機（這裡是 {found}）",
        "Line {first} gives this route another driver (here {found})")
    package static let importTwoVehicles = Phrase(
        "同一路線在第 {first} 行是另一輛車（這裡是 {found}）",
        "Line {first} gives this route another vehicle (here {found})")
    package static let importTwoCapacities = Phrase(
        "同一路線在第 {first} 行是另一個載重（這裡是 {found} 公斤）",
        "Line {first} gives this route another capacity (here {found} kg)")

    static func rejection(_ reason: Rejection.Reason) -> Phrase {
        switch reason {
        case .notUTF8: importNotUTF8
        case .notText: importNotText
        case .tooLarge: importTooLarge
        case .empty: importEmpty
        case .missingColumn: importMissingColumn
        case .duplicateColumn: importDuplicateColumn
        case .openQuote: importOpenQuote
        case .badJSON: importBadJSON
        case .fieldCount: importFieldCount
        case .badQuote: importBadQuote
        case .notAStop: importNotAStop
        case .missing: importMissing
        case .tooLong: importTooLong
        case .badName: importBadName
        case .badDate: importBadDate
        case .badSequence: importBadSequence
        case .badCoordinate: importBadCoordinate
        case .badWindow: importBadWindow
        case .badItems: importBadItems
        case .unknownProduct: importUnknownProduct
        case .badCount: importBadCount
        case .badPrice: importBadPrice
        case .unknownPayment: importUnknownPayment
        case .badCapacity: importBadCapacity
        case .duplicateStop: importDuplicateStop
        case .duplicateSequence: importDuplicateSequence
        case .twoDrivers: importTwoDrivers
        case .twoVehicles: importTwoVehicles
        case .twoCapacities: importTwoCapacities
        }
    }
}
