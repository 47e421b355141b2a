/// How long something took, and how far it was.
extension Phrase {
    package static let lengthSeconds = Phrase("{seconds} 秒", "{seconds} s")
    package static let lengthMinutes = Phrase(
        "{minutes} 分 {seconds} 秒", "{minutes} min {seconds} s")
    package static let lengthHours = Phrase("{hours} 小時 {minutes} 分", "{hours} h {minutes} min")
    package static let lengthKilometres = Phrase("公里", "km")
}
