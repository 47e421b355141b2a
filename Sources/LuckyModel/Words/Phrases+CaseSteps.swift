/// What is wrong with a step of a case, or kept it from being played.
extension Phrase {
    // Vectors, clocks and bytes.
    package static let faultVectors = Phrase("要 1 到 {most} 個向量", "1 to {most} vectors are wanted")
    package static let faultNoStepBefore = Phrase("前面沒有步驟寫過 {dot}", "no step before wrote {dot}")
    package static let faultNothingAt = Phrase(
        "「{place}」還沒有寫過東西", "nothing was written at '{place}'")
    package static let faultCounters = Phrase("計數從 1 開始", "counters begin at 1")
    package static let faultTooMany = Phrase("回合或副本太多", "too many rounds or replicas")
    package static let faultReading = Phrase(
        "時鐘讀數要在 0 到 2⁵³ 毫秒之間", "a reading lies between 0 and 2⁵³ milliseconds")
    package static let faultReplica = Phrase(
        "副本的名稱是 1 到 12 個英文字母或數字：「{name}」",
        "a replica's name has 1 to 12 letters and digits: '{name}'")
    package static let faultDot = Phrase(
        "dot 要寫成 D1:3 這樣，不是「{text}」", "a dot is written like D1:3, not '{text}'")
    package static let faultSample = Phrase("做不出來：{error}", "cannot be made: {error}")
    package static let faultNoBit = Phrase("沒有這個位元", "there is no such bit")
    package static let faultBytes = Phrase("只有 {count} 個位元組", "there are {count} bytes")
    package static let faultOneSource = Phrase(
        "hex、sample、vector、zipped_zeros 要剛好一個",
        "exactly one of hex, sample, vector, zipped_zeros is wanted")
    package static let faultChainHas = Phrase("這條鏈有 {count} 筆", "the chain has {count}")

    // Recorded by a phone.
    package static let faultEntity = Phrase(
        "種類和鍵是 34 個十六進位數字", "kind and key are 34 hexadecimal digits")
    package static let faultChange = Phrase(
        "有一筆變更的位元組、名稱或數字不完整", "a change whose bytes, names or numbers are not whole")
    package static let faultHash = Phrase("要 64 個十六進位數字", "64 hexadecimal digits")
    package static let faultVectorEntry = Phrase(
        "要 24 個十六進位數字和一個計數", "24 hexadecimal digits and a counter are expected")
    package static let faultPage = Phrase(
        "{entity}：這一頁沒有被接受：{result}", "{entity}: the page was not taken: {result}")

    // While it is played.
    package static let faultNotRunning = Phrase("沒有在執行", "it does not run")
    package static let faultHubNotRunning = Phrase("總部沒有在執行", "the hub does not run")
    package static let faultNoHub = Phrase("沒有總部：{error}", "no hub: {error}")
    package static let faultHubUnreadable = Phrase("總部讀不到：{code}", "the hub cannot be read: {code}")
    package static let faultNotTaken = Phrase("沒有被接受", "not taken")
    package static let faultPlanOtherwise = Phrase(
        "這個種子現在抽出的計畫不同：{now}", "this seed's plan is drawn otherwise now: {now}")
    package static let faultNoPlanStep = Phrase(
        "這個種子的計畫裡沒有這一步", "this seed's plan has no such step")
}
