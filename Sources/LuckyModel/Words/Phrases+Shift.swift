/// What `shift` and `stop meter` say.
extension Phrase {
    package static let shiftStarted = Phrase(
        "✓ 已上班打卡，找零金 {amount}；已存在這支手機（變更 {change}）",
        "✓ Clocked in with {amount} of change money, saved on this phone (change {change})")
    package static let shiftEnded = Phrase(
        "✓ 已下班打卡，已存在這支手機（變更 {change}）",
        "✓ Clocked out, saved on this phone (change {change})")
    package static let shiftDropped = Phrase(
        "✓ 已繳回現金 {amount}，已存在這支手機（變更 {change}）",
        "✓ Handed in {amount}, saved on this phone (change {change})")
    package static let shiftRecorded = Phrase(
        "這一筆已經記錄過（變更 {change}）", "Recorded already (change {change})")

    package static let refusedOnDuty = Phrase(
        "✗ 已經上班打卡了，還沒有下班。", "✗ You are on duty already.")
    package static let refusedOnDutyHint = Phrase(
        "用 `lucky shift show` 看；下班請用 `lucky shift out`",
        "`lucky shift show` shows it; `lucky shift out` clocks out")
    package static let refusedOffDuty = Phrase(
        "✗ 現在不在班上：還沒上班打卡，或已經下班了。",
        "✗ You are not on duty: not clocked in yet, or clocked out already.")
    package static let refusedOffDutyHint = Phrase(
        "上班請用 `lucky shift in --float 金額`", "`lucky shift in --float AMOUNT` clocks in")
    package static let refusedSeveralShifts = Phrase(
        "✗ 有兩支手機各自打了上班卡，請指明是哪一班。",
        "✗ Two phones clocked in, each unaware of the other; say which shift is meant.")
    package static let refusedSeveralShiftsHint = Phrase(
        "加上 `--shift 編號`；`lucky shift show` 列出編號",
        "add `--shift ID`; `lucky shift show` lists them")
    package static let refusedNoShift = Phrase(
        "✗ 沒有編號為 {shift} 的班。", "✗ There is no shift {shift}.")

    package static let stopMeterRead = Phrase(
        "✓ 第 {stop} 站已抄錶，已存在這支手機（變更 {change}）",
        "✓ Meter of stop {stop} read, saved on this phone (change {change})")
    package static let usageReading = Phrase(
        "錶數要像 1234 或 1234.567，不能是「{found}」",
        "a reading looks like 1234 or 1234.567, not “{found}”")

    package static let shiftNone = Phrase(
        "{date}　沒有打卡", "{date}  nobody clocked in")
    package static let shiftLine = Phrase(
        "{date}　上班 {start}　下班 {end}　班次 {shift}", "{date}  in {start}  out {end}  shift {shift}")
    package static let shiftStillOn = Phrase("還在班上", "still on")
    package static let shiftBox = Phrase(
        "  現金箱 {box}：找零金 {float} ＋ 收款 {received} － 繳回 {dropped}",
        "  Box {box}: change money {float} + taken {received} - handed in {dropped}")
    package static let shiftCounted = Phrase(
        "  清點 {counted}，差額 {difference}", "  Counted {counted}, difference {difference}")
    package static let shiftTotal = Phrase(
        "全日現金 {box}：找零金 {float} ＋ 收款 {received} － 繳回 {dropped}",
        "The day's cash {box}: change money {float} + taken {received} - handed in {dropped}")
    package static let shiftTruck = Phrase(
        "車 {vehicle} 上的增減　{loads}", "Truck {vehicle}, more or less on board  {loads}")
    package static let shiftLoad = Phrase(
        "{product} 滿桶 {full}、空桶 {empty}", "{product} full {full}, empty {empty}")
    package static let shiftHolding = Phrase(
        "  {stop}　{customer}　送 {delivered}　收 {collected}",
        "  {stop}  {customer}  delivered {delivered}  empties {collected}")
    package static let shiftClockUnusable = Phrase(
        "✗ 手機的時間不在任何曆法內，請用 `--date` 指明日期",
        "✗ This phone's clock is beyond every calendar; name the day with `--date`")
    package static let shiftOverflow = Phrase(
        "✗ 有一個合計超出範圍，數字不可信", "✗ A sum is out of range; the figures cannot be trusted")
}
