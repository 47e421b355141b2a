/// `review-list`.
public struct ReviewListRequest: Codable, Hashable, Sendable {
    /// Only of this day, `yyyy-mm-dd`. Default: of all days.
    public var date: String?
    /// The decided ones too. Default false.
    public var all: Bool?
    /// `zh-Hant` or `en` (default): the language of sentences in the reply.
    public var lang: String?

    /// With nothing named: every open review of the depot, in English.
    public init(date: String? = nil, all: Bool? = nil, lang: String? = nil) {
        self.date = date
        self.all = all
        self.lang = lang
    }
}

/// `review-show`.
public struct ReviewShowRequest: Codable, Hashable, Sendable {
    /// The review's id, 32 hexadecimal digits.
    public var review: String
    /// `zh-Hant` or `en` (default): the language of sentences in the reply.
    public var lang: String?
    /// Dates of those sentences in years of the Republic. Default: false.
    public var roc: Bool?

    /// One review, of any day.
    public init(review: String, lang: String? = nil, roc: Bool? = nil) {
        self.review = review
        self.lang = lang
        self.roc = roc
    }
}

/// `review-resolve` and `review-undo`: a decision on exactly one review.
public struct ReviewDecisionRequest: Codable, Hashable, Sendable {
    /// 24 hexadecimal digits: 96 random bits drawn for this decision.
    public var id: String
    /// The review's id, 32 hexadecimal digits.
    public var review: String
    /// `kept`, `reversed`, `refunded`, `merged` or `noted`; of `review-undo` absent.
    public var outcome: String?
    /// The person's words.
    public var note: String?
    /// The `context` of `review-show`: what the person saw. Default: what the hub has now. Two who
    /// decide without having seen each other are both kept.
    public var context: String?
    /// Decide although the person has seen that it is decided. Default false: 409.
    public var supersede: Bool?
    /// `zh-Hant` or `en` (default): the language of sentences in the reply.
    public var lang: String?

    /// Which verb it is stands in the path, not here.
    public init(
        id: String, review: String, outcome: String? = nil, note: String? = nil,
        context: String? = nil, supersede: Bool? = nil, lang: String? = nil
    ) {
        self.id = id
        self.review = review
        self.outcome = outcome
        self.note = note
        self.context = context
        self.supersede = supersede
        self.lang = lang
    }
}
