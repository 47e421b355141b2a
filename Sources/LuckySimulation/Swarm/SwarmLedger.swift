internal import LuckyModel

/// What drivers and office people were told, kept outside of everything that is tested: it knows
/// what was acknowledged, and where, if nothing is broken, that must lie now.
///
/// A tap has three states. *Acknowledged*: it must exist, unless every place it was ever promised to
/// be at was taken away. *Unknown*: it may. *Refused*: it must not.
struct SwarmLedger {
    enum State: Hashable, Sendable { case acknowledged, unknown, refused }

    /// One tap.
    struct Tap: Sendable {
        var change: ChangeID
        var entity: EntityID
        var driver: Identifier
        /// What the rule made of it, each time it was tried; none where it was refused.
        var versions: [[Fact]]
        var state: State
        /// Which step of the plan.
        var step: Int
        /// What its phone's own clock can have shown at most, Unix milliseconds.
        var latest: Int64 = .max
        /// A device said that the hub has it.
        var isReceived = false
        /// Nobody can have it any more.
        var isExcused = false
    }

    /// One edit that the hub answered.
    struct Edit: Sendable {
        var change: ChangeID
        var entity: EntityID
        /// Written to by the same change.
        var also: [EntityID] = []
        var state: State
        var isExcused = false
    }

    private(set) var taps: [Tap] = []
    private(set) var edits: [Edit] = []
    /// Stops of the plan files that the hub took.
    private(set) var planned: Set<EntityID> = []
    /// Changesets that imports of plan files wrote.
    var imported = 0
    private var places: [ChangeID: Int] = [:]
    /// By the device's name: what its disk must hold.
    private var onDisk: [String: Set<Int>] = [:]
    /// By the device's name: what it has not told to be received.
    private(set) var pending: [String: Set<Int>] = [:]
    /// How often a hub's process ended while a tap waited on some phone.
    private var endsMet: [Int: Int] = [:]
    /// What some device holds a receipt for in the hub's present line of files.
    private var atHub: Set<Int> = []
    private var editsAtHub: Set<Int> = []
    /// By the backup's name.
    private var deviceBackups: [String: Set<Int>] = [:]
    private var hubBackups: [String: (taps: Set<Int>, edits: Set<Int>, planned: Set<EntityID>)] =
        [:]

    var changesets: Int {
        taps.count { $0.state == .acknowledged } + imported
            + edits.count { $0.state == .acknowledged }
    }

    /// What a device acknowledged and must hold, in the order tapped.
    func taps(on device: String) -> [Tap] { (onDisk[device] ?? []).sorted().map { taps[$0] } }

    subscript(change: ChangeID) -> Tap? { places[change].map { taps[$0] } }

    // MARK: Taps and edits

    /// A tap, or the same tap again.
    mutating func note(_ tap: Tap, on device: String) {
        let place: Int
        if let known = places[tap.change] {
            place = known
            if tap.state == .acknowledged { taps[known].state = .acknowledged }
            taps[known].latest = max(taps[known].latest, tap.latest)
            for version in tap.versions where !taps[known].versions.contains(version) {
                taps[known].versions.append(version)
            }
        } else {
            place = taps.count
            places[tap.change] = place
            taps.append(tap)
        }
        guard tap.state == .acknowledged else { return }
        onDisk[device, default: []].insert(place)
        pending[device, default: []].insert(place)
    }

    mutating func note(_ edit: Edit) {
        if edit.state == .acknowledged { editsAtHub.insert(edits.count) }
        edits.append(edit)
    }

    /// The hub said that it took a plan file with these stops.
    mutating func plan(_ stops: [EntityID]) { planned.formUnion(stops) }

    /// What a device's outbox holds now.
    /// - Returns: the taps that left it: the device says that the hub has them.
    mutating func see(pending changes: [ChangeID], on device: String) -> [Tap] {
        let now = Set(changes.compactMap { places[$0] })
        let left = (pending[device] ?? []).subtracting(now).sorted()
        pending[device] = now
        for place in left {
            taps[place].isReceived = true
            atHub.insert(place)
        }
        return left.map { taps[$0] }
    }

    // MARK: What befalls machines

    mutating func hubEnded() {
        for place in pending.values.reduce(into: Set(), { $0.formUnion($1) }) {
            endsMet[place, default: 0] += 1
        }
    }

    /// How often a hub's process ended before a tap was received.
    func endsMet(by change: ChangeID) -> Int { places[change].flatMap { endsMet[$0] } ?? 0 }

    mutating func backUp(_ device: String, as name: String) {
        deviceBackups[name] = onDisk[device] ?? []
    }

    mutating func backUpHub(as name: String) { hubBackups[name] = (atHub, editsAtHub, planned) }

    mutating func clone(_ device: String, as name: String) {
        onDisk[name] = onDisk[device]
        pending[name] = pending[device]
    }

    /// What no other place is known to hold, once a device's data became a backup's, or went for good.
    /// - Parameter backup: nil: nothing is left.
    func losing(_ device: String, to backup: String?) -> [ChangeID] {
        let after = backup.flatMap { deviceBackups[$0] } ?? []
        return (onDisk[device] ?? []).subtracting(after).sorted()
            .filter { place in
                !atHub.contains(place)
                    && !onDisk.contains { $0.key != device && $0.value.contains(place) }
            }
            .map { taps[$0].change }
    }

    /// A device's data became a backup's, or went for good.
    /// - Parameters:
    ///   - backup: nil: nothing is left.
    ///   - known: of ``losing(_:to:)``, what the hub has, although no device was told.
    mutating func lose(_ device: String, to backup: String?, atHub known: Set<ChangeID>) {
        let lost = losing(device, to: backup)
        let after = backup.flatMap { deviceBackups[$0] } ?? []
        onDisk[device] = after
        pending[device] = (pending[device] ?? []).intersection(after)
        for place in lost.compactMap({ places[$0] }) {
            if known.contains(taps[place].change) {
                atHub.insert(place)
            } else {
                taps[place].isExcused = true
            }
        }
    }

    /// The hub's file became a backup, or an empty one.
    mutating func loseHub(to backup: String?) {
        let (before, editsBefore) = (atHub, editsAtHub)
        let kept = backup.flatMap { hubBackups[$0] } ?? ([], [], [])
        (atHub, editsAtHub, planned) = kept
        for place in before.subtracting(kept.taps).sorted() where !isHeld(place) {
            taps[place].isExcused = true
        }
        for place in editsBefore.subtracting(kept.edits) { edits[place].isExcused = true }
    }

    private func isHeld(_ place: Int) -> Bool {
        atHub.contains(place) || onDisk.values.contains { $0.contains(place) }
    }
}
