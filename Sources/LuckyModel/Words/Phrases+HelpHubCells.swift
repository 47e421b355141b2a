/// What `lucky-hub plan set --help` says of the fields that can be written.
extension Phrase {
    // As in a plan file.
    package static let helpHubCellSequence = Phrase(
        "在路線上的順序，1 到 10000。", "Its place in the route, 1 to 10000.")
    package static let helpHubCellCustomer = Phrase("客戶名稱。", "The customer's name.")
    package static let helpHubCellPhone = Phrase("客戶電話。", "Their phone.")
    package static let helpHubCellAddress = Phrase("地址。", "Where it is.")
    package static let helpHubCellLat = Phrase("緯度，和 --lng 一起寫。", "Degrees, with --lng.")
    package static let helpHubCellLng = Phrase("經度，和 --lat 一起寫。", "Degrees, with --lat.")
    package static let helpHubCellWindow = Phrase("時段：08:00-10:00。", "When: 08:00-10:00.")
    package static let helpHubCellItems = Phrase("訂購：20kg*2+16kg*1。", "What: 20kg*2+16kg*1.")
    package static let helpHubCellPrice = Phrase(
        "整站的價格，新台幣：1900 或 47.50。", "NT$ for the whole stop: 1900 or 47.50.")
    package static let helpHubCellPayment = Phrase(
        "付款方式：cash、transfer、check、monthly …", "cash, transfer, check, monthly …")
    package static let helpHubCellNote = Phrase("辦公室給司機的備註。", "The office's note to the driver.")
    package static let helpHubCellHolds = Phrase(
        "客戶持有的瓦斯桶：20kg*2。", "Cylinders at the customer: 20kg*2.")

    // What the office keeps besides.
    package static let helpHubBookInvoice = Phrase(
        "計入這次配送的發票；沒有就寫 ''。", "The invoice that counts what happened there; '' for none.")
    package static let helpHubBookCreditHold = Phrase(
        "這位客戶停止記帳：yes 或 no。", "No credit for this customer: yes or no.")
    package static let helpHubBookLastReading = Phrase(
        "上次錶數：1234.567。", "What the meter showed last time: 1234.567.")
    package static let helpHubBookCustomer = Phrase(
        "客戶編號；沒有就寫 ''。", "The customer's code; '' for none.")
    package static let helpHubBookOffRoute = Phrase("把停靠點移出路線。", "Take the stop off its route.")
    package static let helpHubBookMandatory = Phrase(
        "路線用：司機要照排定順序：yes 或 no。", "A route's: the driver keeps to its order: yes or no.")
    package static let helpHubBookDeleted = Phrase("永久隱藏：yes 或 no。", "Hide it for good: yes or no.")
}
