internal import LuckyModel

/// Plays cases of kind *request*.
struct RequestPlayer: CasePlayer {
    static let kind = "request"
    static let about = "Honest, hostile and cut messages at the real hub's door."
    static let keys =
        [
            Shape.Key(
                "actors", .table(.code), required: true, "Phones by name, with their drivers.")
        ] + StepsPlayer.keys(RequestShape.steps, seen: RequestShape.seen)

    let expected: CaseValue
    var expectation: Shape { StepsPlayer.expectation(RequestShape.seen) }
    private let content: RequestCase

    init(_ file: CaseFile) throws(CaseError) {
        content = try RequestCase(
            actors: file.body["actors"] ?? .null, steps: file.steps)
        expected = try StepsPlayer.expected(file, of: content.steps.map(\.name))
    }

    func play(orders: Int, _ take: (Sighting) -> Bool) throws {
        _ = take(Sighting(.sightedAsWritten, try content.play()))
    }
}
