internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel
internal import LuckyStore
internal import LuckyWire

/// One scenario played once, with its messages landing in one order.
final class ScenarioRun {
    let player: ScenarioPlayer
    let world: World
    let day: CivilDate
    /// For each place where messages land: whose next one, in turn.
    var order: [[Int]]
    /// In flight, in the order sent.
    var flights: [(name: String?, flight: Flight)] = []

    var offices: [String: ScenarioOffice] = [:]
    /// Codes of stops, in the order first named, and their entities.
    var stops: [(code: String, id: EntityID)] = []
    /// Names of shifts, in the order first named, and their entities.
    var shifts: [(code: String, id: EntityID)] = []
    var labels: [String: ChangeID] = [:]
    /// What each change says, for the sides of reviews.
    var sayings: [FactRef: String] = [:]
    var firstReplicas: [String: ReplicaID] = [:]
    /// The histories of each hub, first to last.
    var histories: [String: [HistoryID]] = [:]
    /// The hub's log position when its changes were last remembered.
    var noted: [String: UInt64] = [:]
    var namedOnce: (count: Int, all: [ScenarioEntity])?
    /// Every tap that a device acknowledged, and what became of those that only it had when it
    /// was lost or restored: nobody can have them.
    var taps: [(device: WorldDevice, change: ChangeID)] = []
    var excused: Set<ChangeID> = []
    /// Entities that `recorded` steps brought, in that order.
    var recorded: [EntityID] = []
    private var officeCalls: UInt64 = 0
    private let planner: Identifier = "planner"

    init(
        _ player: ScenarioPlayer, seed: UInt64, hubInMemory: Bool, order: [[Int]]
    ) throws {
        self.player = player
        self.order = order
        let body = player.file.body
        guard let day = CivilDate(text: body["day"]?.text ?? "2026-11-22") else {
            throw CaseError("day", .faultNoDay)
        }
        self.day = day
        let minute = CaseTime.minute(body["start"]?.text ?? "08:00") ?? 480
        world = World(
            start: day.startUnixMilliseconds + Int64(minute) * 60_000, seed: seed)
        try addActors(hubInMemory: hubInMemory)
        try importPlan()
        for device in world.devices where actor(device.name)?["loaded"]?.flag ?? true {
            try world.sync(device)
        }
        for device in world.devices {
            firstReplicas[device.name] = try device.store?.position().replica
        }
    }

    private func actor(_ name: String) -> CaseValue? {
        player.actors.first { $0.name == name }?.body
    }

    private func addActors(hubInMemory: Bool) throws {
        let hubs = player.actors.filter { $0.body["is"]?.text == "hub" }
        if !hubs.contains(where: { $0.name == "hub" }) {
            try world.addHub("hub", depot: "TTT", inMemory: hubInMemory)
        }
        for hub in hubs {
            try world.addHub(
                hub.name, depot: Identifier(hub.body["depot"]?.text ?? "TTT"),
                inMemory: hubInMemory)
        }
        for (name, body) in player.actors {
            let hub = try hub(body["hub"]?.text ?? "hub")
            switch body["is"]?.text {
            case "device":
                let device = try world.addDevice(
                    name, of: Identifier(body["driver"]?.text ?? ""), at: hub)
                device.clockAhead = body["clock"]?.text.flatMap(CaseTime.duration) ?? 0
            case "office":
                offices[name] = ScenarioOffice(
                    hub: hub,
                    credential: Credential(
                        person: Identifier(body["person"]?.text ?? name), depot: hub.depot,
                        role: body["role"]?.text.flatMap(Role.init(name:)) ?? .office))
            default: break
            }
        }
    }

    private func importPlan() throws {
        for hub in world.hubs {
            let rows = (player.file.body["plan"]?.list ?? [])
                .filter { $0["hub"]?.text ?? "hub" == hub.name }
            var places: [String: Int64] = [:]
            var cells: [PlanCells] = []
            for row in rows {
                let route = routeCode(row)
                places[route, default: 0] += 1
                cells.append(
                    try planCells(row, hub: hub, place: row["sequence"]?.integer ?? places[route]))
            }
            guard !cells.isEmpty else { continue }
            let reply = try call(
                PlanImportReply.self, .planImport,
                PlanImportRequest(id: nextOfficeID(), file: try OfficeJSON.encode(cells)),
                at: hub, as: Credential(person: planner, depot: hub.depot, role: .office))
            guard reply.applied, reply.rejected.isEmpty else {
                let message = reply.rejected.first?.message
                throw CaseError("plan", message.map(Phrase.init(verbatim:)) ?? .faultNotTaken)
            }
        }
    }

    // MARK: Names

    func hub(_ name: String) throws -> WorldHub {
        guard let hub = world.hubs.first(where: { $0.name == name }) else {
            throw CaseError.noSuch(.nounHub, name, at: "actors")
        }
        return hub
    }

    func device(_ step: CaseValue) throws -> WorldDevice {
        let name = step["who"]?.text ?? ""
        guard let device = world.devices.first(where: { $0.name == name }) else {
            throw CaseError.noSuch(.nounDevice, name, at: "who")
        }
        return device
    }

    /// The entity of a stop's code; a new one of this day where it was not named before.
    func stopID(_ code: String, at hub: WorldHub) -> EntityID {
        if let known = stops.first(where: { $0.code == code }) { return known.id }
        let id = EntityID.planned(.stop, [hub.depot, Identifier(day.text), Identifier(code)])
        stops.append((code, id))
        return id
    }

    func routeID(_ code: String, at hub: WorldHub) -> EntityID {
        EntityID.planned(.route, [hub.depot, Identifier(day.text), Identifier(code)])
    }

    func customerID(_ code: String, at hub: WorldHub) -> EntityID {
        EntityID.planned(.customer, [hub.depot, Identifier(code)])
    }

    /// - Parameter change: of the tap that begins it; nil where it was begun.
    func shiftID(_ code: String, madeBy change: ChangeID? = nil) -> EntityID {
        if let known = shifts.first(where: { $0.code == code }) { return known.id }
        let id = EntityID(.shift, madeBy: change ?? ChangeID(high: 0, low: 0))
        if change != nil { shifts.append((code, id)) }
        return id
    }

    func routeCode(_ row: CaseValue) -> String {
        row["route"]?.text ?? "R-" + (row["driver"]?.text ?? "")
    }

    /// 24 hexadecimal digits: what an office client draws for a request.
    func nextOfficeID() -> String {
        officeCalls += 1
        return ChangeID(high: 0xCA5E, low: officeCalls << 32).bytes.prefix(12)
            .reduce(into: "") { $0 += ($1 < 16 ? "0" : "") + String($1, radix: 16) }
    }

    // MARK: Playing

    /// Plays all steps.
    /// - Returns: what was seen, and what must hold always and did not.
    func play() throws -> (seen: CaseValue, broken: [Phrase]) {
        var refused: [CaseMember] = []
        var checks: [CaseMember] = []
        for (index, step) in player.steps.enumerated() {
            world.now += 1_000
            do {
                if step["do"]?.text == "check" {
                    checks.append(CaseMember(key: "\(index)", value: try view()))
                } else if let code = try play(step) {
                    refused.append(CaseMember(key: "\(index)", value: .text(code)))
                }
            } catch let error as CaseError {
                throw CaseError("steps[\(index)] \(error.place)", error.reason)
            } catch {
                throw ScenarioFailure(
                    said: .at("steps[\(index)] \(step["do"]?.text ?? "")", Phrase(error)))
            }
            try note()
        }
        let seen = CaseValue.members([
            "refused": .object(refused), "checks": .object(checks), "end": try view(),
        ])
        return (seen, try brokenInvariants())
    }

    /// Plays one step.
    /// - Returns: the code with which it was refused; nil where it was done.
    private func play(_ step: CaseValue) throws -> String? {
        let word = step["do"]?.text ?? ""
        if ScenarioShape.tapSteps.contains(where: { $0.name == word }) {
            return try playTap(word, step)
        }
        if ScenarioShape.isOffice(word) {
            return try playOffice(word, step)
        }
        return try playMachine(word, step)
    }
}

/// What broke a scenario off.
struct ScenarioFailure: SaidError {
    var said: Phrase
}
