/// What is said at a prompt of days of the Republic, and of calls that only try.
extension Phrase {
    package static let dryRun = Phrase(
        "（試跑：什麼都沒有寫下；真的做會是：）", "(Dry run: nothing is written; for real it would be:)")
    package static let rocDate = Phrase(
        "民國{year}年{month}月{day}日", "ROC {year}/{month}/{day}")
}
