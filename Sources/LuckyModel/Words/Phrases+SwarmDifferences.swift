/// In what two replicas of the swarm differ that should hold the same.
extension Phrase {
    package static let differDigest = Phrase(
        "{name} 和總部的摘要不同", "{name} and the hub have another digest")
    package static let differEntity = Phrase(
        "{name} 和總部的 {entity} 不同：{what}", "{name} and the hub hold another {entity}: {what}")
    package static let differShownWithout = Phrase("顯示時少了{what}", "shown without {what}")
    package static let differAll = Phrase("全部", "all of it")
    package static let differFieldTold = Phrase(
        "總部所說的欄位 {field}", "field {field} as the hub tells it")
    package static let differFactTold = Phrase("總部所說的 {fact}", "fact {fact} as the hub tells it")
    package static let differNobodyDid = Phrase("做過 {fact} 的人", "anybody having done {fact}")
    package static let differMissing = Phrase("這裡沒有", "it is missing")
    package static let differOnlyHere = Phrase("只有這裡有", "only it has it")
    package static let differVector = Phrase("版本向量", "vector")
    package static let differCover = Phrase("欄位 {field} 的涵蓋範圍", "cover of field {field}")
    package static let differField = Phrase("欄位 {field}：{what}", "field {field}: {what}")
    package static let differSiblings = Phrase("欄位 {field} 並存的值", "siblings of field {field}")
    package static let differFactAbsent = Phrase("{fact} 不是到處都有", "fact {fact} is not everywhere")
    package static let differFact = Phrase("{fact}：{what}", "fact {fact}: {what}")
    package static let differElse = Phrase("其他內容", "something else")
    package static let differDot = Phrase("dot 是 {mine} 和 {theirs}", "dot {mine} and {theirs}")
    package static let differStamp = Phrase("時間戳記是 {mine} 和 {theirs}", "stamp {mine} and {theirs}")
    package static let differContext = Phrase(
        "所見範圍是 {mine} 和 {theirs}", "context {mine} and {theirs}")
    package static let differWitness = Phrase("見證", "witness")
    package static let differName = Phrase("名稱", "name")
    package static let differBody = Phrase("內容", "body")
}
