/// What `lucky-hub --help` says of corrections by the office, and of customers.
extension Phrase {
    // correct
    package static let helpHubCorrect = Phrase(
        "站上有一筆記錯了：原紀錄保留，以更正為準。",
        "A record of a stop was wrong: the original stays, the correction counts.")
    package static let helpHubCorrectMore = Phrase(
        "司機的手機下次同步就會看到。司機已經離職也可以更正。",
        "Its driver's phone says so with the next sync. Also for one who has left.")
    package static let helpHubCorrectWithdraw = Phrase(
        "其實沒發生：handover、failure 或 cash。", "It did not happen: handover, failure or cash.")
    package static let helpHubCorrectDelivered = Phrase(
        "送出的滿桶；沒寫到的產品不變，寫 0 就拿掉。",
        "Full cylinders handed over; products not named stay, 0 takes one out.")
    package static let helpHubCorrectCash = Phrase(
        "實際收到的現金，新台幣。", "The cash that was really taken, NT$.")
    package static let helpHubCorrectFailure = Phrase(
        "實際沒送成的原因，例如 absent。", "The reason it really failed for, such as absent.")
    package static let helpHubCorrectStop = Phrase("停靠點的代號或編號。", "The stop's code or entity.")
    package static let helpHubCorrectChange = Phrase(
        "哪一筆：32 個十六進位數字（預設：同類的最後一筆）。",
        "The tap: 32 hexadecimal digits (default: the last record of its kind).")
    package static let helpHubCorrectReason = Phrase("為什麼；會記成備註。", "Why; kept as a note.")

    // customer
    package static let helpHubCustomer = Phrase(
        "站所送貨的客戶：持有的鋼瓶、合併、刪除。",
        "Whom the depot delivers to: what they hold, merged, deleted.")
    package static let helpHubCustomerShow = Phrase(
        "一個客戶的各站，和加起來的數字。", "A customer's stops, and what they come to.")
    package static let helpHubCustomerCode = Phrase("客戶的代號或編號。", "The customer's code or entity.")
    package static let helpHubCustomerMerge = Phrase(
        "兩個客戶是同一個：持有的鋼瓶合在一起算。由客服執行。",
        "Two customers are one: what they hold counts together. By customer service.")
    package static let helpHubCustomerInto = Phrase(
        "留下來的那個客戶的代號或編號。", "The code or entity of the one that stays.")
    package static let helpHubCustomerApart = Phrase("取消合併。", "Take the merge back.")
    package static let helpHubCustomerDelete = Phrase(
        "不再是客戶；各站和持有的鋼瓶都保留。", "No customer any more; stops and holdings stay.")
    package static let helpHubCustomerBack = Phrase("恢復為客戶。", "A customer again.")
}
