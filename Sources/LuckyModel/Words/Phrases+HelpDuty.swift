/// Help: on and off duty, the cash box, the truck.
extension Phrase {
    package static let helpCashWhat = Phrase(
        "依紀錄，現金箱裡該有多少；不需要網路。",
        "What the cash box should hold, from what was recorded; needs no network.")
    package static let helpShift = Phrase(
        "上下班打卡、現金箱、當天的合計；不需要網路。",
        "On and off duty, the cash box, and what the day comes to; needs no network.")
    package static let helpShiftID = Phrase(
        "班次的編號，或編號的開頭；有兩支手機各自打卡時才需要。",
        "The shift's id, or how it begins, where two phones clocked in.")
    package static let helpShiftDrop = Phrase(
        "從現金箱拿錢繳回總站。", "Hand in cash at the depot, out of the box.")
    package static let helpDropAmount = Phrase("多少，新台幣：30000。", "How much, NT$: 30000.")
    package static let helpShiftIn = Phrase(
        "上班打卡，並記下現金箱裡的找零金。", "Clock in, with the change money in the box.")
    package static let helpFloat = Phrase(
        "現金箱裡的找零金，新台幣：5000。", "Change money in the box, NT$: 5000.")
    package static let helpShiftOut = Phrase(
        "下班打卡，並記下現金箱清點的金額。", "Clock out, with what was counted in the box.")
    package static let helpCounted = Phrase(
        "你在現金箱清點到的金額，新台幣（預設：沒有人清點）。", "What you counted in the box, NT$ (default: nobody counted).")
    package static let helpShiftShow = Phrase(
        "當天的帳：現金箱、車上、客戶持有的桶；不需要網路。",
        "The day's books: cash box, truck, what customers hold; needs no network.")
    package static let helpStock = Phrase(
        "車上有什麼：計畫裝的減去已送出的；不需要網路。",
        "What is on the truck: as planned, less what was handed over; needs no network.")
}
