public import Foundation

/// What one exchange of messages with the hub came to: the event that a transport feeds to the
/// sync machine.
public enum ExchangeOutcome: Sendable, Hashable {
    /// The hub's answer: a row of frames, decompressed, not yet checked (see L17: a stream without
    /// its end frame is still possible here).
    case answered(Data)
    /// No answer that could be used; whether the hub got the request is unknown.
    case failed(ExchangeFailure)
}

/// Why an exchange brought no answer. None of these is a reason to drop anything that waits to be
/// sent: whether the hub received the request is *unknown*.
public enum ExchangeFailure: Error, Sendable, Hashable {
    /// No name, no connection, or a connection that ended before the first byte of an answer.
    /// The text is for a log, in English.
    case offline(String)
    /// The connection, the answer or its next bytes did not come in time.
    case timedOut
    /// The answer ended early, or what came of it cannot be decompressed.
    case truncated
    /// The answer is over the byte limit or the compression ratio limit.
    case tooLarge
    /// HTTP 401 or 403, or a token that cannot be sent at all (status 401): get a new one.
    case unauthorised(status: Int)
    /// The hub's door says no: another 4xx with the hub's own error body, so that a stranger's
    /// "404" does not count. `code` is its stable word, `message` one sentence for a person.
    case refused(status: Int, code: String, message: String)
    /// HTTP 408, 429 or 5xx. `retryAfterSeconds` is what the other side asked for, not bounded
    /// yet.
    case busy(status: Int, retryAfterSeconds: Int?)
    /// Somebody else answered: a redirect (never followed), HTML, another content type, a foreign
    /// certificate. On a phone mostly a captive portal. The text is for a log, in English.
    case notAHub(String)
    /// Plain http to anything but this machine, or another scheme: nothing was sent.
    case insecure

    /// A hub of another depot answered, while so many changesets wait for a receipt of `depot`:
    /// nothing of the answer was used. Whoever has that depot's token again sends them.
    case otherDepot(answered: String, waiting: Int, depot: String)

    /// What the caller's cancellation looks like: like a link that went away.
    public static let cancelled = ExchangeFailure.offline("cancelled")

    /// Whether trying again, unchanged, can help (L20). False only for the hub's own refusal,
    /// another depot's answer and ``insecure``, which need a person; these too keep everything.
    public var isTransient: Bool {
        switch self {
        case .refused, .insecure, .otherDepot: false
        case .offline, .timedOut, .truncated, .tooLarge, .unauthorised, .busy, .notAHub: true
        }
    }

    /// Its kinds, without what came with one.
    public enum Kind: String, CaseIterable, Sendable {
        /// As the failures that are called so.
        case offline, truncated, unauthorised, refused, busy, insecure
        /// Likewise.
        case timedOut = "timed_out"
        case tooLarge = "too_large"
        case notAHub = "not_a_hub"
        case otherDepot = "other_depot"
    }

    /// The stable name in goldens, logs and JSON.
    public var kind: String {
        let kind: Kind =
            switch self {
            case .offline: .offline
            case .timedOut: .timedOut
            case .truncated: .truncated
            case .tooLarge: .tooLarge
            case .unauthorised: .unauthorised
            case .refused: .refused
            case .busy: .busy
            case .notAHub: .notAHub
            case .insecure: .insecure
            case .otherDepot: .otherDepot
            }
        return kind.rawValue
    }
}

extension ExchangeFailure: CustomStringConvertible {
    /// One line of English for a log. Never contains a token.
    public var description: String {
        switch self {
        case .offline(let detail): "offline (\(detail))"
        case .timedOut: "timed out"
        case .truncated: "the answer was cut short"
        case .tooLarge: "the answer is too large"
        case .unauthorised(let status): "not authorised (HTTP \(status))"
        case .refused(let status, let code, let message):
            "refused: \(message) (\(code), HTTP \(status))"
        case .busy(let status, nil): "the hub is busy (HTTP \(status))"
        case .busy(let status, let seconds?):
            "the hub is busy (HTTP \(status)), try again in \(seconds) s"
        case .notAHub(let detail): "this is not a hub (\(detail))"
        case .insecure: "plain http is only for this machine: use https"
        case .otherDepot(let answered, let waiting, let depot):
            "depot \(answered) answered, and \(waiting) changesets wait for depot \(depot)"
        }
    }
}

/// JSON: `{"kind": "busy", "status": 429, "retry_after_s": 7}`; `detail`, `status`, `code`,
/// `message`, `retry_after_s`, `answered`, `waiting` and `depot` as the kind has them.
extension ExchangeFailure: Codable {
    private enum CodingKeys: String, CodingKey {
        case kind, detail, status, code, message
        case answered, waiting, depot
        case retryAfter = "retry_after_s"
    }

    /// Reads it by its `kind`; throws for one that this build does not know.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        let kind = try fields.decode(String.self, forKey: .kind)
        switch kind {
        case "offline": self = .offline(try fields.decode(String.self, forKey: .detail))
        case "timed_out": self = .timedOut
        case "truncated": self = .truncated
        case "too_large": self = .tooLarge
        case "unauthorised":
            self = .unauthorised(status: try fields.decode(Int.self, forKey: .status))
        case "refused":
            self = .refused(
                status: try fields.decode(Int.self, forKey: .status),
                code: try fields.decode(String.self, forKey: .code),
                message: try fields.decode(String.self, forKey: .message))
        case "busy":
            self = .busy(
                status: try fields.decode(Int.self, forKey: .status),
                retryAfterSeconds: try fields.decodeIfPresent(Int.self, forKey: .retryAfter))
        case "not_a_hub": self = .notAHub(try fields.decode(String.self, forKey: .detail))
        case "insecure": self = .insecure
        case "other_depot":
            self = .otherDepot(
                answered: try fields.decode(String.self, forKey: .answered),
                waiting: try fields.decode(Int.self, forKey: .waiting),
                depot: try fields.decode(String.self, forKey: .depot))
        default:
            throw DecodingError.dataCorruptedError(
                forKey: .kind, in: fields, debugDescription: "unknown failure kind \(kind)")
        }
    }

    /// Writes `kind` and the fields that the kind has.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(kind, forKey: .kind)
        switch self {
        case .offline(let detail), .notAHub(let detail):
            try fields.encode(detail, forKey: .detail)
        case .unauthorised(let status):
            try fields.encode(status, forKey: .status)
        case .refused(let status, let code, let message):
            try fields.encode(status, forKey: .status)
            try fields.encode(code, forKey: .code)
            try fields.encode(message, forKey: .message)
        case .busy(let status, let seconds):
            try fields.encode(status, forKey: .status)
            try fields.encodeIfPresent(seconds, forKey: .retryAfter)
        case .otherDepot(let answered, let waiting, let depot):
            try fields.encode(answered, forKey: .answered)
            try fields.encode(waiting, forKey: .waiting)
            try fields.encode(depot, forKey: .depot)
        case .timedOut, .truncated, .tooLarge, .insecure: break
        }
    }
}

/// JSON: `{"answered": "<base64>"}` or `{"failed": {"kind": …}}`.
extension ExchangeOutcome: Codable {
    private enum CodingKeys: String, CodingKey { case answered, failed }

    /// Reads `answered`, else `failed`; throws where neither is there.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        if let body = try fields.decodeIfPresent(Data.self, forKey: .answered) {
            self = .answered(body)
        } else {
            self = .failed(try fields.decode(ExchangeFailure.self, forKey: .failed))
        }
    }

    /// Writes `answered` as base64, or `failed`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .answered(let body): try fields.encode(body, forKey: .answered)
        case .failed(let failure): try fields.encode(failure, forKey: .failed)
        }
    }
}
