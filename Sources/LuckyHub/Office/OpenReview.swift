internal import LuckyCausality
internal import LuckyModel

/// A review that is open, with what it is about.
struct OpenReview {
    /// Also the change id of the changeset that opened it (L4).
    var id: ChangeID
    var opened: ReviewOpened
    /// The hub's time, Unix milliseconds.
    var openedAt: Int64?
    var state: EntityState

    /// Of one entity, in the order opened. Only a resolving fact closes one, and this build has
    /// none: overwriting a side does not.
    static func all(in state: EntityState) -> [OpenReview] {
        state.factRecords.compactMap { record in
            guard case .reviewOpened(let opened) = record.fact else { return nil }
            return OpenReview(
                id: record.ref.change, opened: opened, openedAt: record.receivedAt, state: state)
        }
    }

    /// The changes that contradict each other, as far as they still stand.
    var sides: [Recorded] {
        opened.sides.compactMap { side in
            state.facts[side]
                ?? state.fields.sorted { $0.key < $1.key }.lazy
                .flatMap(\.value.siblings).first { $0.ref == side }
        }
    }

    /// One sentence: who delivered, and which other driver is concerned.
    func text(in language: Language) -> String {
        let stop = state.stop
        let deliverers = sides.filter { $0.fact != nil }.map(\.stamp.author)
        let assignee = sides.compactMap { $0.plan?.value.name }.first ?? stop.driver
        let other = opened.kind == .deliveredTwice ? deliverers.dropFirst().first : assignee
        return Phrase.review(opened.kind).text(
            in: language,
            [
                "stop": state.codeText, "from": deliverers.first?.text ?? "?",
                "to": other?.text ?? "?",
            ])
    }
}

/// The open reviews of a day.
public struct ReviewListReply: Codable, Hashable, Sendable {
    /// The day, `yyyy-mm-dd`.
    public var date: String
    /// The depot of the token.
    public var depot: String
    /// By stop, then in the order opened.
    public var reviews: [Review]

    /// A contradiction that a person is to judge; nobody's record was overwritten.
    public struct Review: Codable, Hashable, Sendable {
        /// The review's id, 32 hexadecimal digits.
        public var review: String
        /// `delivered_after_reassign` …; an unknown one reads "needs the office".
        public var kind: String
        /// The stop's entity, hexadecimal.
        public var entity: String
        /// The office's code of the stop, or its entity where it has none.
        public var stop: String
        /// The hub's time, Unix milliseconds.
        public var openedAtMs: Int64?
        /// One sentence in the language asked for.
        public var text: String
        /// What contradicts each other; a plan value overwritten since is left out.
        public var sides: [Side]
    }

    /// One of the changes.
    public struct Side: Codable, Hashable, Sendable {
        /// Its change id, 32 hexadecimal digits.
        public var change: String
        /// The id of the driver or office person who wrote it.
        public var by: String
        /// The writer's: `driver`, `supervisor`, `office` or `hub`.
        public var role: String
        /// By its writer's clock.
        public var writtenAtMs: Int64
        /// When the hub received it, Unix milliseconds.
        public var receivedAtMs: Int64?
        /// The plan field written, such as `cancelled`; absent for a fact.
        public var field: String?
    }
}

extension ReviewListReply.Review {
    init(_ review: OpenReview, in language: Language) {
        self.init(
            review: review.id.hex, kind: review.opened.kind.rawValue,
            entity: review.state.id.hex, stop: review.state.codeText,
            openedAtMs: review.openedAt, text: review.text(in: language),
            sides: review.sides.map { side in
                ReviewListReply.Side(
                    change: side.ref.change.hex, by: side.stamp.author.text,
                    role: side.stamp.role.name, writtenAtMs: side.stamp.writtenAt,
                    receivedAtMs: side.stamp.receivedAt, field: side.plan?.field.name)
            })
    }
}
