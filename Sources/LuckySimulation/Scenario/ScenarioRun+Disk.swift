internal import LuckyModel

// What befalls a device's disk.
extension ScenarioRun {
    func playDisk(_ word: String, _ step: CaseValue, _ device: WorldDevice) throws {
        switch word {
        case "disk":
            if let percent = step["used_percent"]?.integer {
                device.disk.setUsed(percent: Int(percent))
            } else {
                fill(device, step["full"]?.flag == true)
            }
        case "power_cut":
            switch step["unsynced"]?.text {
            case "kept": world.cutPower(device, .kept)
            case "torn":
                world.cutPower(device, .torn(seed: UInt64(step["seed"]?.integer ?? 1)))
            default: world.cutPower(device, .lost)
            }
        case "lose_file":
            guard let file = step["file"]?.text.flatMap(ScenarioShape.DiskFile.init(rawValue:)),
                device.disk.remove(file.name)
            else { throw CaseError("file", .faultNoFile) }
        case "disk_faults": try sweep(device, step)
        default: break
        }
    }

    /// Somebody else takes all the room, the spare of the store as well.
    private func fill(_ device: WorldDevice, _ isFull: Bool) {
        if isFull { device.disk.remove(WorldDevice.file + ".ballast") }
        device.disk.setRoom(isFull ? 0 : nil)
    }

    private func sweep(_ device: WorldDevice, _ step: CaseValue) throws {
        guard let fault = step["fault"]?.text.flatMap(DiskSweep.Fault.init(rawValue:)) else {
            return
        }
        let sweep = DiskSweep(
            disk: device.disk, driver: device.driver,
            stop: stopID(step["stop"]?.text ?? "", at: device.hub), time: world.time(of: device),
            taps: Int(step["taps"]?.integer ?? 5), fault: fault)
        let findings = try sweep.findings()
        guard let first = findings.first else { return }
        throw ScenarioFailure(
            said: findings.dropFirst().reduce(first) { .sweepBoth.with(["first": $0, "then": $1]) })
    }
}
