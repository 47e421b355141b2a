/// Names in a case that nobody has, or that two have.
extension Phrase {
    package static let faultNoSuch = Phrase("沒有「{name}」這個{what}", "there is no {what} “{name}”")
    package static let faultNoneCalled = Phrase(
        "沒有叫「{name}」的{what}", "no {what} is called '{name}'")
    package static let faultNoStepCalled = Phrase(
        "{kind} 案例沒有叫「{name}」的步驟", "no {kind} step is called '{name}'")
    package static let faultNoStepNamed = Phrase("沒有叫這個名字的步驟", "no step has this name")
    package static let faultSecondStep = Phrase(
        "已有步驟叫「{name}」，請另外取名", "a second step is called '{name}': name it")
    package static let faultUsedTwice = Phrase("「{name}」用了兩次", "“{name}” is used twice")
    package static let faultIsNo = Phrase("「{name}」不是{what}", "“{name}” is no {what}")
    package static let faultNameIt = Phrase("請寫明對象，例如一站", "name what it is about, such as a stop")
    package static let faultNoDeviceOrHub = Phrase("沒有這個裝置或總部", "there is no such device or hub")
    package static let faultNoField = Phrase("沒有這個欄位", "there is no such field")
    package static let faultNoTap = Phrase("沒有這一筆", "there is no such tap")
    package static let faultNoFile = Phrase("磁碟上沒有這個檔案", "there is no such file on the disk")
    package static let faultNoDay = Phrase("沒有這一天", "no such day")
    package static let faultNoQuantity = Phrase("沒有這種數量", "no such quantity")
    package static let faultNoAmount = Phrase("沒有這種金額", "no such amount")
    package static let faultNoCode = Phrase("有一站沒有代碼", "a stop has no code")
    package static let faultReviews = Phrase(
        "這一站的「{name}」待審有 {count} 件", "the stop has {count} reviews “{name}”")

    // Who and what a case names.
    package static let nounHub = Phrase("總部", "hub")
    package static let nounDevice = Phrase("裝置", "device")
    package static let nounDeviceOrHub = Phrase("裝置或總部", "device or hub")
    package static let nounOffice = Phrase("辦公室", "office")
    package static let nounOfficePerson = Phrase("辦公室人員", "office person")
    package static let nounActor = Phrase("參與者", "actor")
    package static let nounLabel = Phrase("標籤", "label")
    package static let nounBackup = Phrase("備份", "backup")
    package static let nounLook = Phrase("查看", "look")
    package static let nounMessage = Phrase("訊息", "message")
    package static let nounStop = Phrase("站", "stop")
    package static let nounShift = Phrase("班", "shift")
    package static let nounPhone = Phrase("手機", "phone")
    package static let nounForm = Phrase("格式", "form")
    package static let nounLaw = Phrase("定律", "law")
    package static let nounRole = Phrase("角色", "role")
    package static let nounPlanField = Phrase("計畫欄位", "plan field")
}
