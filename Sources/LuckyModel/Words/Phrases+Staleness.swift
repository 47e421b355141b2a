/// How old what a phone shows may be: shown, never enforced.
extension Phrase {
    package static let routeAsOf = Phrase("（總部 {time} 的資料）", "(as the hub had it at {time})")
    package static let routeNeverHeard = Phrase("（還沒有收到總部的資料）", "(the hub was never heard)")
}
