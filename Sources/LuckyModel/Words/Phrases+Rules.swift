/// The rule table and the decisions, as `lucky inspect rules` prints them.
extension Phrase {
    package static let rulesTitle = Phrase(
        "規則（版本 {version}）", "The rules, version {version}")
    package static let rulesFields = Phrase("計畫欄位", "Plan fields")
    package static let rulesFacts = Phrase("現場紀錄", "Facts")
    package static let rulesDecisions = Phrase("已定的做法", "Decisions")
    package static let rulesOwner = Phrase("所有者：", "owner:")
    package static let rulesSibling = Phrase("同時有兩個：", "two at once:")
    package static let rulesDecides = Phrase("由誰決定：", "decides:")
    package static let siblingShownOnly = Phrase("顯示一個，全部保留", "one is shown, all are kept")
    package static let siblingAllStand = Phrase("都算數", "all stand")
    package static let siblingReview = Phrase("待審：{review}", "review {review}")
    package static let siblingReviewIfNotOwner = Phrase(
        "若有一方不是所有者，待審：{review}", "review {review} where one is not the owner's")
    package static let againstField = Phrase(
        "不知情時寫的 {what} → {review}（{who}）", "{what}, written unaware of it → {review} ({who})")
    package static let againstFact = Phrase("{what} → {review}（{who}）", "{what} → {review} ({who})")
    package static let againstElsewhere = Phrase(
        "同一支鋼瓶在另一站 → {review}（{who}）",
        "the same cylinder at another stop → {review} ({who})")
    package static let againstCustomer = Phrase(
        "同一客戶當天的另一站 → {review}（{who}）",
        "the like at another stop of the customer that day → {review} ({who})")
    package static let againstItself = Phrase(
        "本身 → {review}（{who}）", "in itself → {review} ({who})")
    package static let againstClock = Phrase(
        "手機時鐘 → {review}（{who}）", "the writer's clock → {review} ({who})")
    package static let againstCarrier = Phrase(
        "別人的帳號送來 → {review}（{who}）", "another's credential → {review} ({who})")

    package static let policyProof = Phrase(
        "沒有照片或簽名也照記：瓦斯已經交出去，不記就是帳上少桶。缺證明時會顯示出來。",
        "A handover without photo or signature is recorded: the gas is gone, and not recording it would lose a cylinder. Missing proof is shown."
    )
    package static let policyPrice = Phrase(
        "以司機在門口報的價為準：客人已經照那個價付錢。差額由財務審核，不改現金。",
        "The price that the driver saw and said counts: the customer paid by it. Finance reviews the difference; cash is never edited to match."
    )
    package static let policyPartial = Phrase(
        "部分送達先不算應付：計畫只有整站的價格，猜單價會算錯帳。由總部定價。",
        "A partial delivery is not due until the office prices it: the plan has one price for the whole stop, and a guessed share would be a wrong bill."
    )
    package static let policyUnplanned = Phrase(
        "臨時加站照收，但先不算應付：那是司機的說法，總部補單後才計價。",
        "An unplanned stop is taken, and not due until the office prices it: it is the driver's word, and refusing it would lose gas that has left the truck."
    )
    package static let policyLocation = Phrase(
        "位置只留 30 天：足夠處理申訴，之後就是不必要的個資。",
        "Location fixes are kept 30 days: long enough for a complaint, and personal data without a use after that."
    )
}
