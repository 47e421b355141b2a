/// What is said of a trial where a real one says more.
extension Phrase {
    package static let restoreWouldMove = Phrase(
        "  原來的資料會移到旁邊，不會刪除", "  What is there would be moved aside; nothing would be deleted")
}
