/// SplitMix64: a small seeded generator.
struct SeededRandom {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    /// A generator for one connection, unlike that of any other.
    static func connection(_ number: Int, seed: UInt64) -> SeededRandom {
        var mixer = SeededRandom(seed: seed)
        let number = UInt64(truncatingIfNeeded: number)
        return SeededRandom(seed: mixer.next() &+ number &* 0xD134_2543_DE82_EF95)
    }
}

/// What happens to one exchange. Always takes the same number of draws.
struct FaultPlan: Equatable {
    enum Drop: Equatable { case beforeRequest, midRequest, midResponse }

    let drop: Drop?
    let cuts: Bool
    let halfCloses: Bool
    let flipsRequest: Bool
    let flipsResponse: Bool
    let swallows: Bool
    let duplicates: Bool
    private let place: UInt64

    init(_ faults: Faults, _ random: inout SeededRandom) {
        func happens(_ perMille: Int) -> Bool { random.next() % 1000 < UInt64(max(perMille, 0)) }
        let drops = happens(faults.dropPerMille)
        let points: [Drop] = [.beforeRequest, .midRequest, .midResponse]
        let point = Int(random.next() % UInt64(points.count))
        drop = drops ? points[point] : nil
        cuts = happens(faults.cutPerMille)
        halfCloses = happens(faults.halfClosePerMille)
        flipsRequest = happens(faults.flipRequestPerMille)
        flipsResponse = happens(faults.flipResponsePerMille)
        swallows = happens(faults.swallowPerMille)
        duplicates = happens(faults.duplicatePerMille)
        place = random.next()
    }

    /// A place in `0..<count`; 0 when there is none.
    func offset(in count: Int) -> Int { count > 0 ? Int(place % UInt64(count)) : 0 }

    /// The bit to flip in the byte at that place.
    var bit: UInt8 { 1 << UInt8(truncatingIfNeeded: (place >> 32) % 8) }
}
