internal import LuckyModel

/// What is expected of the next value, from those before it. Both sides keep it alike: the packer
/// writes how far a value is from it, the unpacker adds that to it.
struct PackModel {
    /// Words of one column, in the order in which they came.
    struct Words {
        var all: [[UInt8]] = []
        var places: [[UInt8]: Int] = [:]
        var last: Int?

        mutating func note(_ word: [UInt8]) {
            guard let place = places[word] else {
                places[word] = all.count
                last = all.count
                return all.append(word)
            }
            last = place
        }
    }

    private var numbers: [PackedField: UInt64] = [:]
    private var words: [PackedField: Words] = [:]
    private var wallStep: UInt64 = 0
    /// Of the change being read: a plan field, 0 for a fact.
    private var planField: UInt64 = 0
    private var lastID: [UInt8]?
    /// Entities of the changeset being read, as its changes name them.
    private var touched: Set<[UInt8]> = []
    private var contexts = ContextModel()

    mutating func beginChange() { planField = 0 }

    /// - Returns: how many entries of vectors were gone through, which an unpacker bounds.
    @discardableResult
    mutating func endChangeset(of replica: [UInt8], _ counter: UInt64) -> Int {
        defer { touched = [] }
        return contexts.note(touched, by: replica, counter)
    }

    /// Where a value's column is.
    func column(_ field: PackedField) -> PackedField {
        planField == 0 ? field : field.of(planField: planField)
    }

    // MARK: Numbers

    /// What is expected in a column.
    func expected(_ column: PackedField) -> UInt64 {
        let last = numbers[column] ?? 0
        switch column {
        case .monotonic: return last &+ wallStep
        case .clock: return max(last, numbers[.wall] ?? 0)
        case .logical: return last &+ 1
        default: return last
        }
    }

    mutating func note(_ value: UInt64, _ column: PackedField) {
        let last = numbers.updateValue(value, forKey: column)
        switch column {
        case .wall: wallStep = last.map { value &- $0 } ?? 0
        // A clock that moved on counts from nothing.
        case .clock where value != last: numbers[.logical] = 0
        case .planField: planField = value
        default: break
        }
    }

    // MARK: Words

    /// How a word is said: see ``PackedWord``.
    func saying(_ word: [UInt8], _ column: PackedField) -> PackedWord {
        if let step = idStep(to: word), column == .changeID { return .near(step) }
        if let words = words[column], let place = words.places[word] {
            return place == words.last ? .same : .known(UInt64(words.all.count - 1 - place))
        }
        return idStep(to: word).map(PackedWord.near) ?? .new
    }

    /// The word said before, or before that; nil where there is none.
    func word(_ distance: UInt64?, _ column: PackedField) -> [UInt8]? {
        guard let words = words[column] else { return nil }
        guard let distance else { return words.last.map { words.all[$0] } }
        guard distance < UInt64(words.all.count) else { return nil }
        return words.all[words.all.count - 1 - Int(distance)]
    }

    mutating func note(_ word: [UInt8], _ column: PackedField) {
        if column == .changeID {
            lastID = word
        } else {
            words[column, default: Words()].note(word)
        }
        if column == .entity { touched.insert(word) }
    }

    /// How far an id is from the one after the last change's, whose 96 random bits it shares (L1).
    private func idStep(to word: [UInt8]) -> UInt64? {
        guard let lastID, word.count == 16, lastID.count == 16,
            word[..<12].elementsEqual(lastID[..<12])
        else { return nil }
        return Varint.zigzag(Self.count(word), from: Self.count(lastID) &+ 1)
    }

    /// The id so far from the one after the last change's.
    func id(_ step: UInt64) -> [UInt8]? {
        guard let lastID, lastID.count == 16 else { return nil }
        let count = Varint.unzigzag(step, from: Self.count(lastID) &+ 1)
        guard let short = UInt32(exactly: count) else { return nil }
        return lastID[..<12] + short.bigEndian.bytesInOrder
    }

    private static func count(_ id: [UInt8]) -> UInt64 {
        id[12...].reduce(0) { $0 << 8 | UInt64($1) }
    }

    // MARK: Contexts

    /// The entities of which a context is expected: those that the changes name, sorted.
    var expectedEntities: [[UInt8]] {
        touched.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// The vector expected of an entity.
    func expectedVector(_ entity: [UInt8]) -> [PackedContext.Entry] {
        contexts.expected(entity)
    }

    /// The counter expected of a replica in a vector that was not expected.
    func expectedCounter(_ replica: [UInt8]) -> UInt64 { contexts.counters[replica] ?? 0 }

    mutating func note(_ context: PackedContext) { contexts.note(context) }
}

/// What writers have seen of entities. A writer has seen of an entity what it had seen before, and
/// its own changes since.
private struct ContextModel {
    private(set) var counters: [[UInt8]: UInt64] = [:]
    private var vectors: [[UInt8]: [PackedContext.Entry]] = [:]
    private var last: [PackedContext.Entry] = []

    func expected(_ entity: [UInt8]) -> [PackedContext.Entry] { vectors[entity] ?? last }

    mutating func note(_ context: PackedContext) {
        if vectors[context.entity] == nil { last = context.vector }
        vectors[context.entity] = context.vector
        for entry in context.vector { counters[entry.replica] = entry.counter }
    }

    mutating func note(
        _ touched: Set<[UInt8]>, by replica: [UInt8], _ counter: UInt64
    ) -> Int {
        var entries = 0
        let own = PackedContext.Entry(replica: replica, counter: counter)
        for entity in touched {
            var vector = vectors[entity] ?? []
            if let place = vector.firstIndex(where: { $0.replica == replica }) {
                vector[place] = own
            } else {
                let place = vector.firstIndex { replica.lexicographicallyPrecedes($0.replica) }
                vector.insert(own, at: place ?? vector.count)
            }
            vectors[entity] = vector
            entries += vector.count
        }
        return entries
    }
}

/// How a word of a column is said.
enum PackedWord {
    /// The last one again.
    case same
    /// A new one: its length and its bytes follow.
    case new
    /// A change id so far from the last change's.
    case near(UInt64)
    /// An earlier one, so many words of the column ago.
    case known(UInt64)

    /// Change ids are mostly near, other words mostly the same: that is 0. A number of ids that are
    /// near follows in place of other words.
    func number(isID: Bool) -> UInt64 {
        switch self {
        case .near(let step): isID ? step == 0 ? 0 : step &+ 1 : 2
        case .same: 0
        case .new: 1
        case .known(let distance): distance &+ 3
        }
    }
}

extension UInt32 {
    /// The four bytes as they lie in memory.
    fileprivate var bytesInOrder: [UInt8] { withUnsafeBytes(of: self) { Array($0) } }
}
