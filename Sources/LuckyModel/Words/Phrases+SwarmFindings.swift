/// What the swarm's checkers find: each of them something that did not hold.
extension Phrase {
    package static let nameHub = Phrase("總部", "the hub")
    package static let findSaid = Phrase("{checker}：{text}", "{checker}: {text}")
    package static let findCannotLook = Phrase("無法檢查：{error}", "cannot look: {error}")

    // Lost, doubled, torn.
    package static let findTapLost = Phrase(
        "{driver} 的 {tap}（第 {step} 步）到處都沒有", "the tap {tap} (step {step}) of {driver} is nowhere")
    package static let findEditLost = Phrase("修改 {edit} 不在紀錄裡", "the edit {edit} is not in the log")
    package static let findEditNotApplied = Phrase(
        "修改 {edit} 的第 {index} 項沒有套用到 {entity}",
        "change {index} of the edit {edit} is not applied to {entity}")
    package static let findStopLost = Phrase(
        "匯入的站 {stop} 不在計畫裡", "the imported stop {stop} is not in the plan")
    package static let findHubFile = Phrase(
        "總部的檔案：{kind} {detail}", "the hub's file: {kind} {detail}")
    package static let findNobodyTapped = Phrase(
        "沒有人在 {entity} 按過 {tap}", "nobody tapped {tap} on {entity}")
    package static let findRefusedThere = Phrase(
        "被拒絕的 {tap} 這一筆卻還在", "the refused tap {tap} is there")
    package static let findElsewhere = Phrase(
        "{tap} 這一筆在 {entity} 上", "the tap {tap} is on {entity}")
    package static let findOtherwise = Phrase(
        "{tap} 的第 {index} 項說的不一樣", "fact {index} of {tap} says something else")
    package static let findEditTwice = Phrase(
        "修改 #{step} 送了兩次，結果是 {first} 和 {second}",
        "edit #{step}, sent twice, came to {first} and {second}")
    package static let findDeletionTwice = Phrase(
        "刪除 #{step} 送了兩次，變成兩筆", "the deletion #{step}, sent twice, is two")
    package static let findDeletionRefused = Phrase(
        "刪除 #{step} 送了兩次，被拒絕：{code}", "the deletion #{step}, sent twice, is refused: {code}")
    package static let findFactCount = Phrase(
        "{name} 有 {change} 的 {count} 項", "{name} has {count} facts of {change}")
    package static let findEditTorn = Phrase(
        "總部有 {edit}，{entity} 裡卻沒有", "the hub has {edit}, and not in {entity}")
    package static let findDotTorn = Phrase(
        "{name} 的 {dot} 在 {all} 項資料裡只有 {whole} 項有", "{name} has {dot} in {whole} of {all} entities")
    package static let findLedger = Phrase(
        "{name} 記司機 {driver} 的是 {sums}，按過的是 {low} 到 {high}",
        "of {driver} {name} has {sums}, and {low} to {high} was tapped")
    package static let findOwnHidden = Phrase(
        "{name} 沒有顯示自己的 {tap}", "{name} does not show its own {tap}")
    package static let findOwnFactHidden = Phrase(
        "{name} 沒有顯示 {tap} 的第 {index} 項", "{name} does not show fact {index} of {tap}")
    package static let findPhotoLost = Phrase(
        "{name} 遺失了 {tap} 的照片", "{name} has lost the picture of {tap}")

    // Clocks, order, bounds.
    package static let findClockAhead = Phrase(
        "{tap} 的時間比那支手機所知的都晚", "{tap} is stamped ahead of all that its phone knew")
    package static let findClockBack = Phrase(
        "{replica} 的時鐘倒退了", "the clock of {replica} went back")
    package static let findLogOrder = Phrase(
        "紀錄裡 {replica} 的變更順序不對", "the log has changes of {replica} out of their order")
    package static let findUncaused = Phrase(
        "{name} 有 {change}，卻沒有寫的人看過的：{seen}",
        "{name} holds {change} without what its writer had seen: {seen}")
    package static let findDropped = Phrase(
        "修改 #{step} 丟掉了 {entity} 的欄位 {field}，寫的人並沒有看過",
        "edit #{step} dropped field {field} of {entity}, which its writer had not seen")
    package static let findLogEnd = Phrase(
        "{history} 的紀錄原本到 {known}，現在只到 {end}",
        "the log of {history} ended at {known}, and now at {end}")
    package static let findAgenda = Phrase(
        "{name} 有 {count} 件事在等", "{count} things wait to happen to {name}")
    package static let findFileSize = Phrase(
        "{name}的檔案有 {size} 位元組，超過 {most}", "{name}'s file has {size} bytes, more than {most}")
    package static let findWALSize = Phrase(
        "{name}的 WAL 有 {size} 位元組", "{name}'s WAL has {size} bytes")
    package static let findAsksAgain = Phrase("{name} 一直重複詢問", "{name} asks again and again")

    // Progress, honesty, scope, reviews.
    package static let findNotRunning = Phrase("{name} 沒有在執行", "{name} does not run")
    package static let findUnread = Phrase(
        "{name} 有 {count} 個部分讀不懂", "{name} could not read {count} parts")
    package static let findDiffering = Phrase(
        "{name} 有 {count} 項不同", "{name} holds {count} that differ")
    package static let findNotAtRest = Phrase(
        "{name} 沒有停下來：待送 {pending} 筆，{status}",
        "{name} has not come to rest: {pending} pending, {status}")
    package static let findAttempts = Phrase(
        "{phase}，試了 {attempts} 次", "{phase}, {attempts} attempts")
    package static let findNoStatus = Phrase("沒有狀態", "no status")
    package static let findAllReceived = Phrase(
        "{name} 說都收到了，其實還有 {count} 筆在等", "{name} says that all is received, and {count} wait")
    package static let findWaiting = Phrase(
        "{name} 說有 {said} 筆在等，其實是 {count} 筆", "{name} says that {said} wait, of {count}")
    package static let findNotReceived = Phrase(
        "{name} 說 {tap} 已收到，其實沒有", "{name} says that {tap} is received")
    package static let findOnlyWord = Phrase(
        "{name} 留著 {tap}，總部只有別人的轉述",
        "{name} keeps {tap}, and the hub has only somebody's word for it")
    package static let findOtherDot = Phrase(
        "{name} 說 {tap} 是 {state}、{dot}，總部的是 {theirs}",
        "{name} says that {tap} is {state} as {dot}, and the hub has it as {theirs}")
    package static let findHubHasNot = Phrase(
        "{name} 說總部有 {tap}，總部卻沒有", "{name} says that the hub has {tap}, which has it not")
    package static let findSentAgain = Phrase(
        "{name} 又送 {tap}，卻說已收到", "{name} sends {tap} again, and says that it is received")
    package static let findNeverItsDrivers = Phrase(
        "{name} 收到 {entity}，那從來不是這位司機的", "{name} was given {entity}, which never was its driver's")
    package static let findNotItsDrivers = Phrase(
        "{name} 顯示 {entity}，那不是這位司機的", "{name} shows {entity}, which is not its driver's")
    package static let findKeepsResident = Phrase(
        "{name} 還留著 {entity} 住的是誰", "{name} keeps who lives at {entity}")
    package static let findKeepsPerson = Phrase(
        "{name} 還留著 {entity} 是誰的", "{name} keeps who {entity} is about")
    package static let findForgotten = Phrase(
        "{entity} 刪除並清掉了，總部卻忘了這件事", "{entity} was deleted and purged, and the hub forgot that")
    package static let findNoReview = Phrase(
        "{entity} 的 {kind} 沒有待審", "{kind} on {entity} has no review")
    package static let findUndecided = Phrase(
        "{entity} 已送達又取消，卻沒有人要處理", "{entity} was delivered and cancelled, and nobody is to decide")
    package static let findReviewGone = Phrase(
        "{entity} 的待審 {review} 不見了", "the review {review} of {entity} is gone")
    package static let findNoReceipt = Phrase(
        "手機送出的 {kind} 沒有收據", "what a phone sends that is {kind} gets no receipt")
    package static let findQuarantined = Phrase("{change}：{reason}", "{change}: {reason}")
    package static let findQuarantinedStep = Phrase(
        "{change}，第 {step} 步：{reason}", "{change}, step {step}: {reason}")
    package static let findAChange = Phrase("有一筆變更", "a change")
}
