/// Cash handed in: refused, corrected, left out, recorded after the count.
extension Phrase {
    package static let refusedTooMuchCash = Phrase(
        "✗ 金額太大：現金箱一次最多 {most}，沒有記錄。",
        "✗ Too much cash: {most} at most, in the box or handed in at once; nothing was recorded.")
    package static let tooMuchCashHint = Phrase(
        "請確認有沒有多打一個零；真的超過就分幾次記錄",
        "look for a zero too many; what is truly more is recorded in parts")
    package static let refusedNoSuchDrop = Phrase(
        "✗ 沒有這一筆繳回可以更正。", "✗ No such cash was handed in, so there is nothing to correct.")
    package static let noSuchDropHint = Phrase(
        "`lucky shift show` 列出每一筆繳回", "`lucky shift show` lists what was handed in")
    package static let refusedSeveralDrops = Phrase(
        "✗ 「{change}」不只一筆繳回，請多寫幾碼。", "✗ “{change}” begins more than one; write more digits.")
    package static let dropCorrected = Phrase(
        "✓ 繳回已更正為 {amount}，已存在這支手機（變更 {change}）",
        "✓ Handed-in cash corrected to {amount}, saved on this phone (change {change})")
    package static let dropWithdrawn = Phrase(
        "✓ 已取消繳回 {amount}，已存在這支手機（變更 {change}）",
        "✓ Handing in {amount} is withdrawn, saved on this phone (change {change})")
    package static let dropLine = Phrase(
        "  {time} 繳回 {amount}（變更 {change}）", "  {time} handed in {amount} (change {change})")
    package static let dropCorrectedLine = Phrase(
        "  {time} 繳回 {amount}，原記 {recorded}（變更 {change}）",
        "  {time} handed in {amount}, first recorded as {recorded} (change {change})")
    package static let dropWithdrawnLine = Phrase(
        "  {time} 原記繳回 {recorded}，已取消（變更 {change}）",
        "  {time} recorded as {recorded} handed in, withdrawn (change {change})")
    package static let dropLeftOut = Phrase(
        "⚠ 有一筆繳回 {amount} 太大，沒有算進現金箱（變更 {change}）；請用 `lucky shift correct` 更正",
        "⚠ {amount} is too much to be true: left out (change {change}); `lucky shift correct` mends it"
    )
    package static let hubDayShift = Phrase(
        "{driver}　上班 {start}　下班 {end}", "{driver}  in {start}  out {end}")
    package static let hubDayNotCounted = Phrase("  沒有清點", "  Nobody counted the box")
    package static let hubDayLeftOut = Phrase(
        "  ⚠ {time} 繳回 {amount} 太大，沒有算進去（變更 {change}）",
        "  ⚠ {time} handed in {amount}: too much to be true, left out (change {change})")
    package static let boxLate = Phrase(
        "  清點之後：收款 {received}、繳回 {dropped}；不影響清點的差額",
        "  After the count: taken {received}, handed in {dropped}; the difference is without them")
    package static let warnSameAgain = Phrase(
        "⚠ 剛才已經記過一樣的；若是重複了，用 `{way}` 取消這一筆",
        "⚠ The same was recorded a moment ago; if this was a slip, `{way}` takes it back")
    package static let warnCountMore = Phrase(
        "⚠ 清點比應有的多 {amount}；數錯或打錯了，用 `lucky shift correct --counted 金額`",
        "⚠ Counted {amount} more than should be there; a slip is mended by `lucky shift correct --counted AMOUNT`"
    )
    package static let warnCountLess = Phrase(
        "⚠ 清點比應有的少 {amount}；數錯或打錯了，用 `lucky shift correct --counted 金額`",
        "⚠ Counted {amount} less than should be there; a slip is mended by `lucky shift correct --counted AMOUNT`"
    )
    package static let countCorrected = Phrase(
        "✓ 清點已更正為 {amount}，已存在這支手機（變更 {change}）",
        "✓ Count corrected to {amount}, saved on this phone (change {change})")
    package static let floatCorrected = Phrase(
        "✓ 找零金已更正為 {amount}，已存在這支手機（變更 {change}）",
        "✓ Change money corrected to {amount}, saved on this phone (change {change})")
    package static let helpShiftCorrect = Phrase(
        "更正或取消一筆繳回，或更正清點、找零金；原本的紀錄會留著。",
        "Correct or withdraw cash handed in, or correct the count or the change money; what was recorded stays."
    )
    package static let helpCorrectCount = Phrase(
        "下班時其實清點到多少，新台幣：8350。", "What the count at the end really was, NT$: 8350.")
    package static let helpCorrectFloat = Phrase(
        "上班時其實有多少找零金，新台幣：5000。", "What the change money really was, NT$: 5000.")
    package static let helpCorrectAmount = Phrase(
        "其實繳回多少，新台幣：3000。", "How much it really was, NT$: 3000.")
    package static let helpWithdrawDrop = Phrase("其實沒有繳回。", "Nothing was handed in.")
    package static let helpWhichDrop = Phrase(
        "哪一筆繳回，或編號的開頭（預設：最後一筆）。",
        "The change that handed it in, or how it begins (default: the last).")
}
