internal import LuckyModel

/// Plays cases of devices, office people and hubs in a ``World``.
struct ScenarioPlayer: CasePlayer {
    static let kind = "scenario"
    static let about = "Devices, office people and hubs: what they do, and what is seen afterwards."
    static let keys = ScenarioShape.keys

    let file: CaseFile
    let actors: [(name: String, body: CaseValue)]
    let steps: [CaseValue]
    /// Steps and moments too, not only the end.
    let expected: CaseValue
    let expectation = Shape.object([
        .init("refused", .table(.anyText, isWhole: true)),
        .init("checks", .table(ScenarioExpectation.moment)),
        .init("end", ScenarioExpectation.end),
    ])

    init(_ file: CaseFile) throws(CaseError) {
        self.file = file
        actors = (file.body["actors"]?.members ?? []).map { ($0.key, $0.value) }
        steps = file.body["steps"]?.list ?? []
        try ScenarioNames(actors, steps, file.body).check()

        var refused: [CaseMember] = []
        var checks: [CaseMember] = []
        for (index, step) in steps.enumerated() {
            if let code = step["refused"] {
                refused.append(CaseMember(key: "\(index)", value: code))
            }
            if step["do"]?.text == "check", let expect = step["expect"] {
                checks.append(CaseMember(key: "\(index)", value: expect))
            }
        }
        expected = .members([
            "refused": .object(refused), "checks": .object(checks),
            "end": file.body["expect"] ?? .null,
        ])
    }

    /// A hub in memory has no file that could be copied, or opened again.
    private var needsFile: Bool {
        let hubs = ["hub"] + actors.filter { $0.body["is"]?.text == "hub" }.map(\.name)
        let about = ["backup", "restore", "replace", "restart", "kill", "stop", "start"]
        return steps.contains { step in
            about.contains(step["do"]?.text ?? "") && hubs.contains(step["who"]?.text ?? "")
        }
    }

    func play(orders limit: Int, _ take: (Sighting) -> Bool) throws {
        let seed =
            file.body["seed"].flatMap { value -> UInt64? in
                if case .number(let digits) = value { UInt64(digits) } else { nil }
            } ?? 1
        let orders = MessageOrders(places: ScenarioPlaces(actors, steps).places)
            .chosen(limit: limit, seed: seed)
        for (index, order) in orders.enumerated() {
            for inMemory in needsFile ? [false] : [true, false] {
                let label = (inMemory ? Phrase.sightedInMemory : .sightedOnSQLite)
                    .with(["order": "\(index + 1)", "all": "\(orders.count)"])
                let run = try ScenarioRun(self, seed: seed, hubInMemory: inMemory, order: order)
                let (value, broken) = try run.play()
                guard take(Sighting(label, order: index + 1, value, broken: broken)) else { return }
            }
        }
    }
}

/// Where messages land, and how many each exchange in flight has there.
private struct ScenarioPlaces {
    private(set) var places: [[Int]] = []

    init(_ actors: [(name: String, body: CaseValue)], _ steps: [CaseValue]) {
        var devices = actors.filter { $0.body["is"]?.text == "device" }.map(\.name)
        var flying: [(name: String?, messages: Int)] = []
        for step in steps {
            let who = step["who"]?.text ?? ""
            let fault = step["fault"]?.text
            switch step["do"]?.text {
            case "clone": devices.append(step["to"]?.text ?? "")
            case "lose": devices.removeAll { $0 == who }
            case "sync" where fault == "answer_late": flying.append((nil, 1))
            case "send":
                let copies = Int(step["copies"]?.integer ?? (fault == "duplicated" ? 1 : 0))
                flying.append((step["as"]?.text, fault == "request_lost" ? 1 : 2))
                for _ in 0..<copies { flying.append((nil, 2)) }
                if fault == "answer_late" { flying.append((nil, 1)) }
            case "land":
                guard let name = step["message"]?.text else {
                    places.append(flying.map(\.messages))
                    flying = []
                    continue
                }
                guard let index = flying.firstIndex(where: { $0.name == name }) else { continue }
                flying[index].messages -= step["only"] == nil ? flying[index].messages : 1
                if flying[index].messages <= 0 { flying.remove(at: index) }
            case "settle":
                places.append(flying.map(\.messages))
                places.append(devices.map { _ in 2 })
                flying = []
            default: break
            }
        }
    }
}
