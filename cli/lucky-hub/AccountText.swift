import LuckyCommandLine
import LuckyHub
import LuckyModel

/// What a stop comes to, as words: nothing where it came to what was wanted.
struct AccountText {
    let output: Output

    func lines(_ account: PlanShowReply.Account) -> [String] {
        var parts: [String] = []
        func say(_ phrase: Phrase, _ cents: Int64? = nil) {
            let money = cents.flatMap(Money.init(cents:))?.text ?? ""
            parts.append(output.text(phrase, ["money": money, "items": account.remaining]))
        }
        if account.pricingBlocked {
            say(.accountNoPrice)
        } else if account.dueCents == nil {
            say(.accountToPrice)
        }
        if let balance = account.balanceCents, balance > 0 { say(.accountOwed, balance) }
        if let balance = account.balanceCents, balance < 0 { say(.accountOverpaid, -balance) }
        if account.suspectedCents != 0 { say(.accountSuspected, account.suspectedCents) }
        if !account.remaining.isEmpty { say(.accountRemaining) }
        if let adjusted = account.adjustedCents { say(.accountAdjusted, adjusted) }
        if account.invoiceHeld { say(.accountHeld) }
        return parts.isEmpty ? [] : ["      " + parts.joined(separator: " · ")]
    }
}
