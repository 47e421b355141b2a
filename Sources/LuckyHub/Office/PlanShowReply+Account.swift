internal import LuckyCausality
internal import LuckyModel

extension PlanShowReply {
    /// What a stop comes to in money, and what keeps it from being invoiced. Computed from facts and
    /// plan, so it is the same at every hub and on every phone.
    public struct Account: Codable, Hashable, Sendable {
        /// What the customer owes for what was handed over, 1/100 NT$; absent where the office has to
        /// price it first.
        public var dueCents: Int64?
        /// What is still owed, 1/100 NT$; negative where too much was paid; absent with `due_cents`.
        public var balanceCents: Int64?
        /// The price that the driver said at the door, 1/100 NT$.
        public var quotedCents: Int64?
        /// Receipts, 1/100 NT$, that may be one of the others recorded again: not in `cash_cents`.
        public var suspectedCents: Int64
        /// What was ordered and not brought, written as `items`; empty for none.
        public var remaining: String
        /// A review that touches the bill waits for a decision.
        public var invoiceHeld: Bool
        /// A meter stands below its last reading: what flowed has no price.
        public var pricingBlocked: Bool
        /// Cash recorded after the stop was settled, 1/100 NT$: it belongs to the next period.
        public var adjustedCents: Int64?

        init(_ account: LuckyModel.Account) {
            dueCents = account.due?.cents
            balanceCents = account.balance?.cents
            quotedCents = account.quoted?.cents
            suspectedCents = account.suspected.cents
            remaining = account.remaining.text
            invoiceHeld = account.isInvoiceHeld
            pricingBlocked = account.isPricingBlocked
            adjustedCents = account.adjustments.isEmpty ? nil : account.adjustedCash?.cents
        }
    }
}
