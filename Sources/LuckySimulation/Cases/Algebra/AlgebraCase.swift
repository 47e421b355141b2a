internal import LuckyCausality
internal import LuckyModel

/// A case of kind *algebra*: operations on version vectors, dots, dotted values and clock readings,
/// with nothing around them. Playing one touches no store, no hub and no clock.
struct AlgebraCase {
    enum Step {
        case vector(VectorStep)
        case field(FieldStep)
        case clock(ClockStep)
        case property(CaseProperty)
    }

    /// Each with the name under which `expect` asks for what it showed.
    var steps: [NamedStep<Step>]

    /// What each step showed, by its name.
    func play() throws(CaseError) -> CaseValue {
        var states = CaseStates()
        var clock = CaseClock()
        var seen: [CaseMember] = []
        for (index, step) in steps.enumerated() {
            let value: CaseValue =
                switch step.step {
                case .vector(let step): try step.play()
                case .field(let field): try states.play(field, at: "steps[\(index)]")
                case .clock(let step): clock.play(step)
                case .property(let property): property.play()
                }
            seen.append(CaseMember(key: step.name, value: value))
        }
        return .object(seen)
    }
}

/// A step of a case and its name: `"name"`, else its verb where that stands alone in the case.
struct NamedStep<Step> {
    var name: String
    var step: Step

    /// Reads `steps` one by one; a name used twice cannot be asked for, so it is refused.
    static func all(
        _ values: [CaseValue],
        _ read: (_ verb: String, _ fields: inout CaseFields) throws(CaseError) -> Step
    ) throws(CaseError) -> [NamedStep] {
        var steps: [NamedStep] = []
        var names: Set<Identifier> = []
        for (index, value) in values.enumerated() {
            var fields = try CaseFields(value, at: "steps[\(index)]")
            let verb = try fields.text("do")
            let name = try fields.optionalText("name") ?? verb
            guard names.insert(Identifier(name)).inserted else {
                throw CaseError(fields.place, .faultSecondStep, ["name": name])
            }
            let step = try read(verb, &fields)
            try fields.end()
            steps.append(NamedStep(name: name, step: step))
        }
        return steps
    }
}
