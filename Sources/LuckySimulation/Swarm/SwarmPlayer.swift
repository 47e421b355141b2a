internal import LuckyModel
internal import LuckyWire

/// Plays cases of kind *swarm*: what the swarm found, in its own time and with its own faults, for
/// which scenarios have no words.
///
/// The steps stand there as ``SwarmStep/line`` says them, and beside them what the whole plan of that
/// seed was. Where it is drawn otherwise by now, the case is invalid: it must not pass for another
/// history.
struct SwarmPlayer: CasePlayer {
    static let kind = "swarm"
    static let about = "A history that the swarm found, as short as it could be made."
    static let keys: [Shape.Key] = [
        .init("seed", .counter, required: true, "All is drawn from it."),
        .init("drivers", .integer(1...16), required: true, "Every third has two phones."),
        .init("days", .integer(1...60), required: true, "Of work, one after another."),
        .init(
            "faults", .word(SwarmSettings.Faults.allCases.map(\.rawValue)), required: true,
            "How much goes wrong."),
        .init("brief", .flag, "A day of few stops."),
        .init(
            "plan", .text(.hex), required: true,
            "What the seed's whole plan was: the beginning of a hash over it."),
        .init(
            "steps", .list(.anyText, atLeast: 1), required: true,
            "Those of the seed's plan that are enough, as `simulate minimize` says them."),
        .init("expect", expectation, required: true, "What the swarm's judges say."),
    ]

    private static let expectation = Shape.object(
        [.init("found", .list(.anyText), "What did not hold; empty: all did.")], atLeast: 1)

    let expected: CaseValue
    var expectation: Shape { Self.expectation }
    private let plan: SwarmPlan

    init(_ file: CaseFile) throws(CaseError) {
        expected = file.body["expect"] ?? .null
        let body = file.body
        let faults = body["faults"]?.text.flatMap(SwarmSettings.Faults.init) ?? .heavy
        let seed = body["seed"]?.counter ?? 0
        var settings = SwarmSettings(
            seed: seed, drivers: Int(body["drivers"]?.integer ?? 2),
            days: Int(body["days"]?.integer ?? 1), faults: faults)
        if body["brief"]?.flag == true {
            settings = .brief(seed: seed)
            settings.drivers = Int(body["drivers"]?.integer ?? 2)
            settings.days = Int(body["days"]?.integer ?? 1)
            settings.faults = faults
        }
        var plan = SwarmPlan(settings)
        let now = plan.fingerprint
        guard body["plan"]?.text == now else {
            throw CaseError("plan", .faultPlanOtherwise, ["now": now])
        }
        var drawn: [String: SwarmStep] = [:]
        for step in plan.steps { drawn[step.line] = step }
        var steps: [SwarmStep] = []
        for (index, line) in (body["steps"]?.list ?? []).enumerated() {
            guard let step = line.text.flatMap({ drawn[$0] }) else {
                throw CaseError("steps[\(index)]", .faultNoPlanStep)
            }
            steps.append(step)
        }
        plan.steps = steps
        self.plan = plan
    }

    func play(orders: Int, _ take: (Sighting) -> Bool) throws {
        let found = try Swarm.play(plan).outcome.violations.map { CaseValue.text($0.line.en) }
        _ = take(Sighting(.sightedAsDrawn, ["found": .list(found)]))
    }

    /// A plan's history as such a case.
    static func text(of plan: SwarmPlan, reason: String) -> String {
        let settings = plan.settings
        var members = [
            CaseMember(key: "schema", value: .text(CaseFile.schema)),
            CaseMember(key: "id", value: .text("swarm-\(settings.seed)")),
            CaseMember(key: "kind", value: .text(kind)),
            CaseMember(key: "title", value: .text(reason)),
            CaseMember(key: "origin", value: ["SWARM"]),
            CaseMember(key: "seed", value: .integer(settings.seed)),
            CaseMember(key: "drivers", value: .integer(settings.drivers)),
            CaseMember(key: "days", value: .integer(settings.days)),
            CaseMember(key: "faults", value: .text(settings.faults.rawValue)),
        ]
        if settings.isBrief { members.append(CaseMember(key: "brief", value: true)) }
        members += [
            CaseMember(key: "plan", value: .text(SwarmPlan(settings).fingerprint)),
            CaseMember(key: "steps", value: .list(plan.steps.map { .text($0.line) })),
            CaseMember(key: "expect", value: ["found": []]),
        ]
        return CaseValue.object(members).lines() + "\n"
    }
}

extension SwarmPlan {
    /// The beginning of a hash over all that is drawn, 16 hexadecimal digits.
    var fingerprint: String {
        let drawn =
            steps.map { "\($0.line) \($0.seed)" } + phones.map { "phone of \($0)" }
            + kinds.map(\.rawValue) + stops.map { "\($0)" } + ["hints at the end: \(hintsAtTheEnd)"]
        let hash = Hash256.sha256(Array(drawn.joined(separator: "\n").utf8))
        return String(hash.bytes.hex.prefix(16))
    }
}

extension SwarmStep {
    /// Such as `1+08:00:00.000 #7 open(phone: 0)`: day and time, its place in the plan, what it is.
    var line: String {
        // An enum inside another says whose it is, and that is always this module's.
        let said = "\(action)".replacing(/LuckySimulation\.\w+\./, with: "")
        return "\(SwarmRun.clock(at)) #\(number) \(said)"
    }
}
