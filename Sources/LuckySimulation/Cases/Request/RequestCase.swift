internal import LuckyCausality
internal import LuckyModel

/// A case of kind *request*: messages against the real hub, in memory and behind no HTTP, honest,
/// hostile or cut; each answer is shown with the name of its refusal.
struct RequestCase {
    /// A phone's name and its driver.
    struct Phone {
        var name: String
        var driver: String
    }

    var phones: [Phone]
    var steps: [NamedStep<RequestStep>]

    /// What each step showed, by its name.
    func play() throws(CaseError) -> CaseValue {
        let desk = try RequestDesk()
        for phone in phones {
            try desk.addPhone(phone.name, of: phone.driver, at: "actors.\(phone.name)")
        }
        var seen: [CaseMember] = []
        for (index, step) in steps.enumerated() {
            let value = try desk.play(step.step, at: "steps[\(index)]")
            seen.append(CaseMember(key: step.name, value: value))
        }
        return .object(seen)
    }
}
