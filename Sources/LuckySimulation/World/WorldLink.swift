internal import Foundation

/// The way between one device and its hub.
public struct WorldLink: Hashable, Sendable {
    /// Whether requests get through; otherwise they fail after one latency.
    public var isUp: Bool
    /// One way, milliseconds.
    public var latency: Int64
    /// Requests reach the hub, answers never come back.
    public var losesAnswers: Bool
    /// Each way; nil: no bound. Counts only where messages travel in time.
    public var bytesPerSecond: Int?

    /// A good link by default: up, 40 ms each way.
    public init(
        isUp: Bool = true, latency: Int64 = 40, losesAnswers: Bool = false,
        bytesPerSecond: Int? = nil
    ) {
        self.isUp = isUp
        self.latency = latency
        self.losesAnswers = losesAnswers
        self.bytesPerSecond = bytesPerSecond
    }

    /// How long so many bytes take one way, milliseconds.
    func time(for bytes: Int) -> Int64 {
        latency + (bytesPerSecond.map { Int64(bytes) * 1_000 / Int64(max($0, 1)) } ?? 0)
    }
}

/// What becomes of one exchange on its way.
public enum MessageFault: Hashable, Sendable {
    /// The request never reaches the hub.
    case requestLost
    /// The device gives up, and the request reaches the hub so many milliseconds later, behind
    /// newer ones. Where messages do not travel in time it is lost.
    case requestLate(Int64)
    /// The hub takes the request; its answer never comes back.
    case answerLost
    /// The hub takes the request; the device gives up, and its answer comes back later.
    case answerLate
    /// Only so many bytes of the answer come back.
    case answerCut(Int)
    /// One bit of the answer is another, counted from its first byte's lowest.
    case answerFlipped(Int)
    /// The request reaches the hub twice, and both answers come back.
    case duplicated
    /// Only so many bytes of the request reach the hub.
    case requestCut(Int)
    /// One bit of the request is another when it reaches the hub, counted as of an answer.
    case requestFlipped(Int)
    /// Somebody on the way answers with this status instead of the hub, and asks, where there are
    /// seconds, not to come back before they are over.
    case status(Int, retryAfter: Int? = nil)
    /// A captive portal answers with a page of its own.
    case portal
}

extension MessageFault {
    /// A request as it reaches the hub.
    func sent(_ body: Data) -> Data {
        switch self {
        case .requestCut(let count): body.prefix(count % max(body.count, 1))
        case .requestFlipped(let bit): World.flipped(body, bit)
        default: body
        }
    }

    /// Whether it befalls the answer, so that it strikes only where one comes.
    var isOfAnswer: Bool {
        switch self {
        case .answerLost, .answerLate, .answerCut, .answerFlipped: true
        default: false
        }
    }

    /// What it counts as.
    var kind: FaultKind {
        switch self {
        case .requestLost: .requestLost
        case .requestLate: .reordered
        case .answerLost: .answerLost
        case .answerLate: .answerLate
        case .answerCut: .answerCut
        case .answerFlipped: .answerFlipped
        case .duplicated: .duplicated
        case .requestCut: .requestCut
        case .requestFlipped: .requestFlipped
        case .status(401, _): .unauthorised
        case .status(429, _): .tooMany
        case .status: .serverError
        case .portal: .portal
        }
    }
}
