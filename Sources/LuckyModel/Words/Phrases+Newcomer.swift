/// What the driver's commands say to somebody who uses them for the first time.
extension Phrase {
    package static let refusedControlCharacter = Phrase(
        "✗ 名稱、地址、站名和鋼瓶號碼只能是一行文字，不能有換行或其他控制字元。",
        "✗ Names, addresses, codes and cylinder numbers are one line, without control characters.")
    package static let refusedCodeTaken = Phrase(
        "✗ 當天已經有「{stop}」這一站，請換一個站名。",
        "✗ There is a stop “{stop}” that day already; call this one otherwise.")
    package static let notAToken = Phrase(
        "✗ {path} 裡的不是憑證", "✗ There is no token in {path}")
    package static let notATokenHint = Phrase(
        "憑證由總部用 `lucky-hub token issue` 發給你，是三段以點隔開的文字",
        "the depot issues it with `lucky-hub token issue`: three parts with dots between")
    package static let notAFile = Phrase(
        "✗ {path} 不是檔案，不能當資料檔", "✗ {path} is not a file, so it cannot be the store")
    package static let notAFileHint = Phrase(
        "`--db` 要的是檔案，例如 {path}/replica.sqlite",
        "`--db` names a file, such as {path}/replica.sqlite")
    package static let tapTooLarge = Phrase(
        "✗ 這一筆太大，存不下；照片最多 8 MiB。", "✗ This is too large to be kept; a photo has at most 8 MiB.")
    package static let handedOverHeading = Phrase(
        "已不在你路線上的站，你的紀錄都保留：", "No longer on your route; what you recorded stands:")
    package static let handedOverMark = Phrase("（已不由你送，鎖定）", " (no longer yours, locked)")
    package static let reviewsAll = Phrase(
        "審核共 {total} 件，其中待審 {count} 件", "Reviews: {total}, open: {count}")
    package static let usageEmpty = Phrase("{option} 不能是空白", "{option} cannot be empty")
    package static let refusedTextTooLong = Phrase(
        "✗ 文字太長：最多 16 KiB（約五千個中文字）。", "✗ That text is too long: at most 16 KiB.")
}
