internal import LuckyCausality
internal import LuckyModel

// What whoever decides about money has to see besides the two sides: what the records come to now.
extension Review {
    private static let aboutMoney: Set<ReviewKind> = [
        .priceChanged, .paidOtherwise, .cashTwice, .cashDiffers, .creditBlocked,
        .correctionsContradict, .correctedAfterInvoice,
    ]

    /// What was handed over, taken and asked for at the stop, all corrections counted; and that these
    /// agree, where they do. Nothing for a rule that is not about money.
    func records(of stop: Stop, in language: Language) -> [String] {
        guard Self.aboutMoney.contains(kind), entity.kind == .stop else { return [] }
        let price = stop.price?.text
        let now = Phrase.reviewRecords.text(
            in: language,
            [
                "delivered": Formats.quantities(stop.delivered, in: language),
                "cash": stop.cash.text, "price": price ?? "–",
            ])
        guard stop.price == stop.cash else { return [now] }
        return [now, Phrase.reviewRecordsAgree.text(in: language)]
    }
}
