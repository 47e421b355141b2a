/// Which contradiction a review is about. Open: an unknown rule reads "needs the office".
public struct ReviewKind: RawRepresentable, Hashable, Comparable, Sendable {
    /// The rule's word that is stored and sent; for ever the same.
    public let rawValue: String
    /// Any word; one that this build does not know is kept.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// A stop was reassigned, and its former driver delivered it.
    public static let deliveredAfterReassign = ReviewKind(rawValue: "delivered_after_reassign")
    /// A stop was cancelled, and gas was handed over unaware of it or in spite of it.
    public static let deliveredAfterCancel = ReviewKind(rawValue: "delivered_after_cancel")
    /// Two handovers of one stop, whether or not the second driver knew of the first.
    public static let deliveredTwice = ReviewKind(rawValue: "delivered_twice")
    /// One phone told that the attempt failed, another that gas was handed over in it, and neither
    /// knew of the other.
    public static let deliveredAndFailed = ReviewKind(rawValue: "delivered_and_failed")
    /// The driver said one price, the plan has another.
    public static let priceChanged = ReviewKind(rawValue: "price_changed")
    /// The driver found another address than the plan's.
    public static let addressSuggested = ReviewKind(rawValue: "address_suggested")
    /// More money was taken than what was handed over is worth.
    public static let paidOtherwise = ReviewKind(rawValue: "paid_otherwise")
    /// A fact was corrected that an invoice or a settlement already counts.
    public static let correctedAfterInvoice = ReviewKind(rawValue: "corrected_after_invoice")
    /// Two corrections of one fact whose authors had not seen each other's.
    public static let correctionsContradict = ReviewKind(rawValue: "corrections_contradict")
    /// Two receipts of one amount on one stop: one payment recorded twice?
    public static let cashTwice = ReviewKind(rawValue: "cash_twice")
    /// What was settled is not what was due.
    public static let cashDiffers = ReviewKind(rawValue: "cash_differs")
    /// The stop was taken off the route, and the driver had been there.
    public static let removedAfterArrival = ReviewKind(rawValue: "removed_after_arrival")
    /// The stop was deleted by somebody who did not know what happened there.
    public static let deletedAfterFact = ReviewKind(rawValue: "deleted_after_fact")
    /// The writer's clock was more than twelve hours off.
    public static let clockFarOff = ReviewKind(rawValue: "clock_far_off")
    /// Another person's credential brought a driver's facts.
    public static let carriedByOther = ReviewKind(rawValue: "carried_by_other")
    /// A meter shows less than before.
    public static let meterBelow = ReviewKind(rawValue: "meter_below")
    /// Two readings of one meter on one day.
    public static let meterTwice = ReviewKind(rawValue: "meter_twice")
    /// More empties came back than the customer held.
    public static let moreEmptiesThanHeld = ReviewKind(rawValue: "more_empties_than_held")
    /// One cylinder's number at two customers.
    public static let serialTwice = ReviewKind(rawValue: "serial_twice")
    /// The customer's credit was blocked, and gas went on the monthly account.
    public static let creditBlocked = ReviewKind(rawValue: "credit_blocked")
    /// A stop that no plan has.
    public static let unplannedDelivery = ReviewKind(rawValue: "unplanned_delivery")
    /// A shift over twelve hours.
    public static let shiftTooLong = ReviewKind(rawValue: "shift_too_long")
    /// The office closed a route while stops were open, or the driver was still on it.
    public static let routeForceClosed = ReviewKind(rawValue: "route_force_closed")
    /// Two people wrote one field of the plan, neither knowing of the other.
    public static let planContested = ReviewKind(rawValue: "plan_contested")

    /// Every rule of this build, in the order in which people read them.
    public static let all: [ReviewKind] = [
        .deliveredAfterReassign, .deliveredAfterCancel, .deliveredTwice, .deliveredAndFailed,
        .unplannedDelivery, .removedAfterArrival, .deletedAfterFact, .routeForceClosed,
        .priceChanged, .paidOtherwise,
        .cashTwice, .cashDiffers, .creditBlocked, .correctionsContradict, .correctedAfterInvoice,
        .addressSuggested, .meterBelow, .meterTwice, .moreEmptiesThanHeld, .serialTwice,
        .clockFarOff, .carriedByOther, .shiftTooLong, .planContested,
    ]

    /// Same bytes of UTF-8 (L10).
    public static func == (a: Self, b: Self) -> Bool {
        a.rawValue.utf8.elementsEqual(b.rawValue.utf8)
    }

    /// Orders as its bytes.
    public static func < (a: Self, b: Self) -> Bool {
        a.rawValue.utf8.lexicographicallyPrecedes(b.rawValue.utf8)
    }
}
