internal import LuckyModel

/// Plays cases of kind *codec*.
struct CodecPlayer: CasePlayer {
    static let kind = "codec"
    static let about = "Bytes that are read, written again, or refused, by themselves."
    static let keys = StepsPlayer.keys(CodecShape.steps, seen: CodecShape.seen)

    let expected: CaseValue
    var expectation: Shape { StepsPlayer.expectation(CodecShape.seen) }
    private let content: CodecCase

    init(_ file: CaseFile) throws(CaseError) {
        content = try CodecCase(steps: file.steps)
        expected = try StepsPlayer.expected(file, of: content.steps.map(\.name))
    }

    func play(orders: Int, _ take: (Sighting) -> Bool) throws {
        _ = take(Sighting(.sightedAsWritten, content.play()))
    }
}
