/// A review in full: what stood before, both sides, who decided what.
extension Phrase {
    package static let reviewOpen = Phrase("待審", "open")
    package static let reviewResolved = Phrase("已審", "decided")
    package static let reviewDecidedTwice = Phrase(
        "兩人同時審，結果不同", "decided twice at once, differently")
    package static let reviewHead = Phrase(
        "審查 {review}　{status}　{time} 列入", "Review {review}  {status}  since {time}")
    package static let reviewHeadDerived = Phrase(
        "審查 {review}　{status}　總部尚未列入", "Review {review}  {status}  not yet at the depot")
    package static let reviewRule = Phrase(
        "規則　{rule}，第 {version} 版", "rule      {rule}, version {version}")
    package static let reviewDecides = Phrase("由誰審　{role}", "decides   {role}")
    package static let reviewBase = Phrase("原本　{what}", "before    {what}")
    package static let reviewSide = Phrase(
        "{who}（{role}）{time}　{what}", "{who} ({role}) {time}  {what}")
    package static let reviewSideUnknown = Phrase("這裡看不到的紀錄", "a record that is not here")
    package static let reviewReceived = Phrase("總部 {time} 收到", "received {time}")
    package static let reviewNotReceived = Phrase("總部還沒收到", "not yet received")
    package static let reviewBroughtBy = Phrase("由 {who} 送來", "brought by {who}")
    package static let reviewSawOther = Phrase("當時已知道另一邊", "knew of the other")
    package static let reviewUnaware = Phrase("當時不知道另一邊", "had not seen the other")
    package static let reviewOverwritten = Phrase("後來又改了", "overwritten since")
    package static let reviewDecision = Phrase(
        "審核　{outcome}，{who}（{role}）{time}", "decision  {outcome}, {who} ({role}) {time}")
    package static let reviewDecisionReplaced = Phrase("已被後來的審核取代", "superseded")

    package static let unknownReview = Phrase(
        "✗ 這支手機沒有「{review}」這件待審", "✗ This phone has no review {review}")
    package static let ambiguousReview = Phrase(
        "✗ 不只一件的編號以「{review}」開頭", "✗ More than one review begins with {review}")
    package static let unknownReviewHint = Phrase(
        "用 `lucky review list --all` 看全部", "`lucky review list --all` shows all")

    package static func reviewStatus(_ status: String) -> Phrase {
        switch status {
        case "resolved": reviewResolved
        case "contested": reviewDecidedTwice
        default: reviewOpen
        }
    }

    // What a change says.
    package static let saidPlan = Phrase("{field}：{value}", "{field}: {value}")
    package static let saidEmptied = Phrase("{field}：清空", "{field}: emptied")
    package static let saidYes = Phrase("是", "yes")
    package static let saidNo = Phrase("否", "no")
    package static let saidHandover = Phrase(
        "送達 {delivered}，收回 {collected}", "handed over {delivered}, empties {collected}")
    package static let saidQuoted = Phrase("報價 {amount}", "quoted {amount}")
    package static let saidResidual = Phrase("退氣 {weight}", "residual gas {weight}")
    package static let saidSerials = Phrase("鋼瓶 {numbers}", "cylinders {numbers}")
    package static let saidSerialsBack = Phrase("收回鋼瓶 {numbers}", "cylinders back {numbers}")
    package static let saidAmount = Phrase("{fact} {amount}", "{fact} {amount}")
    package static let saidReason = Phrase("配送失敗（{reason}）", "failed ({reason})")
    package static let saidCorrection = Phrase("更正為：{what}", "corrected to: {what}")
    package static let saidWithdrawn = Phrase("沒有這回事", "it did not happen")
    package static let saidAddress = Phrase("地址應為 {address}", "the address should be {address}")
    package static let saidReading = Phrase("錶數 {reading}", "meter {reading}")
    package static let saidSettled = Phrase(
        "結帳：應收 {due}，實收 {received}", "settled: due {due}, received {received}")
    package static let saidAdded = Phrase("臨時加站 {code}", "unplanned stop {code}")
}
