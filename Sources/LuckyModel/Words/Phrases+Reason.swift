/// Words that came along with a change, such as why a stop was cancelled.
extension Phrase {
    package static let reviewSaid = Phrase("說明「{text}」", "saying “{text}”")
    package static let newsReason = Phrase("原因：{text}", "reason: {text}")
    package static let hubNote = Phrase("加註：{text}", "note: {text}")
}
