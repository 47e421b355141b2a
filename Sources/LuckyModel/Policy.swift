/// Questions of the trade that its own papers leave open, each answered once, each one line to
/// change. The safer answer stands; ``Policy/decisions`` says why.
public struct Policy: Hashable, Sendable {
    /// Whether a handover is refused where nobody was named and nothing was photographed or signed.
    public var needsProof = false
    /// Which price counts for a delivery whose price changed meanwhile.
    public var priceAtTheDoor = DoorstepPrice.quoted
    /// What a stop costs of which only a part was delivered.
    public var partialDelivery = PartialPrice.officePrices
    /// What a stop costs that the driver added and the office has not priced.
    public var unplanned = UnplannedPrice.officePrices
    /// How long a location fix is kept, in days.
    public var locationDays = 30

    /// The depot's answers.
    public static let standard = Policy()

    /// The standard answers.
    public init() {}

    /// Which price counts.
    public enum DoorstepPrice: String, Hashable, Sendable {
        /// What the driver saw and said at the door.
        case quoted
        /// What the plan says now.
        case planned
    }

    /// What a partial delivery costs.
    public enum PartialPrice: String, Hashable, Sendable {
        /// Nothing is due until the office has priced it.
        case officePrices = "office_prices"
        /// The whole stop's price.
        case wholePrice = "whole_price"
    }

    /// What an unplanned stop costs.
    public enum UnplannedPrice: String, Hashable, Sendable {
        /// Nothing is due until the office has priced it.
        case officePrices = "office_prices"
        /// What the driver says.
        case driverPrices = "driver_prices"
    }

    /// One answer with its reason, in both languages.
    public struct Decision: Hashable, Sendable {
        /// A stable word.
        public var name: String
        /// What holds, as a word of this policy.
        public var answer: String
        /// What is decided, and why.
        public var reason: Phrase
    }

    /// Every answer, in the order in which people read them.
    public var decisions: [Decision] {
        [
            Decision(
                name: "proof", answer: needsProof ? "required" : "not_required",
                reason: .policyProof),
            Decision(
                name: "doorstep_price", answer: priceAtTheDoor.rawValue, reason: .policyPrice),
            Decision(
                name: "partial_delivery", answer: partialDelivery.rawValue,
                reason: .policyPartial),
            Decision(
                name: "unplanned_stop", answer: unplanned.rawValue, reason: .policyUnplanned),
            Decision(
                name: "location_retention", answer: "\(locationDays)_days",
                reason: .policyLocation),
        ]
    }
}
