internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel
internal import LuckyStore

/// What phones and the hub hold at one moment, read once for all who look.
struct SwarmView {
    private var atHub: [EntityState]?
    private var onDevices: [String: [EntityState]] = [:]

    /// The hub's stops, routes and shifts; none where it does not run.
    mutating func hub(_ run: SwarmRun) throws -> [EntityState] {
        if let atHub { return atHub }
        guard let hub = run.hub.hub else { return [] }
        let states = try hub.read { reader in
            try [EntityKind.stop, .route, .shift].flatMap { kind in
                try reader.entities(kind).compactMap { try reader.state($0) }
            }
        }
        atHub = states
        return states
    }

    /// What a phone shows of all that it holds; none where its process does not run.
    mutating func device(_ device: WorldDevice) throws -> [EntityState] {
        if let states = onDevices[device.name] { return states }
        guard let store = device.store, !device.disk.isDead else { return [] }
        let states = try store.heldEntities().compactMap { try store.state(of: $0) }
        onDevices[device.name] = states
        return states
    }
}
