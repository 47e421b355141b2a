internal import LuckyModel

/// One look at an entity's facts: which rows of the table can find nothing there, whatever else they
/// say. A search that leaves those out finds the same.
struct Glance {
    /// How many facts there are of each kind.
    private var counts: [(kind: FactKind, count: Int)] = []
    /// How many of them a correction may make a handover, a failure or a receipt.
    private var correctable = 0
    private var hasClockFarOff = false
    private var hasCarrier = false
    /// Some plan field has more than one value.
    private(set) var showsConcurrentWrites = false
    private var isEverything = false

    /// Leaves nothing out.
    static let everything = {
        var glance = Glance()
        glance.isEverything = true
        glance.showsConcurrentWrites = true
        return glance
    }()

    private init() {}

    init(_ state: EntityState) {
        for record in state.facts.values {
            guard let fact = record.fact else { continue }
            count(fact.kind)
            if fact.correctable != nil { correctable += 1 }
            hasClockFarOff = hasClockFarOff || record.stamp.isFarOff
            hasCarrier = hasCarrier || record.stamp.carriedBy != nil
        }
        showsConcurrentWrites = state.fields.values.contains { $0.siblings.count > 1 }
    }

    private mutating func count(_ kind: FactKind) {
        if let place = counts.firstIndex(where: { $0.kind == kind }) {
            counts[place].count += 1
        } else {
            counts.append((kind, 1))
        }
    }

    private func number(of kind: FactKind) -> Int {
        counts.first { $0.kind == kind }?.count ?? 0
    }

    /// A fact of this kind, or one that may be a handover by correction.
    func shows(_ kind: FactKind) -> Bool {
        isEverything || number(of: kind) > 0 || kind == .handedOver && correctable > 0
    }

    /// What a pair is made of: two of the kind, or two that may be of it by correction.
    func showsTwo(_ kind: FactKind) -> Bool {
        isEverything || max(number(of: kind), correctable) > 1
    }

    /// What a fact does not go together with.
    func showsWhat(_ against: Contradiction.Against) -> Bool {
        switch against {
        case .fact(let kind): shows(kind)
        case .clock: isEverything || hasClockFarOff
        case .carrier: isEverything || hasCarrier
        case .field, .elsewhere, .customer, .itself: true
        }
    }
}
