import LuckyDriver

/// One tap as the ledger has it: what the driver meant, in plain values, before the store under
/// test is called.
struct Tap: Codable, Hashable, Sendable {
    enum Kind: String, Codable, Sendable {
        case arrive, deliver, fail
        case correctCounts = "correct_counts"
        case correctCash = "correct_cash"
    }

    /// Hexadecimal digits of the change id, drawn before the tap.
    var change: String
    var driver: String
    /// The office's name for the stop.
    var stop: String
    var entity: String
    var kind: Kind
    /// Product → full cylinders.
    var delivered: [String: Int] = [:]
    /// Product → empties.
    var collected: [String: Int] = [:]
    /// 1/100 NT$.
    var cashCents: Int64?
    /// SHA-256 of the picture.
    var photo: String?
    var reason: String?

    /// What its changeset must say, in order.
    var says: [Said] {
        switch kind {
        case .arrive: [.arrived]
        case .deliver:
            [.handedOver(delivered: delivered, collected: collected)]
                + (cashCents.map { [.cash($0)] } ?? []) + (photo.map { [.photo($0)] } ?? [])
        case .fail: [.failed(reason ?? "")]
        case .correctCounts: [.correctedCounts(delivered: delivered, collected: collected)]
        case .correctCash: [.correctedCash(cashCents ?? 0)]
        }
    }
}

/// A doorstep fact as two sides can compare it.
enum Said: Hashable, Sendable {
    case arrived
    case handedOver(delivered: [String: Int], collected: [String: Int])
    case failed(String)
    case cash(Int64)
    case photo(String)
    case correctedCounts(delivered: [String: Int], collected: [String: Int])
    case correctedCash(Int64)
    /// Something that no tap of the demo says.
    case other

    init(_ fact: Fact) {
        switch fact {
        case .arrived: self = .arrived
        case .handedOver(let value):
            self = .handedOver(
                delivered: value.handover.delivered.counts,
                collected: value.handover.collected.counts)
        case .failed(let value): self = .failed(value.reason.word)
        case .cashReceived(let value): self = .cash(value.amount.cents)
        case .photoTaken(let photo): self = .photo(photo.sha256.hex)
        case .corrected(let correction):
            switch correction.replacement {
            case .handedOver(let value):
                self = .correctedCounts(
                    delivered: value.handover.delivered.counts,
                    collected: value.handover.collected.counts)
            case .cashReceived(let value): self = .correctedCash(value.amount.cents)
            default: self = .other
            }
        default: self = .other
        }
    }

    func words(in language: Language) -> String {
        func gas(_ delivered: [String: Int], _ collected: [String: Int]) -> [String: String] {
            [
                "delivered": Formats.quantities(Quantities(counts: delivered), in: language),
                "collected": Formats.quantities(Quantities(counts: collected), in: language),
            ]
        }
        func money(_ cents: Int64) -> [String: String] {
            ["amount": Money(cents: cents)?.text ?? "\(cents)"]
        }
        return switch self {
        case .arrived: Phrase.demoSaidArrived.text(in: language)
        case .handedOver(let delivered, let collected):
            Phrase.demoSaidHandover.text(in: language, gas(delivered, collected))
        case .failed(let word):
            Phrase.failure(FailureReason(word: word) ?? .other).text(in: language)
        case .cash(let cents): Phrase.demoSaidCash.text(in: language, money(cents))
        case .photo: Phrase.demoSaidPhoto.text(in: language)
        case .correctedCounts(let delivered, let collected):
            Phrase.demoSaidCorrection.text(in: language, gas(delivered, collected))
        case .correctedCash(let cents):
            Phrase.demoSaidCashCorrection.text(in: language, money(cents))
        case .other: Phrase.demoSaidOther.text(in: language)
        }
    }
}

extension Quantities {
    /// Product code → count.
    var counts: [String: Int] {
        Dictionary(uniqueKeysWithValues: pairs.map { ($0.product.code.text, $0.count) })
    }

    /// A count outside the range, or a product named twice, gives none.
    init(counts: [String: Int]) {
        let pairs = counts.map { (product: Product(Identifier($0.key)), count: $0.value) }
        self = Quantities(pairs) ?? [:]
    }
}
