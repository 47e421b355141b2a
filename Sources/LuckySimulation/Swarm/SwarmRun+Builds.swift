internal import LuckyModel

// Devices of other builds than this one.
extension SwarmRun {
    /// The device goes on with an older build, or with this one again. Where it ran, its process
    /// ends, with all that waits in its outbox.
    func changeBuild(of device: WorldDevice, _ kind: FaultKind, _ draw: inout SwarmDraw) {
        var knowledge = Knowledge()
        if kind == .downgraded { knowledge = older(&draw) }
        // A seed whose phones are upgraded has older ones to begin with.
        guard knowledge != device.knowledge else { return }
        if hasAtStake(device) { world.strike(kind) }
        device.knowledge = knowledge
        guard device.isRunning else { return }
        world.stop(device)
        // What the other build derives anew, or migrates, may be cut short.
        var death: WorldDeath?
        if plan.kinds.contains(.killedInside), draw.chance(30) {
            death = WorldDeath(call: 1 + draw.below(60), kind: .killedInside)
        }
        later.add(world.now + 1_000 + draw.time(60_000)) { [unowned self] in
            try open(device, until: death)
        }
    }

    /// A build that lacks some kinds of fact and what is derived of them, or a migration.
    func older(_ draw: inout SwarmDraw) -> Knowledge {
        if draw.chance(25) { return Knowledge(migrationsBehind: 1) }
        let newer: [FactKind] = [.noteAdded, .meterRead, .suggestedAddress, .looked, .photoTaken]
        return Knowledge(
            unknownKinds: Set(newer.filter { _ in draw.chance(60) }),
            knowsPurging: draw.chance(50), derivationsBehind: 1)
    }

    /// Whether a device's app has such a tap at all.
    func knows(_ tap: SwarmTap, on device: WorldDevice) -> Bool {
        let kind: FactKind
        switch tap {
        case .note: kind = .noteAdded
        case .meter: kind = .meterRead
        case .suggestAddress: kind = .suggestedAddress
        case .look: kind = .looked
        case .photo, .signature: kind = .photoTaken
        default: return true
        }
        return !device.knowledge.unknownKinds.contains(kind)
    }
}
