internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel
internal import LuckyStore
internal import LuckySync
internal import LuckyWire

extension ScenarioRun {
    func playMachine(_ word: String, _ step: CaseValue) throws -> String? {
        if let hub = world.hubs.first(where: { $0.name == step["who"]?.text }) {
            try playHub(word, step, hub)
            return nil
        }
        switch word {
        case "land": try land(step)
        case "settle": try settle()
        case "wait":
            let milliseconds = step["for"]?.text.flatMap(CaseTime.duration) ?? 0
            world.run(until: world.now + milliseconds)
        default: return try playDevice(word, step, try device(step))
        }
        return nil
    }

    private func playDevice(
        _ word: String, _ step: CaseValue, _ device: WorldDevice
    ) throws -> String? {
        if ScenarioShape.diskSteps.contains(where: { $0.name == word }) {
            try playDisk(word, step, device)
            return nil
        }
        switch word {
        case "recorded": try playRecorded(step, device)
        case "offline": device.link.isUp = false
        case "online": device.link.isUp = true
        case "sync": try sync(device, step)
        case "send": try send(device, step)
        case "cut_everywhere": try cutEverywhere(device, stride: step["stride"]?.integer ?? 1)
        case "clock":
            device.clockAhead = step["ahead"]?.text.flatMap(CaseTime.duration) ?? 0
        case "kill": world.kill(device)
        case "stop": world.stop(device)
        case "start":
            do throws(StoreError) { try world.start(device) } catch { return error.code }
        case "restart":
            world.kill(device)
            try world.start(device)
        case "lose":
            try excusePending(on: device)
            world.stop(device)
            device.isLost = true
        case "backup": world.backUp(device, as: step["to"]?.text ?? "", isWhole: isWhole(step))
        case "restore":
            try excusePending(on: device)
            try world.restore(device, from: step["from"]?.text ?? "")
        case "clone":
            let clone = try world.clone(
                device, as: step["to"]?.text ?? "", isWhole: isWhole(step))
            firstReplicas[clone.name] = firstReplicas[device.name]
        case "token":
            device.credential = Credential(
                person: step["person"]?.text.map { Identifier($0) } ?? device.driver,
                depot: step["depot"]?.text.map { Identifier($0) } ?? device.hub.depot,
                role: step["role"]?.text.flatMap(Role.init(name:)) ?? .driver,
                carriesFor: Set(
                    (step["carries_for"]?.list ?? []).compactMap(\.text).map { Identifier($0) }))
        default: break
        }
        return nil
    }

    /// What only this device has is about to be gone, and nothing can bring it back.
    private func excusePending(on device: WorldDevice) throws {
        let pending = try device.store?.changesets(.pending, limit: 100_000) ?? []
        excused.formUnion(pending.map(\.change))
    }

    private func isWhole(_ step: CaseValue) -> Bool { step["whole_disk"]?.flag ?? false }

    private func playHub(_ word: String, _ step: CaseValue, _ hub: WorldHub) throws {
        switch word {
        case "backup": try world.backUp(hub, as: step["to"]?.text ?? "", isWhole: isWhole(step))
        case "restore": try world.restore(hub, from: step["from"]?.text ?? "")
        case "replace": try world.replace(hub)
        case "kill", "stop": try world.stop(hub)
        case "start": try world.start(hub)
        case "restart": try world.kill(hub)
        default: break
        }
    }

    // MARK: Messages

    private func fault(_ step: CaseValue) -> MessageFault? {
        if let count = step["cut_at"]?.integer { return .answerCut(Int(count)) }
        if let bit = step["flip_bit"]?.integer { return .answerFlipped(Int(bit)) }
        if let count = step["request_cut_at"]?.integer { return .requestCut(Int(count)) }
        if let bit = step["request_flip_bit"]?.integer { return .requestFlipped(Int(bit)) }
        switch step["fault"]?.text {
        case "request_lost": return .requestLost
        case "answer_lost": return .answerLost
        case "answer_late": return .answerLate
        case "duplicated": return .duplicated
        case "unauthorised": return .status(401)
        case "busy": return .status(503)
        case "portal": return .portal
        default: return nil
        }
    }

    private func sync(_ device: WorldDevice, _ step: CaseValue) throws {
        if let fault = fault(step) {
            device.faults = Array(repeating: fault, count: Int(step["times"]?.integer ?? 1))
        }
        try world.sync(device)
        device.faults = []
        collectLate()
    }

    /// Answers that come after their device gave up are in flight from now on.
    private func collectLate() {
        flights += world.lateAnswers.map { (nil, $0) }
        world.lateAnswers = []
    }

    private func send(_ device: WorldDevice, _ step: CaseValue) throws {
        flights.removeAll { $0.flight.device === device && $0.flight === device.flight }
        let fault = fault(step)
        device.faults = fault.map { [$0] } ?? []
        let flight = try world.send(device)
        device.faults = []
        // Places that were counted before: one for each exchange, whether or not it came about.
        let landed = Flight.nothing(of: device)
        flights.append((step["as"]?.text, flight ?? landed))
        let copies = Int(step["copies"]?.integer ?? (fault == .duplicated ? 1 : 0))
        for _ in 0..<copies { flights.append((nil, flight?.twin() ?? landed)) }
        if fault == .answerLate { flights.append((nil, flight?.late() ?? landed)) }
    }

    private func land(_ step: CaseValue) throws {
        guard let name = step["message"]?.text else { return landAll() }
        for entry in flights where entry.name == name {
            world.land(entry.flight)
            if step["only"] == nil { while entry.flight.messages > 0 { world.land(entry.flight) } }
        }
        flights.removeAll { $0.name == name && $0.flight.messages == 0 }
    }

    /// All that is in flight, in the order of this run.
    private func landAll() {
        let turns = order.isEmpty ? [] : order.removeFirst()
        for turn in turns where flights.indices.contains(turn) {
            world.land(flights[turn].flight)
        }
        for entry in flights { while entry.flight.messages > 0 { world.land(entry.flight) } }
        flights = []
    }

    /// All links are up and all devices run: they sync until all is quiet.
    private func settle() throws {
        landAll()
        for hub in world.hubs where hub.hub == nil { try world.start(hub) }
        let devices = world.devices.filter { !$0.isLost }
        for device in devices {
            device.link = WorldLink()
            if !device.isRunning { try world.start(device) }
            flights.append((nil, try world.send(device) ?? Flight.nothing(of: device)))
        }
        landAll()
        for _ in 0..<40 {
            let before = try stateOfRest()
            for device in devices {
                try world.sync(device)
                var rings = 0
                while device.machine.isWaiting, rings < 20 {
                    world.runNext(until: .max, of: device)
                    world.finish(device)
                    rings += 1
                }
            }
            if try stateOfRest() == before { return }
        }
    }

    private func stateOfRest() throws -> [String] {
        try world.hubs.map { "\($0.hub?.sequence(of: $0.depot) ?? 0)" }
            + world.devices.map { device in
                guard let position = try device.store?.position() else { return "" }
                return "\(position.pendingCount) \(position.quarantinedCount)"
                    + " \(position.checkpoint?.sequence ?? 0) \(position.head?.counter ?? 0)"
                    + " \(position.history?.hex ?? "") \(device.status?.phase.words.phase ?? "")"
            }
    }

    private func cutEverywhere(_ device: WorldDevice, stride step: Int64) throws {
        var count = 0
        while true {
            device.faults = [.answerCut(count)]
            try world.sync(device)
            guard device.lastFailure != nil else { break }
            count += Int(step)
        }
        device.faults = []
    }
}
