/// What a prompt says of a place on earth.
extension Phrase {
    package static let usagePlace = Phrase(
        "「{text}」不是地球上的座標（緯度 -90…90、經度 -180…180）",
        "“{text}” is no place on earth (latitude -90…90, longitude -180…180)")
}
