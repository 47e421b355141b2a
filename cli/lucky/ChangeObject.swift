import LuckyDriver
import LuckyWire

/// A change in `--json`: a contract. Keys may be added; those here stay.
struct ChangeObject: Encodable {
    /// One replica's counter.
    struct Entry: Encodable {
        var counter: UInt64
        var replica: String
    }

    struct Part: Encodable {
        var context: [Entry]
        var entity: String
        var hash: String
        var index: Int
        var isRedacted: Bool
        var kind: String
        var name: String
        var what: String
        var witnessedBy: String?
    }

    struct Linked: Encodable {
        var kind: String
        var review: String
        var status: String
    }

    /// What only the header of an own one says.
    struct Header: Encodable {
        var boot: String
        var bytes: Int
        var depot: String?
        var hash: String
        var importID: String?
        var monotonicMs: Int64
        var previous: String?
        var sequence: UInt64?

        init(_ seal: StoredChange.Seal) {
            boot = seal.header.time.boot.hex
            bytes = seal.bytes
            depot = seal.header.checkpoint?.depot.text
            hash = seal.hash.hex
            importID = seal.header.importID?.hex
            monotonicMs = seal.header.time.monotonicMilliseconds
            previous = seal.previous == .zero ? nil : seal.previous.hex
            sequence = seal.header.checkpoint?.sequence
        }

        enum CodingKeys: String, CodingKey {
            case boot, bytes, depot, hash
            case importID = "import_id"
            case monotonicMs, previous, sequence
        }
    }

    var author: String?
    var carriedBy: String?
    var change: String
    var counter: UInt64
    var header: Header?
    var hlcLogical: Int?
    var hlcMs: Int64?
    var parts: [Part]
    var proof: String
    var reason: String?
    var receivedMs: Int64?
    var replica: String
    var reviews: [Linked]
    var role: String?
    var state: String
    var writtenMs: Int64?

    init(_ stored: StoredChange, _ language: Language) {
        let stamp = stored.parts.first?.recorded.stamp
        author = stamp?.author.text
        carriedBy = stamp?.carriedBy?.text
        change = stored.change.hex
        counter = stored.dot.counter
        header = stored.seal.map(Header.init)
        hlcLogical = stamp.map { Int($0.hlc.logical) }
        hlcMs = stamp?.hlc.milliseconds
        parts = stored.parts.map { Part($0, language) }
        proof = stored.proof.rawValue
        reason = stored.seal?.reason
        receivedMs = stored.seal?.receivedAt ?? stamp?.receivedAt
        replica = stored.dot.replica.description
        reviews = stored.reviews.map {
            Linked(
                kind: $0.review.kind.rawValue, review: $0.review.id.hex,
                status: $0.review.state.word)
        }
        role = stamp?.role.name
        let isWitnessed = stored.parts.contains { $0.recorded.witnessedBy != nil }
        state = stored.seal?.state.rawValue ?? (isWitnessed ? "witnessed" : "received")
        writtenMs = stamp?.writtenAt
    }
}

extension ChangeObject.Part {
    init(_ part: StoredChange.Part, _ language: Language) {
        let recorded = part.recorded
        context = recorded.context.entries.map {
            ChangeObject.Entry(counter: $0.counter, replica: $0.replica.description)
        }
        entity = part.entity.hex
        hash = recorded.hash.hex
        index = recorded.ref.index
        isRedacted = part.isRedacted
        switch recorded.body {
        case .plan(let field, _): kind = field.word ?? "\(field.rawValue)"
        case .fact(let fact): kind = fact.kind.word
        }
        name = part.name.text
        what = recorded.body.words(in: language)
        witnessedBy = recorded.witnessedBy?.description
    }
}
