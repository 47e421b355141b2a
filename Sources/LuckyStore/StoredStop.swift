public import LuckyModel

/// A stop as this replica shows it, with what only the replica knows of it.
public struct StoredStop: Hashable, Sendable {
    /// Nobody's names, words and numbers are in it once it is handed over (L23).
    public var stop: Stop
    /// It went to another driver: hidden from routes, and locked.
    public var isHandedOver: Bool
    /// Own changes with facts on it that the hub has not received.
    public var unsent: Int
    /// Own changes of it that the hub keeps and did not accept: they are not in ``stop``, and a person
    /// of the office has to look at them.
    public var notAccepted: Int
    /// This build could not read all that the hub sent about it.
    public var needsUpdate: Bool
    /// The depot's database was restored or replaced since, and has not told all of it: shown as it
    /// was told before. Taps on it are taken as ever; after 7 days without a word it goes.
    public var isUnconfirmed: Bool
    /// Sorted by id.
    public var reviews: [ReviewView]
}

/// A truck's day: the header, and its stops in the office's order.
public struct StoredRoute: Hashable, Sendable {
    /// Nil for stops that name no route.
    public var id: EntityID?
    /// Empty where the route itself is not on this device (a stop taken over from another truck).
    public var code: Identifier
    /// The route's driver; the store's own where the route itself is not on this device.
    public var driver: Identifier
    /// The business day.
    public var date: CivilDate
    /// The truck; nil where the office named none.
    public var vehicle: Identifier?
    /// What the truck may carry, in grams; nil where the office said nothing.
    public var capacityGrams: Int64?
    /// When a driver first said that he set out, by his phone's clock, Unix milliseconds; nil before.
    public var startedAt: Int64?
    /// When a driver first said that it is done, likewise.
    public var completedAt: Int64?
    /// When the office closed the day's work on it, by the hub's clock, Unix milliseconds; nil while it
    /// did not.
    public var closedAt: Int64?
    /// What was visited in the order of the visits, then what is open: in the driver's order, where
    /// he said one and the office's is not mandatory, else in the office's. Those handed over to
    /// others are left out.
    public var stops: [StoredStop]
}

/// A contradiction, as known here: derived on this phone, or opened by the hub (L4).
public struct ReviewView: Hashable, Sendable {
    /// The same wherever it is derived, on the hub or on a phone (L4).
    public var id: ChangeID
    /// Which rule found it, such as `delivered_after_reassign`.
    public var kind: ReviewKind
    /// The two changes that contradict each other, sorted.
    public var sides: [FactRef]
    /// The hub has opened it.
    public var isOpened: Bool
    /// Nobody has decided it, or two did at once and differently.
    public var needsDecision: Bool
}

/// Something the office changed that the driver has not looked at.
public struct NewsItem: Hashable, Sendable {
    /// What became of the stop or route.
    public enum Kind: Hashable, Sendable {
        /// A field's shown value became another.
        case edited(PlanField, from: PlanValue, to: PlanValue)
        /// The office cancelled the stop.
        case cancelled
        /// New on this device since the first load.
        case inserted
        /// It went to another driver.
        case handedOver
        /// The office corrected what was recorded there.
        case corrected
    }

    /// The stop or route that changed.
    public var entity: EntityID
    /// What a look has to name; nil where the hub did not say.
    public var change: ChangeID?
    /// What happened to it.
    public var kind: Kind
    /// Who changed it; nil where the hub did not say.
    public var author: Identifier?
    /// When the hub received the change, or the page that told it, Unix milliseconds.
    public var at: Int64
    /// Why the office says it cancelled or corrected; empty where it did not say, or for other news.
    public var reasons: [String] = []
    /// What a changed route is called; nil for a stop.
    public var route: Route?

    /// A route by its day and driver.
    public struct Route: Hashable, Sendable {
        /// The office's code of it.
        public var code: Identifier
        /// Whose it is.
        public var driver: Identifier
        /// The business day; nil where nobody named one.
        public var date: CivilDate?
    }
}
