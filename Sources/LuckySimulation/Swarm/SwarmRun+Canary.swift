internal import LuckyCausality
internal import LuckyModel
internal import LuckyStore

extension SwarmRun {
    /// One tap that was acknowledged, and that the disk then never heard of: what every swarm must
    /// notice, or it would notice nothing.
    func loseATap() throws {
        for device in living where try loseATap(on: device) { return }
    }

    /// Of the newest build, which all get when the world is mended: an older one than its file may not
    /// start, and then nothing would be lost that anybody could miss.
    /// - Returns: false where the phone does not start.
    private func loseATap(on device: WorldDevice) throws -> Bool {
        device.disk.setRoom(nil)
        world.doom(device, to: nil)
        device.disk.fail(at: nil)
        if device.isRunning { world.stop(device) }
        device.knowledge = Knowledge()
        let before = device.disk.copy()
        do { try world.start(device) } catch { return false }
        guard let id = device.changeIDs.next() else { return false }
        let entity = EntityID(.stop, madeBy: id)
        var facts: [Fact] = []
        try world.tap(device, on: entity, id: id, isNew: true, nudges: false) {
            state throws(StopRefusal) in
            facts = try StopRules.add(
                AddedStop(customer: "路邊客人"), to: state.stop,
                handover: Handover(delivered: [.kg20: 1]), recipient: nil, cash: .dollars(950))
            return facts
        }
        ledger.note(
            SwarmLedger.Tap(
                change: id, entity: entity, driver: device.driver, versions: [facts],
                state: .acknowledged, step: plan.steps.count),
            on: device.name)
        world.stop(device)
        device.disk.revive()
        device.disk.take(from: before) { _ in true }
        return true
    }
}
