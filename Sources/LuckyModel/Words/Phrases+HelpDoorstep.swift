/// Help: what changes hands at the door, and stops that no plan has.
extension Phrase {
    package static let helpDelivered = Phrase(
        "送出的滿桶，例如 20kg=2,16kg=1；不寫就是訂的全部，更正時沒寫到的照舊，=0 拿掉。",
        "Full cylinders handed over, such as 20kg=2,16kg=1; default: all that was ordered. A correction leaves what it does not name; =0 takes it out."
    )
    package static let helpCollected = Phrase("收回的空桶。", "Empty cylinders taken back.")
    package static let helpResidual = Phrase("退氣秤重，公斤。", "Residual gas weighed back, kg.")
    package static let helpCylinderOut = Phrase(
        "送出的一支鋼瓶的號碼；每支寫一次。", "The number of a cylinder handed over; again for another.")
    package static let helpCylinderIn = Phrase(
        "收回的一支鋼瓶的號碼；每支寫一次。", "The number of a cylinder taken back; again for another.")
    package static let helpCash = Phrase(
        "在門口收的現金，新台幣：1900。", "Cash taken at the door, NT$: 1900.")
    package static let helpRecipient = Phrase("誰收下的。", "Who took it.")
    package static let helpPhoto = Phrase("照片的檔案。", "A photo's file.")
    package static let helpSignature = Phrase("簽名的檔案。", "A signature's file.")
    package static let helpStopAdd = Phrase(
        "在計畫裡沒有的地方送了瓦斯；由總部審核。",
        "Gas was handed over where the plan has no stop; the office reviews it.")
    package static let helpNewCustomer = Phrase("送給誰。", "Who was served.")
    package static let helpNewAddress = Phrase("在哪裡。", "Where.")
    package static let helpNewPhoneNumber = Phrase("怎麼聯絡他們。", "How to reach them.")
    package static let helpLatitude = Phrase(
        "你站的地方：北緯幾度；和 --lng 一起用。", "Where you stand: degrees north; with --lng.")
    package static let helpLongitude = Phrase("東經幾度；和 --lat 一起用。", "Degrees east; with --lat.")
    package static let helpOwnWords = Phrase("你自己的話。", "Your own words.")
    package static let helpNewCode = Phrase(
        "你怎麼稱呼這一站（預設：X1、X2…裡下一個沒用過的）。",
        "What you call the stop (default: the next free of X1, X2, …).")
    package static let helpNewStopRoute = Phrase(
        "在哪一條路線上送的；你跑好幾條時用路線代號指明。",
        "The code of the route it was made on, where you drive more than one.")
    package static let helpQuoted = Phrase(
        "你報的價錢，新台幣；由總部定價。", "What you said it costs, NT$; the office prices it.")
}
