internal import LuckyModel

extension RuleTable {
    /// The depot's rules. To change one is to change a cell here, and ``ReviewRules/version``.
    public static let standard = RuleTable(fields: standardFields, facts: standardFacts)

    private static let contested = Sibling.reviewIfNotOwner(.planContested)

    private static let standardFields: [PlanRule] = [
        PlanRule(.code, owner: .office, sibling: .shownOnly, decides: .office),
        PlanRule(.driver, owner: .dispatcher, sibling: contested, decides: .dispatcher),
        PlanRule(.route, owner: .dispatcher, sibling: contested, decides: .dispatcher),
        PlanRule(.sequence, owner: .dispatcher, sibling: .shownOnly, decides: .dispatcher),
        PlanRule(.window, owner: .dispatcher, sibling: contested, decides: .dispatcher),
        PlanRule(.items, owner: .office, sibling: contested, decides: .office),
        PlanRule(.price, owner: .finance, sibling: .review(.planContested), decides: .finance),
        PlanRule(.payment, owner: .finance, sibling: contested, decides: .finance),
        PlanRule(.holds, owner: .office, sibling: contested, decides: .office),
        PlanRule(.attempt, owner: .dispatcher, sibling: .shownOnly, decides: .dispatcher),
        PlanRule(.cancelled, owner: .office, sibling: .review(.planContested), decides: .office),
        PlanRule(.deleted, owner: .office, sibling: .review(.planContested), decides: .office),
        PlanRule(.date, owner: .dispatcher, sibling: contested, decides: .dispatcher),
        PlanRule(.invoice, owner: .finance, sibling: .review(.planContested), decides: .finance),
        PlanRule(.creditHold, owner: .finance, sibling: contested, decides: .finance),
        PlanRule(.lastReading, owner: .finance, sibling: contested, decides: .finance),
        PlanRule(.customer, owner: .customerService, sibling: contested, decides: .customerService),
        PlanRule(
            .mergedInto, owner: .customerService, sibling: .review(.planContested),
            decides: .customerService),
        PlanRule(
            .customerName, owner: .customerService, sibling: contested, decides: .customerService),
        PlanRule(.phone, owner: .customerService, sibling: contested, decides: .customerService),
        PlanRule(.address, owner: .customerService, sibling: contested, decides: .customerService),
        PlanRule(
            .officeNote, owner: .customerService, sibling: .shownOnly, decides: .customerService),
        PlanRule(
            .coordinate, owner: .customerService, sibling: contested, decides: .customerService),
        PlanRule(.vehicle, owner: .dispatcher, sibling: contested, decides: .dispatcher),
        PlanRule(.capacityGrams, owner: .dispatcher, sibling: contested, decides: .dispatcher),
        PlanRule(.orderIsMandatory, owner: .dispatcher, sibling: .shownOnly, decides: .dispatcher),
    ]

    /// What holds for everything that happens at a doorstep.
    private static let always = [
        Contradiction(.field(.deleted), opens: .deletedAfterFact, decides: .office),
        Contradiction(.clock, opens: .clockFarOff, decides: .dispatcher, holdsInvoice: false),
        Contradiction(.carrier, opens: .carriedByOther, decides: .dispatcher, holdsInvoice: false),
    ]
    private static let beenThere = [
        Contradiction(.field(.route), opens: .removedAfterArrival, decides: .dispatcher)
    ]

    private static let standardFacts: [FactRule] = [
        FactRule(
            .arrived, owner: .driver, sibling: .allStand, contradicts: beenThere + always,
            decides: .dispatcher),
        FactRule(
            .handedOver, owner: .driver, sibling: .review(.deliveredTwice),
            contradicts: [
                Contradiction(.field(.cancelled), opens: .deliveredAfterCancel, decides: .office),
                Contradiction(
                    .field(.driver), opens: .deliveredAfterReassign, decides: .dispatcher),
                Contradiction(.field(.price), opens: .priceChanged, decides: .finance),
                Contradiction(.field(.items), opens: .paidOtherwise, decides: .finance),
                Contradiction(.field(.creditHold), opens: .creditBlocked, decides: .finance),
                Contradiction(
                    .field(.holds), opens: .moreEmptiesThanHeld, decides: .customerService),
                Contradiction(.fact(.failed), opens: .deliveredAndFailed, decides: .dispatcher),
                Contradiction(.elsewhere, opens: .serialTwice, decides: .dispatcher),
            ] + beenThere + always, decides: .dispatcher),
        FactRule(
            .failed, owner: .driver, sibling: .allStand, contradicts: beenThere + always,
            decides: .dispatcher),
        FactRule(
            .cashReceived, owner: .driver, sibling: .review(.cashTwice), contradicts: always,
            decides: .finance),
        FactRule(
            .photoTaken, owner: .driver, sibling: .allStand, contradicts: always,
            decides: .dispatcher),
        FactRule(
            .noteAdded, owner: .driver, sibling: .allStand, contradicts: always,
            decides: .dispatcher),
        FactRule(
            .corrected, owner: .driver, sibling: .review(.correctionsContradict),
            contradicts: [
                Contradiction(.field(.invoice), opens: .correctedAfterInvoice, decides: .finance),
                Contradiction(.fact(.settled), opens: .correctedAfterInvoice, decides: .finance),
            ] + always, decides: .office),
        FactRule(
            .suggestedAddress, owner: .driver, sibling: .allStand,
            contradicts: [
                Contradiction(
                    .itself, opens: .addressSuggested, decides: .customerService,
                    holdsInvoice: false)
            ] + always, decides: .customerService),
        FactRule(
            .suggestedOrder, owner: .driver, sibling: .shownOnly, contradicts: always,
            decides: .dispatcher),
        FactRule(
            .meterRead, owner: .driver, sibling: .review(.meterTwice),
            contradicts: [
                Contradiction(.field(.lastReading), opens: .meterBelow, decides: .finance),
                Contradiction(.customer, opens: .meterTwice, decides: .finance),
            ] + always, decides: .finance),
        FactRule(
            .shiftStarted, owner: .driver, sibling: .shownOnly, contradicts: always,
            decides: .dispatcher),
        FactRule(
            .shiftEnded, owner: .driver, sibling: .shownOnly,
            contradicts: [
                Contradiction(.fact(.shiftStarted), opens: .shiftTooLong, decides: .dispatcher)
            ] + always, decides: .dispatcher),
        FactRule(
            .cashDropped, owner: .driver, sibling: .allStand, contradicts: always,
            decides: .finance),
        FactRule(
            .stopAdded, owner: .driver, sibling: .allStand,
            contradicts: [Contradiction(.itself, opens: .unplannedDelivery, decides: .office)]
                + always, decides: .office),
        FactRule(
            .routeStarted, owner: .driver, sibling: .shownOnly, contradicts: always,
            decides: .dispatcher),
        FactRule(
            .routeCompleted, owner: .driver, sibling: .shownOnly,
            contradicts: [Contradiction(.itself, opens: .routeForceClosed, decides: .dispatcher)]
                + always, decides: .dispatcher),
        FactRule(.looked, owner: .driver, sibling: .allStand, decides: .office),
        FactRule(.reviewOpened, owner: .hub, sibling: .allStand, decides: .office),
        FactRule(.reviewResolved, owner: .office, sibling: .allStand, decides: .office),
        FactRule(.redacted, owner: .office, sibling: .allStand, decides: .office),
        FactRule(
            .settled, owner: .finance, sibling: .allStand,
            contradicts: [Contradiction(.itself, opens: .cashDiffers, decides: .finance)],
            decides: .finance),
        FactRule(.released, owner: .hub, sibling: .allStand, decides: .office),
    ]
}
