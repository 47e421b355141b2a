/// Help: what happened at a stop.
extension Phrase {
    package static let helpStopGroup = Phrase(
        "記錄在一站發生的事；指令結束以前就已存在磁碟。",
        "Record what happened at a stop; on disk before the command returns.")
    package static let helpWhichStop = Phrase(
        "站：當天路線上的號碼、代號或編號。", "The stop: its number on the day's route, its code, or its id.")
    package static let helpTapID = Phrase(
        "這一筆的編號，32 個十六進位數字：編號相同就是同一筆。",
        "The change id of this tap, 32 hexadecimal digits: the same id again is the same tap.")
    package static let helpStopShow = Phrase("看一站。", "One stop.")
    package static let helpStopArrive = Phrase("你到了門口。", "You stand at the door.")
    package static let helpStopComplete = Phrase("瓦斯已送出。", "Gas was handed over.")
    package static let helpDespiteCancel = Phrase(
        "總部已取消這一站，但瓦斯還是送出了。", "The office cancelled the stop, and gas changed hands all the same.")
    package static let helpStopFail = Phrase("去過了，但沒有送成。", "The attempt ended without a handover.")
    package static let helpReason = Phrase("其中之一：{words}。", "One of: {words}.")
    package static let helpStopNote = Phrase(
        "加一則備註；備註絕不覆寫。", "Add a note; notes are never overwritten.")
    package static let helpNote = Phrase("備註。", "The note.")
    package static let helpStopSuggest = Phrase(
        "告訴總部地址應該改成什麼。", "Tell the office that the address should be another.")
    package static let helpSuggestedAddress = Phrase("應有的地址。", "The address as it should be.")
    package static let helpStopCorrect = Phrase(
        "你記錯了：原本的紀錄留著，以更正為準。",
        "What you recorded was wrong: the original stays, the correction counts.")
    package static let helpRightCash = Phrase("你實際收的現金，新台幣。", "The cash that you really took, NT$.")
    package static let helpRightReason = Phrase("真正的失敗原因。", "The reason it really failed for.")
    package static let helpUndo = Phrase(
        "哪一項沒有發生：handover（送出）、failure（失敗）或 cash（收現）。",
        "It did not happen: handover, failure or cash.")
    package static let helpStopMeter = Phrase(
        "客戶的瓦斯錶現在的數字；抄兩次，兩次都留著。",
        "The customer's meter as it stands; both readings are kept where you read twice.")
    package static let helpReading = Phrase(
        "錶上的數字：1234 或 1234.567。", "What the meter shows: 1234 or 1234.567.")
    package static let helpMeterProduct = Phrase(
        "流過的是什麼，例如 flow50；客戶有兩個錶時才需要。",
        "What flows through it, such as flow50; needed where the customer has two meters.")
    package static let helpStopPhoto = Phrase(
        "替一站加照片或簽名，結束以後也可以。", "Add a photo or a signature to a stop, also after it was closed.")
    package static let helpStopPhotoMore = Phrase(
        "手機上會留一份，放在資料檔旁邊；總部收到以前，這一站的配送證明是待上傳。",
        "A copy is kept on this phone, beside the database; until it is at the depot the stop's proof is pending."
    )
    package static let helpPicture = Phrase("圖檔。", "The picture's file.")
    package static let helpIsSignature = Phrase("這是簽名。", "It is a signature.")
}
