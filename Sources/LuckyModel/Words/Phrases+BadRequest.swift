/// Why a hub cannot take a request, in the caller's language.
extension Phrase {
    package static let badRouteOfOther = Phrase(
        "那條路線是別的司機的。", "That route has another driver.")
    package static let badNoTarget = Phrase("請指定司機或路線。", "Name a driver or a route.")
    package static let badNoRoute = Phrase("這一列必須寫出路線。", "The row must name its route.")
    package static let badNothingToSet = Phrase("沒有要改的內容。", "There is nothing to set.")
    package static let badRouteFields = Phrase(
        "司機、車輛和載重是路線的欄位。", "Driver, vehicle and capacity are the route's.")
    package static let badRouteWithoutDriver = Phrase(
        "路線 {what} 還沒有司機。", "Route {what} has no driver.")
    package static let badRouteWithoutDay = Phrase("路線 {what} 沒有日期。", "Route {what} has no day.")
    package static let badSequence = Phrase("順序要在 {what} 之內。", "The sequence must be {what}.")
    package static let badNote = Phrase("文字超過 {what}。", "The note has more than {what}.")
    package static let badEmptyNote = Phrase("文字要有 {what}。", "The note must have {what}.")
    package static let badCancelReason = Phrase("原因超過 {what}。", "The reason has more than {what}.")
    package static let badName = Phrase("名稱最多 {what}。", "A name has at most {what}.")
    package static let badAmount = Phrase(
        "--{what} 要寫台幣金額，不可為負，最多兩位小數。",
        "The amount {what} must be in NT$, not negative.")
    package static let badTwice = Phrase(
        "站點 {what} 寫了兩次。", "The stop {what} stands there twice.")
    package static let badEmptyReason = Phrase("原因要有 {what}。", "The reason must have {what}.")
    package static let badEntity = Phrase(
        "項目要是 34 個十六進位數字。", "The entity must be 34 hexadecimal digits.")
    package static let badReplica = Phrase(
        "手機的編號要是 24 個十六進位數字。", "The replica must be 24 hexadecimal digits.")
    package static let badReview = Phrase(
        "審核編號要是 32 個十六進位數字。", "The review must be 32 hexadecimal digits.")
    package static let badReading = Phrase(
        "錶數不能是負的，也不能太大。", "The reading must be 0 or more, and less than 2^53.")

    package static let badChange = Phrase(
        "異動編號要是 32 個十六進位數字。", "The change must be 32 hexadecimal digits.")
    package static let badField = Phrase("沒有「{what}」這個欄位。", "There is no field {what}.")
    package static let badChangeOrAll = Phrase(
        "請寫一筆異動，或全部。", "Name either a change, or all.")
    package static let badStopOrRoute = Phrase(
        "請指明一站或一條路線。", "Name either a stop or a route.")
    package static let badRouteBooks = Phrase(
        "路線只能改 order_is_mandatory 和 deleted。",
        "Of a route, order_is_mandatory and deleted can be set.")
    package static let badRouteOrder = Phrase(
        "order_is_mandatory 是路線的。", "order_is_mandatory belongs to a route.")
    package static let badRouteCells = Phrase(
        "路線只能改 vehicle 和 capacity_kg。", "Of a route, vehicle and capacity_kg can be set.")
    package static let badRouteOnly = Phrase(
        "vehicle 和 capacity_kg 是路線的。", "vehicle and capacity_kg belong to a route.")
    package static let badOffRoute = Phrase(
        "off_route 只能是 true；要換路線請改派。",
        "off_route can only be true; plan-reassign names another route.")
    package static let badFixedCells = Phrase(
        "date、depot、route、driver 和 stop 不能這樣改；請改派或插入。",
        "date, depot, route, driver and stop are not set; use plan-reassign or plan-insert.")
    package static let badCells = Phrase("內容讀不懂。", "The cells cannot be read.")
    package static let badRequestDate = Phrase(
        "日期要像 2026-11-22。", "The date must read like 2026-11-22.")
    package static let badID = Phrase(
        "編號要是 24 個十六進位數字（96 個隨機位元）。",
        "The id must be 24 hexadecimal digits: 96 random bits.")
    package static let badLanguage = Phrase(
        "語言要是 zh-Hant 或 en。", "The language must be zh-Hant or en.")
    package static let badBody = Phrase("內容不是 JSON。", "The body is not JSON.")
    package static let badDriverID = Phrase(
        "司機的代號要有 {what}。", "The driver's id has {what}.")

    /// A sentence of the hub's about a request that it cannot take, in the caller's language.
    /// - Parameter english: as the hub says it; a sentence that is not known comes back as it is.
    package static func badRequest(_ english: String, in language: Language) -> String {
        let known = [
            badRouteOfOther, badNoTarget, badNoRoute, badNothingToSet, badRouteFields,
            badRouteWithoutDriver, badRouteWithoutDay, badSequence, badNote, badEmptyNote,
            badCancelReason, badAmount, badTwice, badEmptyReason, badName, badReading, badEntity,
            badReplica, badReview, badChange, badField, badChangeOrAll, badStopOrRoute,
            badRouteBooks, badRouteOrder, badRouteCells, badRouteOnly, badOffRoute, badFixedCells,
            badCells, badRequestDate, badID, badLanguage, badBody, badDriverID,
        ]
        for phrase in known {
            guard var what = phrase.what(of: english) else { continue }
            if language == .zhHant {
                what.replace(" to ", with: " 到 ")
                what.replace(" bytes", with: " 位元組")
            }
            return phrase.text(in: language, ["what": what])
        }
        return english
    }

    /// What stands for `{what}` in this sentence as the hub says it; empty where it has none; nil
    /// where it is another sentence.
    package func what(of english: String) -> String? {
        let parts = en.split(separator: "{what}", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return english == en ? "" : nil }
        guard english.hasPrefix(parts[0]), english.hasSuffix(parts[1]),
            english.utf8.count >= parts[0].utf8.count + parts[1].utf8.count
        else { return nil }
        return String(english.dropFirst(parts[0].count).dropLast(parts[1].count))
    }
}
