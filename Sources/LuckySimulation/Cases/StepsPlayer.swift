internal import LuckyModel

/// What the kinds share that are one list of steps, each showing something under its name.
enum StepsPlayer {
    /// `steps` and `expect` of such a kind.
    static func keys(_ steps: [Shape.Variant], seen: [Shape.Key]) -> [Shape.Key] {
        let name = Shape.Key("name", .code, "What `expect` calls the step. Default: its `do`.")
        let named = steps.map { Shape.Variant($0.name, $0.about, [name] + $0.keys) }
        return [
            .init(
                "steps", .list(.tagged(by: "do", named), atLeast: 1), required: true,
                "What happens, in turn."),
            .init("expect", expectation(seen), required: true, "What steps showed, by name."),
        ]
    }

    static func expectation(_ seen: [Shape.Key]) -> Shape {
        .table(.object(seen, atLeast: 1), atLeast: 1)
    }

    /// What a case expects: only of steps that it has.
    static func expected(_ file: CaseFile, of names: [String]) throws(CaseError) -> CaseValue {
        let expected = file.body["expect"] ?? .null
        let known = Set(names.map { Identifier($0) })
        for member in expected.members ?? [] where !known.contains(Identifier(member.key)) {
            throw CaseError("expect.\(member.key)", .faultNoStepNamed)
        }
        return expected
    }
}

extension CaseFile {
    var steps: [CaseValue] { body["steps"]?.list ?? [] }
}
