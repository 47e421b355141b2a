// What the office's prompt says of customers.
extension Phrase {
    package static let hubCustomerMerged = Phrase(
        "✓ 客戶 {customer} 已併入 {into}，瓶數合併計算（序號 {sequence}）",
        "✓ Customer {customer} is merged into {into}; what they hold counts together (sequence {sequence})"
    )
    package static let hubCustomerApart = Phrase(
        "✓ 客戶 {customer} 的合併已取消（序號 {sequence}）",
        "✓ Customer {customer} is no longer merged (sequence {sequence})")
    package static let hubCustomerDeleted = Phrase(
        "✓ 客戶 {customer} 已刪除，站與瓶數保留（序號 {sequence}）",
        "✓ Customer {customer} is deleted; stops and holdings stay (sequence {sequence})")
    package static let hubCustomerBack = Phrase(
        "✓ 客戶 {customer} 已恢復（序號 {sequence}）", "✓ Customer {customer} is back (sequence {sequence})")

    package static let hubCustomerHeading = Phrase("客戶 {customer}", "Customer {customer}")
    package static let hubCustomerIsDeleted = Phrase("已刪除", "deleted")
    package static let hubCustomerGoesInto = Phrase("併入 {into}", "merged into {into}")
    package static let hubCustomerMembers = Phrase(
        "  同一客戶：{customers}", "  Counts as one: {customers}")
    package static let hubCustomerCircle = Phrase(
        "⚠ {customers} 互相併入，沒有人留下：算在 {survivor} 名下；請用 `customer merge {survivor} --undo` 取消一個",
        "⚠ {customers} are merged into each other, and nobody stays: counted as {survivor}; take one back with `customer merge {survivor} --undo`"
    )
    package static let hubCustomerHolds = Phrase("  現有瓶數：{items}", "  Holds: {items}")
    package static let hubCustomerHoldsNothing = Phrase("  沒有瓶", "  Holds nothing")
    package static let hubCustomerOverflow = Phrase(
        "  瓶數超出範圍，無法加總", "  The counts leave their range: there is no sum")
    package static let hubCustomerStop = Phrase(
        "  {date}　第 {stop} 站　{status}　送 {delivered}　收 {collected}",
        "  {date}  {stop}  {status}  delivered {delivered}  empties {collected}")

    package static let hubUnknownCustomer = Phrase(
        "✗ 沒有客戶 {customer}", "✗ There is no customer {customer}")
    /// As the hub says it.
    package static let hubNamesNoCustomer = Phrase(
        "沒有客戶 {what}", "No stop and no edit names a customer {what}.")
    package static let hubMergeCircle = Phrase(
        "✗ {into} 已算是 {customer}，不能再併回去",
        "✗ {into} counts as {customer} already: nobody would stay")

    package static let hubMergeItself = Phrase(
        "✗ {customer} 和 {into} 是同一個客戶，不能併入自己",
        "✗ {customer} and {into} are the same customer: there is nobody to merge")

    /// Of a refusal about a customer; nil for any other.
    static func customerRefusal(_ code: String) -> Phrase? {
        switch code {
        case "unknown_customer": hubUnknownCustomer
        case "merge_circle": hubMergeCircle
        case "merge_itself": hubMergeItself
        default: nil
        }
    }
}
