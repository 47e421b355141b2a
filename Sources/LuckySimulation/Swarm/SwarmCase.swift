internal import LuckyModel

/// A short history of a swarm as a case that people read and `./cli/test` plays, where the format
/// has words for all of it.
struct SwarmCase {
    private let plan: SwarmPlan
    private var steps: [CaseValue] = []
    private var offices = false
    private var backups: [String] = []
    /// Drivers whom the office names: each has a phone, and a stop, without which he is unknown.
    private var drivers: Set<Int> = []

    /// The text of a `lucky-case/1` file; nil where a step has no word there.
    static func text(of plan: SwarmPlan, reason: String) -> String? {
        var written = SwarmCase(plan: plan)
        for step in plan.steps where !written.add(step) { return nil }
        // Where no step names any, what they hold by themselves is wrong.
        let ofDrivers = written.drivers.compactMap { plan.phones.firstIndex(of: $0) }
        let named = Set(ofDrivers + plan.steps.compactMap(\.action.phone)).sorted()
        let phones = named.isEmpty ? Array(plan.phones.indices) : named
        var actors = phones.map { slot in
            CaseMember(
                key: name(slot),
                value: [
                    "is": "device",
                    "driver": .text("drv-\(plan.phones[slot] + 1)"),
                ])
        }
        if written.offices { actors.append(CaseMember(key: "mei", value: ["is": "office"])) }
        let known = written.drivers.compactMap { driver in
            plan.stops.firstIndex { $0.driver == driver && !$0.isSpare }
        }
        let rows = known + plan.steps.compactMap(\.stop).filter { !plan.stops[$0].isSpare }
        let body: CaseValue = [
            "schema": .text(CaseFile.schema), "id": .text("swarm-\(plan.settings.seed)"),
            "kind": "scenario", "title": .text(reason), "seed": .integer(plan.settings.seed),
            "actors": .object(actors),
            "plan": .list(Set(rows).sorted().map { row(plan.stops[$0]) }),
            "steps": .list(written.steps + [["do": "settle"]]),
            "expect": ["converged": true],
        ]
        return body.lines() + "\n"
    }

    private init(plan: SwarmPlan) { self.plan = plan }

    private static func name(_ slot: Int) -> String { "phone-\(slot)" }

    private static func code(_ stop: SwarmStop) -> String { "\(stop.driver + 1)-\(stop.place)" }

    private static func row(_ stop: SwarmStop) -> CaseValue {
        [
            "stop": .text(code(stop)), "driver": .text("drv-\(stop.driver + 1)"),
            "items": ["20kg": .integer(1 + stop.place % 3)],
        ]
    }

    /// - Returns: false where there is no word for it.
    private mutating func add(_ step: SwarmStep) -> Bool {
        switch step.action {
        // Case and swarm begin with the plan at hand, and apps that run.
        case .importDay(0), .open, .close: return true
        case .tap(let tap, let phone, let stop):
            let number = Int64(step.number)
            guard let (word, members) = Self.words(of: tap, number) else { return false }
            var all: [CaseMember] = [
                CaseMember(key: "do", value: .text(word)),
                CaseMember(key: "who", value: .text(Self.name(phone))),
            ]
            let place = plan.stops[stop]
            all.append(
                word == "route_start"
                    ? CaseMember(key: "route", value: .text("R-drv-\(place.driver + 1)"))
                    : CaseMember(
                        key: "stop",
                        value: .text(tap == .addStop ? "door-\(number)" : Self.code(place))))
            steps += [.object(all + members), sync(phone)]
            return true
        case .edit(let edit, let stop): return add(edit, plan.stops[stop], Int64(step.number))
        case .message(let fault, let phone):
            guard let member = Self.word(of: fault) else { return false }
            steps.append(
                .object([
                    CaseMember(key: "do", value: "sync"),
                    CaseMember(key: "who", value: .text(Self.name(phone))), member,
                ]))
            return true
        case .backUp(let phone): return backUp(Self.name(phone), step)
        case .backUpHub: return backUp("hub", step)
        case .befall(let kind, let phone): return befall(kind, Self.name(phone))
        case .hub(let kind): return befall(kind, "hub")
        case .importDay, .outage, .strike, .killHub: return false
        }
    }

    private func sync(_ phone: Int) -> CaseValue {
        ["do": "sync", "who": .text(Self.name(phone))]
    }

    private mutating func backUp(_ who: String, _ step: SwarmStep) -> Bool {
        let name = "\(who)-\(step.number)"
        backups.append(name)
        steps.append(["do": "backup", "who": .text(who), "to": .text(name)])
        return true
    }

    private mutating func befall(_ kind: FaultKind, _ who: String) -> Bool {
        switch kind {
        case .killed, .hubKilled: steps.append(["do": "restart", "who": .text(who)])
        case .deviceLost: steps.append(["do": "lose", "who": .text(who)])
        case .hubReplaced: steps.append(["do": "replace", "who": .text(who)])
        case .deviceCloned:
            steps.append(["do": "clone", "who": .text(who), "to": .text("\(who)-copy")])
        case .deviceRestored, .hubRestored:
            guard let name = backups.last(where: { $0.hasPrefix(who) }) else { return true }
            steps.append(["do": "restore", "who": .text(who), "from": .text(name)])
        default: return false
        }
        return true
    }

    private mutating func add(_ edit: SwarmEdit, _ stop: SwarmStop, _ number: Int64) -> Bool {
        offices = true
        var members: [CaseMember] = []
        let word: String
        switch edit {
        case .cancel: word = "cancel"
        case .uncancel: word = "uncancel"
        case .reopen: word = "reopen"
        case .note:
            word = "add_note"
            members = [CaseMember(key: "text", value: "辦公室備註")]
        case .price:
            word = "set"
            members = [CaseMember(key: "price_ntd", value: .integer(500 + number))]
        case .window:
            word = "set"
            members = [CaseMember(key: "window", value: "09:00-11:00")]
        case .reassign(let offset):
            word = "reassign"
            let driver = (stop.driver + offset) % plan.settings.drivers
            drivers.insert(driver)
            members = [CaseMember(key: "driver", value: .text("drv-\(driver + 1)"))]
        case .takeBack:
            word = "reassign"
            drivers.insert(stop.driver)
            members = [CaseMember(key: "driver", value: .text("drv-\(stop.driver + 1)"))]
        case .items, .words, .resequence, .insert, .settle, .decide, .purge, .neighbours:
            return false
        }
        steps.append(
            .object(
                [
                    CaseMember(key: "do", value: .text(word)),
                    CaseMember(key: "who", value: "mei"),
                    CaseMember(key: "stop", value: .text(Self.code(stop))),
                ] + members))
        return true
    }

    private static func word(of fault: MessageFault) -> CaseMember? {
        switch fault {
        case .answerCut(let count): CaseMember(key: "cut_at", value: .integer(count % 1_000))
        case .answerFlipped(let bit): CaseMember(key: "flip_bit", value: .integer(bit))
        case .requestLost: CaseMember(key: "fault", value: "request_lost")
        case .answerLost: CaseMember(key: "fault", value: "answer_lost")
        case .answerLate: CaseMember(key: "fault", value: "answer_late")
        case .duplicated: CaseMember(key: "fault", value: "duplicated")
        case .status(401): CaseMember(key: "fault", value: "unauthorised")
        case .status: CaseMember(key: "fault", value: "busy")
        case .portal: CaseMember(key: "fault", value: "portal")
        case .requestLate: nil
        }
    }

    private static func words(
        of tap: SwarmTap, _ number: Int64
    ) -> (word: String, members: [CaseMember])? {
        let cash = CaseMember(key: "cash_ntd", value: .integer(100 + number))
        let given = CaseMember(key: "delivered", value: ["20kg": .integer(1 + number % 4)])
        switch tap {
        case .arrive: return ("arrive", [])
        case .complete: return ("handover", [given, cash])
        case .completeDespite:
            return ("handover", [given, cash, CaseMember(key: "despite_cancel", value: true)])
        case .fail: return ("fail", [CaseMember(key: "reason", value: "absent")])
        case .note:
            return ("note", [CaseMember(key: "text", value: .text("備註 \(number)"))])
        case .cash: return ("cash", [cash])
        case .photo, .signature:
            return ("photo", [CaseMember(key: "bytes", value: .text("picture \(number)"))])
        case .meter: return ("meter", [CaseMember(key: "milli", value: .integer(number * 1_000))])
        case .suggestAddress:
            return ("suggest_address", [CaseMember(key: "address", value: "新址")])
        case .addStop: return ("add_stop", [given, cash])
        case .startRoute: return ("route_start", [])
        case .correctHandover:
            return (
                "correct",
                [
                    CaseMember(key: "what", value: "handover"),
                    CaseMember(key: "handover", value: .object([given])),
                ]
            )
        case .correctCash:
            return ("correct", [CaseMember(key: "what", value: "cash"), cash])
        case .look: return ("seen", [])
        case .withdraw, .startShift, .endShift: return nil
        }
    }
}

extension SwarmStep {
    /// The stop concerned; nil: none.
    fileprivate var stop: Int? {
        switch action {
        case .tap(_, _, let stop), .edit(_, let stop): stop
        default: nil
        }
    }
}
