internal import LuckyCausality
internal import LuckyModel
internal import LuckyStore

/// The same taps again and again, on copies of a device's disk, with a fault at the first call to
/// the disk, at the second, and so on until none is struck. Each time the store must open, be whole,
/// and hold all that it acknowledged and nothing that nobody tapped.
struct DiskSweep {
    /// What strikes at one call.
    enum Fault: String, CaseIterable {
        case kill
        /// The process dies, and the power with it: lost, kept, and torn.
        case powerCut = "power_cut"
        case full
        case errorOnce = "error_once"
        case errorForever = "error_forever"
        case syncErrorOnce = "sync_error_once"
    }

    let disk: SimulatedDisk
    let driver: Identifier
    let stop: EntityID
    let time: DeviceTime
    let taps: Int
    let fault: Fault

    /// What was wrong, each with the call that the fault struck; empty where all is well.
    func findings() throws(StoreError) -> [Phrase] {
        let before = Set(try pending(disk.copy()))
        var findings = try opened(before)
        var call = 1
        while findings.count < 10 {
            let image = disk.copy()
            let found = played(at: call, image, before)
            findings += found.map { say(.sweepAt, call, $0) }
            guard image.strikes > 0 else {
                return call > 1 ? findings : [.sweepNoStrike]
            }
            call += 1
        }
        return findings
    }

    /// The same while the next process opens the store: at the first call of that, at the second …
    private func opened(_ before: Set<ChangeID>) throws(StoreError) -> [Phrase] {
        guard fault == .kill || fault == .powerCut else { return [] }
        var findings: [Phrase] = []
        var call = 1
        while findings.count < 10 {
            let image = disk.copy()
            image.kill(atCall: call)
            let store = try? open(image)
            for cut in cuts(of: call) where image.strikes > 0 {
                let after = image.copy()
                if let cut { after.cutPower(cut) }
                after.revive()
                findings += try broken(after, [], before).map { say(.sweepOpened, call, $0) }
            }
            store?.close()
            guard image.strikes > 0 else { break }
            call += 1
        }
        return findings
    }

    private func say(_ phrase: Phrase, _ call: Int, _ what: Phrase) -> Phrase {
        phrase.with([
            "fault": Phrase(verbatim: fault.rawValue), "call": Phrase(verbatim: "\(call)"),
            "what": what,
        ])
    }

    private func played(
        at call: Int, _ image: SimulatedDisk, _ before: Set<ChangeID>
    ) -> [Phrase] {
        do throws(StoreError) {
            let store = try open(image)
            arm(image, call)
            var acknowledged: Set<ChangeID> = []
            var failed: [Int] = []
            for tap in 1...taps {
                if isSaved(tap, in: store) {
                    acknowledged.insert(id(tap))
                } else {
                    failed.append(tap)
                }
            }
            if image.strikes > 0, fault != .kill, fault != .powerCut {
                // The disk is well again: what failed is tapped again, with no restart.
                image.setRoom(nil)
                image.fail(at: nil)
                for tap in failed where isSaved(tap, in: store) { acknowledged.insert(id(tap)) }
                guard acknowledged.count == taps else { return [.sweepRefusedForGood] }
            }
            var findings: [Phrase] = []
            for cut in cuts(of: call) {
                let after = image.copy()
                if let cut { after.cutPower(cut) }
                after.revive()
                var found = try broken(after, acknowledged, before)
                found += try goesOn(after, before).map { .sweepLater.with(["what": $0]) }
                let how = cut.map { Phrase(verbatim: "\($0)") } ?? .sweepKilled
                findings += found.map { .sweepCut.with(["what": $0, "cut": how]) }
            }
            store.close()
            return findings
        } catch {
            return [.sweepNotOpened.with(["error": "\(error)"])]
        }
    }

    /// What may become of the disk afterwards; nil: only the process is gone.
    private func cuts(of call: Int) -> [SimulatedDisk.PowerCut?] {
        switch fault {
        case .kill: [nil]
        case .powerCut:
            [.lost, .kept, .torn(seed: UInt64(call))]
        default: [nil, .lost]
        }
    }

    private func open(_ image: SimulatedDisk) throws(StoreError) -> ReplicaStore {
        try ReplicaStore.open(
            at: image.path + "/" + WorldDevice.file, as: driver, leaseWaitMilliseconds: 0,
            marks: nil, files: SimulatedFiles())
    }

    /// The next process is tapped again, and is told of each tap that it is saved; then the power
    /// goes.
    private func goesOn(
        _ image: SimulatedDisk, _ before: Set<ChangeID>
    ) throws(StoreError) -> [Phrase] {
        let store = try open(image)
        for tap in 1...taps where !isSaved(tap, in: store) { return [.sweepRefused] }
        image.cutPower(.lost)
        store.close()
        image.revive()
        return try broken(image, Set((1...taps).map(id)), before)
    }

    /// What waited for the depot before the first of the taps.
    private func pending(_ image: SimulatedDisk) throws(StoreError) -> [ChangeID] {
        let store = try open(image)
        defer { store.close() }
        return try store.changesets(.pending, limit: 100_000).map(\.change)
    }

    private func arm(_ image: SimulatedDisk, _ call: Int) {
        switch fault {
        case .kill, .powerCut: image.kill(atCall: call)
        case .full:
            // Somebody else has what was kept free, too.
            image.remove(WorldDevice.file + ".ballast")
            image.setRoom((call - 1) * 4_096)
        case .errorOnce: image.fail(at: call)
        case .errorForever: image.fail(at: call, forever: true)
        case .syncErrorOnce: image.fail(.sync, at: call)
        }
    }

    private func id(_ tap: Int) -> ChangeID { ChangeID(high: 0x5EED, low: UInt64(tap)) }

    /// Money and a note, in one tap.
    private func isSaved(_ tap: Int, in store: ReplicaStore) -> Bool {
        var random = SeededGenerator(seed: UInt64(tap))
        let cash = CashReceipt(Money(cents: Int64(tap) * 100) ?? .zero)
        let result = try? store.commit(id(tap), on: stop, time: time, using: &random) { _ in
            [.cashReceived(cash), .noteAdded(Note("tap \(tap)"))]
        }
        return result != nil
    }

    private func broken(
        _ image: SimulatedDisk, _ acknowledged: Set<ChangeID>, _ before: Set<ChangeID>
    ) throws(StoreError) -> [Phrase] {
        let store = try open(image)
        defer { store.close() }
        var broken = try store.verifyRows().map { Phrase.rowDifference($0) }
        let all = Set((1...taps).map(id))
        let pending = Set(try store.changesets(.pending, limit: 100_000).map(\.change))
        let waiting = pending.intersection(all)
        for change in before.union(acknowledged).subtracting(pending).sorted() {
            broken.append(.sweepLost.with(["tap": change.hex]))
        }
        var facts: [ChangeID: Int] = [:]
        for fact in try store.state(of: stop)?.facts.keys.map({ $0 }) ?? [] {
            facts[fact.change, default: 0] += 1
        }
        for change in all.sorted() where facts[change] ?? 0 != (waiting.contains(change) ? 2 : 0) {
            broken.append(.sweepInPart.with(["tap": change.hex]))
        }
        return broken
    }
}
