internal import Foundation

/// What a simulated day came to: the object of `lucky route simulate --json`, and all that the page
/// of `--report` shows. Times are seconds of the business day in Taipei, places degrees WGS 84.
public struct RouteResult: Codable, Hashable, Sendable {
    /// `lucky-route/1`.
    public var schema = "lucky-route/1"
    /// The business day, `2026-11-22`.
    public var date: String
    /// The route's code.
    public var route: String
    /// Whose route it is.
    public var driver: String
    /// What everything was drawn from.
    public var seed: UInt64
    /// Stops of the plan.
    public var stops: Int
    /// With gas handed over, all or part of it.
    public var delivered: Int
    /// Without.
    public var failed: Int
    /// By the office, before the driver stood there or while.
    public var cancelled: Int
    /// Neither: nothing was recorded, or the phone refused it.
    public var open: Int
    /// Reached after their window.
    public var late: Int
    /// Driven.
    public var km: Double
    /// Taken, NT$.
    public var cash: Double
    /// Handed over full.
    public var cylinders: Int
    /// Taken back empty.
    public var empties: Int
    /// Saved on a phone.
    public var taps: Int
    /// Half of the taps were at the depot after so many seconds; absent where none was.
    public var tapToDepotP50: Double?
    /// 95 of 100 likewise.
    public var tapToDepotP95: Double?
    /// All of them.
    public var tapToDepotMax: Double?
    /// How long each tap that is at the depot was on its way, milliseconds, shortest first: what the
    /// three figures above are taken from, by nearest rank, rounded to tenths.
    public var waitsMs: [Int64]
    /// Sent, before compression.
    public var bytesUp: Int
    /// Received, likewise.
    public var bytesDown: Int
    /// The most that waited at once.
    public var pendingMax: Int
    /// Without network.
    public var offlineS: Int
    /// Phones that were used.
    public var phones: Int
    /// Reviews that are open at the depot in the end.
    public var reviews: Int
    /// `ok`: everything is at the depot, once, as it was tapped. `waiting`: nothing is lost, and some
    /// of it is only on a phone. `broken`: something is lost, doubled or altered.
    public var verdict: Verdict
    /// The ledger of the taps against the hub's books.
    public var reconciliation: Reconciliation
    /// Which reviews, sorted by stop.
    public var reviewList: [OpenReview]
    /// One for each stop, in the office's order.
    public var timeline: [StopLine]
    /// How much waited, from each moment on.
    public var outbox: [Depth]
    /// The times without network.
    public var offline: [Span]
    /// Circles without network.
    public var deadZones: [Zone]
    /// Where the truck began and ended; absent where that was at its stops.
    public var depot: Place?
    /// Where it drove; absent where no roads were given.
    public var way: [Place]?

    /// What the day proves.
    public enum Verdict: String, Codable, Hashable, Sendable { case ok, waiting, broken }

    /// Degrees.
    public struct Place: Codable, Hashable, Sendable {
        /// Latitude and longitude.
        public var lat: Double, lng: Double
    }

    /// A circle without network.
    public struct Zone: Codable, Hashable, Sendable {
        /// Its middle.
        public var lat: Double, lng: Double
        /// How far it reaches.
        public var radiusM: Int

        enum CodingKeys: String, CodingKey {
            case lat, lng
            case radiusM = "radius_m"
        }
    }

    /// Seconds of the day.
    public struct Span: Codable, Hashable, Sendable {
        /// From, and until.
        public var fromS: Int, toS: Int

        enum CodingKeys: String, CodingKey {
            case fromS = "from_s"
            case toS = "to_s"
        }
    }

    /// How much waited from then on.
    public struct Depth: Codable, Hashable, Sendable {
        /// Second of the day.
        public var atS: Int
        /// Taps without a receipt.
        public var pending: Int

        enum CodingKeys: String, CodingKey {
            case atS = "at_s"
            case pending
        }
    }

    /// A review that somebody has to decide.
    public struct OpenReview: Codable, Hashable, Sendable {
        /// The rule that found it.
        public var kind: String
        /// The stop's number; 0: none of the route.
        public var stop: Int
    }

    /// One stop's day.
    public struct StopLine: Codable, Hashable, Sendable {
        /// The stop's number on the route.
        public var number: Int
        /// What the office calls it.
        public var code: String
        /// `delivered`, `failed`, `cancelled`, `open` or `refused`.
        public var outcome: String
        /// Why it failed, or why the phone refused; else absent.
        public var reason: String?
        /// Where the door is.
        public var place: Place?
        /// When the customer can be served.
        public var window: Span?
        /// When the truck stood there.
        public var arrivedS: Int?
        /// The tap that closed it.
        public var tappedS: Int?
        /// When the phone said that it was on its disk.
        public var savedS: Int?
        /// When the phone had the depot's receipt.
        public var receivedS: Int?
        /// Whether all that proves it is at the depot; absent where nothing was recorded.
        public var proof: Proof?
        /// When it was: with the receipt, where no photo was taken; else absent.
        public var proofS: Int?
        /// Reached after its window.
        public var late: Bool
        /// The change id of that tap.
        public var change: String?

        /// `waiting`: no receipt yet. `on_phone`: received, and a photo is still on the phone.
        public enum Proof: String, Codable, Hashable, Sendable {
            case waiting, complete
            case onPhone = "on_phone"
        }

        enum CodingKeys: String, CodingKey {
            case number, code, outcome, reason, place, window, proof, late, change
            case proofS = "proof_s"
            case arrivedS = "arrived_s"
            case tappedS = "tapped_s"
            case savedS = "saved_s"
            case receivedS = "received_s"
        }
    }

    /// What was tapped against what the hub has.
    public struct Reconciliation: Codable, Hashable, Sendable {
        /// Saved on a phone.
        public var tapped: Int
        /// At the hub, as tapped.
        public var received: Int
        /// Only on a phone, whole.
        public var waiting: Int
        /// Nowhere.
        public var lost: Int
        /// Facts at the hub that nobody tapped.
        public var doubled: Int
        /// At the hub, and not as tapped, or kept there without being applied.
        public var altered: Int
        /// In 1/100 NT$, by the ledger and by the hub's books.
        public var cashTappedCents: Int64, cashHubCents: Int64
        /// Sorted by product.
        public var products: [ProductLine]
        /// All figures are the same on both sides.
        public var agrees: Bool

        enum CodingKeys: String, CodingKey {
            case tapped, received, waiting, lost, doubled, altered, products, agrees
            case cashTappedCents = "cash_tapped_cents"
            case cashHubCents = "cash_hub_cents"
        }
    }

    /// One product's cylinders.
    public struct ProductLine: Codable, Hashable, Sendable {
        /// Its code.
        public var product: String
        /// Handed over full, by the ledger and by the hub.
        public var deliveredTapped: Int, deliveredHub: Int
        /// Taken back empty, likewise.
        public var collectedTapped: Int, collectedHub: Int

        enum CodingKeys: String, CodingKey {
            case product
            case deliveredTapped = "delivered_tapped"
            case deliveredHub = "delivered_hub"
            case collectedTapped = "collected_tapped"
            case collectedHub = "collected_hub"
        }
    }

    enum CodingKeys: String, CodingKey {
        case schema, date, route, driver, seed, stops, delivered, failed, cancelled, open, late, km
        case cash, cylinders, empties, taps, phones, reviews, verdict, reconciliation, timeline
        case outbox, offline, depot, way
        case tapToDepotP50 = "tap_to_depot_p50_s"
        case tapToDepotP95 = "tap_to_depot_p95_s"
        case tapToDepotMax = "tap_to_depot_max_s"
        case bytesUp = "bytes_up"
        case bytesDown = "bytes_down"
        case waitsMs = "waits_ms"
        case pendingMax = "pending_max"
        case offlineS = "offline_s"
        case reviewList = "review_list"
        case deadZones = "dead_zones"
    }

    /// One line, keys sorted: the same day gives the same bytes.
    public var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}
