internal import LuckyModel

/// A short history of a swarm as a case that people read and `./cli/test` plays, where the format
/// has words for all of it.
struct SwarmCase {
    private let plan: SwarmPlan
    private var steps: [CaseValue] = []
    private var offices = false
    private var backups: [String] = []
    /// The shift that each driver began last.
    private var shifts: [Int: String] = [:]
    /// Links that are mended at some time, milliseconds, the earliest first; and which phones they are.
    private var mended: [(at: Int64, phone: Int)] = []
    /// Phones whose answers get lost.
    private var losing: Set<Int> = []
    /// Drivers whom the office names: each has a phone, and a stop, without which he is unknown.
    private var drivers: Set<Int> = []

    /// The text of a `lucky-case/1` file; nil where a step has no word there.
    static func text(of plan: SwarmPlan, reason: String) -> String? {
        var written = SwarmCase(plan: plan)
        for step in plan.steps {
            written.mendLinks(until: step.at)
            guard written.add(step) else { return nil }
        }
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
            "kind": "scenario", "title": .text(reason), "origin": ["SWARM"],
            "seed": .integer(plan.settings.seed),
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
        // A case has one day.
        if let stop = step.stop, plan.stops[stop].day > 0 { return false }
        switch step.action {
        // Case and swarm begin with the plan at hand, and apps that run.
        case .importDay, .open, .close: return true
        case .tap(let tap, let phone, let stop):
            return add(tap, phone, plan.stops[stop], Int64(step.number))
        case .edit(let edit, let stop): return add(edit, plan.stops[stop], Int64(step.number))
        case .message(let fault, let phone):
            steps.append(
                .object([
                    CaseMember(key: "do", value: "sync"),
                    CaseMember(key: "who", value: .text(Self.name(phone))),
                    Self.word(of: fault),
                ]))
            return true
        case .backUp(let phone): return backUp(Self.name(phone), step)
        case .backUpHub: return backUp("hub", step)
        case .befall(let kind, let phone):
            var draw = SwarmDraw(seed: step.seed)
            return befall(kind, Self.name(phone), &draw)
        case .strike(.clock(let ahead), let phone):
            setClock(of: Self.name(phone), ahead)
            return true
        case .strike(.imaged, let phone):
            let who = Self.name(phone)
            steps.append(
                [
                    "do": "clone", "who": .text(who), "to": .text("\(who)-copy"),
                    "whole_disk": true,
                ])
            return true
        case .outage(let kind, let phone, let length):
            breakLink(of: phone, kind, until: step.at + length)
            return true
        case .hub(let kind):
            var draw = SwarmDraw(seed: step.seed)
            return befall(kind, "hub", &draw)
        case .strike, .killHub: return false
        }
    }

    private mutating func add(
        _ tap: SwarmTap, _ phone: Int, _ stop: SwarmStop, _ number: Int64
    ) -> Bool {
        // Nobody goes off duty who did not come on.
        if tap == .endShift, shifts[stop.driver] == nil { return true }
        if tap == .startShift { shifts[stop.driver] = "shift-\(number)" }
        let (word, members) = Self.words(of: tap, number)
        let object: CaseMember
        switch tap {
        case .startRoute:
            object = CaseMember(key: "route", value: .text("R-drv-\(stop.driver + 1)"))
        case .startShift, .endShift:
            object = CaseMember(key: "shift", value: .text(shifts[stop.driver] ?? ""))
        case .addStop: object = CaseMember(key: "stop", value: .text("door-\(number)"))
        default: object = CaseMember(key: "stop", value: .text(Self.code(stop)))
        }
        let all: [CaseMember] = [
            CaseMember(key: "do", value: .text(word)),
            CaseMember(key: "who", value: .text(Self.name(phone))), object,
        ]
        steps += [.object(all + members), sync(phone)]
        return true
    }

    private func sync(_ phone: Int) -> CaseValue {
        guard losing.contains(phone) else {
            return ["do": "sync", "who": .text(Self.name(phone))]
        }
        return ["do": "sync", "who": .text(Self.name(phone)), "fault": "answer_lost"]
    }

    private mutating func breakLink(of phone: Int, _ kind: FaultKind, until end: Int64) {
        switch kind {
        // It only takes longer, and a case has no bytes in a second.
        case .slow: return
        case .oneWay: losing.insert(phone)
        default: steps.append(["do": "offline", "who": .text(Self.name(phone))])
        }
        let index = mended.firstIndex { $0.at > end } ?? mended.count
        mended.insert((end, phone), at: index)
    }

    private mutating func mendLinks(until moment: Int64) {
        while let first = mended.first, first.at <= moment {
            mended.removeFirst()
            losing.remove(first.phone)
            steps += [
                ["do": "online", "who": .text(Self.name(first.phone))], sync(first.phone),
            ]
        }
    }

    private mutating func setClock(of who: String, _ ahead: Int64) {
        let seconds = "\(ahead < 0 ? "-" : "+")\(abs(ahead) / 1_000)s"
        steps.append(["do": "clock", "who": .text(who), "ahead": .text(seconds)])
    }

    private mutating func backUp(_ who: String, _ step: SwarmStep) -> Bool {
        let name = "\(who)-\(step.number)"
        backups.append(name)
        steps.append(["do": "backup", "who": .text(who), "to": .text(name)])
        return true
    }

    private mutating func befall(
        _ kind: FaultKind, _ who: String, _ draw: inout SwarmDraw
    ) -> Bool {
        switch kind {
        case .powerLost, .powerKept, .powerTorn:
            let left = kind == .powerLost ? "lost" : kind == .powerKept ? "kept" : "torn"
            steps += [
                ["do": "power_cut", "who": .text(who), "unsynced": .text(left)],
                ["do": "start", "who": .text(who)],
            ]
        case .diskFull: steps.append(["do": "disk", "who": .text(who), "full": true])
        case .clockJump, .timeZone:
            setClock(of: who, SwarmRun.clockAhead(kind, &draw))
        case .hubMoved:
            steps += [["do": "stop", "who": .text(who)], ["do": "start", "who": .text(who)]]
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
        case .items:
            word = "set"
            members = [CaseMember(key: "items", value: ["16kg": .integer(1 + number % 4)])]
        case .words:
            word = "set"
            members = [
                CaseMember(key: "address", value: .text("改到後門 \(number)")),
                CaseMember(key: "note", value: .text("請打電話 \(number)")),
            ]
        case .insert:
            word = "insert"
            members = [CaseMember(key: "driver", value: .text("drv-\(stop.driver + 1)"))]
        case .settle:
            word = "settle_account"
            members = [CaseMember(key: "received_ntd", value: .integer(100))]
        case .resequence, .decide, .purge, .neighbours: return false
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
