internal import LuckyModel

/// Plays cases of kind *algebra*.
struct AlgebraPlayer: CasePlayer {
    static let kind = "algebra"
    static let about =
        "Operations on version vectors, dots, dotted values and clock readings, by themselves."
    static let keys = StepsPlayer.keys(AlgebraShape.steps, seen: AlgebraShape.seen)

    let expected: CaseValue
    var expectation: Shape { StepsPlayer.expectation(AlgebraShape.seen) }
    private let content: AlgebraCase

    init(_ file: CaseFile) throws(CaseError) {
        content = try AlgebraCase(steps: file.steps)
        expected = try StepsPlayer.expected(file, of: content.steps.map(\.name))
    }

    func play(orders: Int, _ take: (Sighting) -> Bool) throws {
        _ = take(Sighting(.sightedAsWritten, try content.play()))
    }
}
