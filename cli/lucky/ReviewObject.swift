import LuckyDriver
import LuckyWire

/// A review in `--json`: a contract. Keys may be added; those here stay.
struct ReviewObject: Encodable {
    var base: Base?
    var decides: String
    var decisions: [Decision]
    var entity: String
    var kind: String
    var openedMs: Int64?
    var review: String
    var ruleVersion: Int
    var sides: [Side]
    var status: String
    var stop: String
    var text: String

    struct Base: Encodable {
        var change: String?
        var what: String?

        init?(_ base: Review.Base, _ language: Language) {
            switch base {
            case .unknown: return nil
            case .fact(let ref): change = ref.change.hex
            case .value(let field, let value):
                what = Change.Body.plan(field, value).words(in: language)
            }
        }
    }

    struct Side: Encodable {
        var by: String?
        var carriedBy: String?
        var change: String
        var index: Int
        var receivedMs: Int64?
        var role: String?
        var sawOther: Bool?
        var stands: Bool
        var what: String?
        var writtenMs: Int64?
    }

    struct Decision: Encodable {
        var by: String
        var change: String
        var note: String?
        var outcome: String
        var receivedMs: Int64?
        var role: String
        var stands: Bool
        var witnessed: Bool?
    }

    init(_ stored: StoredReview, _ language: Language) {
        let review = stored.review
        base = Base(review.base, language)
        decides = review.decides.name
        decisions = review.decisions.map { decision in
            Decision(
                by: decision.author.text, change: decision.ref.change.hex,
                note: decision.resolution.note, outcome: decision.resolution.outcome.rawValue,
                receivedMs: decision.receivedAt, role: decision.role.name,
                stands: decision.isStanding,
                witnessed: decision.isWitnessed ? true : nil)
        }
        entity = review.entity.hex
        kind = review.kind.rawValue
        openedMs = review.openedAt
        self.review = review.id.hex
        ruleVersion = review.ruleVersion
        sides = review.sides.map { side in
            Side(
                by: side.author?.text, carriedBy: side.record?.stamp.carriedBy?.text,
                change: side.ref.change.hex, index: side.ref.index, receivedMs: side.receivedAt,
                role: side.role?.name, sawOther: side.knewOther, stands: review.stands(side),
                what: side.body?.words(in: language), writtenMs: side.writtenAt)
        }
        status = review.state.word
        stop = stored.name.text
        text = review.sentence(in: language, stop: stored.name.text)
    }
}
