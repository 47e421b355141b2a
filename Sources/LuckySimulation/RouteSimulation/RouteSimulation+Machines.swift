internal import Foundation
internal import LuckyHub
internal import LuckyModel

// What befalls the phone and the hub, and what the office does.
extension RouteSimulation {
    private static let desk = Credential(person: "desk", depot: .simulation, role: .office)

    // MARK: Machines

    /// The phone goes dark in the middle of whatever it does.
    func batteryDies() {
        guard phone.isRunning else { return }
        world.cutPower(phone, .lost)
        let charging = Int64(settings.profile.batteryChargeMinutes) * 60_000
        phoneBackAt = world.now + charging
        say(.batteryDead)
        let device = phone
        later.add(world.now + charging) { [unowned self] in
            try world.start(device)
            try world.wake(device)
            phoneBackAt = nil
            updateLink()
            say(.batteryBack)
        }
    }

    /// The driver goes on with an empty phone; the old one lies in the truck, switched off, until the
    /// evening.
    func swapPhone(then index: Int) throws {
        world.stop(phone)
        let old = phone
        let device = try world.addDevice(
            "phone-\(phones.count + 1)", of: plan.driver, at: hub, options: old.options)
        device.link = old.link
        phone = device
        phones.append(device)
        try world.wake(device)
        say(.swapped)
        try waitForRoute(then: index)
    }

    private func waitForRoute(then index: Int) throws {
        guard isReady(phone) else {
            return try again { [unowned self] in try waitForRoute(then: index) }
        }
        say(.loaded)
        try goOn(to: index)
    }

    func hubStops() throws {
        world.dropHeld(by: hub)
        try world.stop(hub)
        say(.hubDown)
    }

    func hubStarts() throws {
        try world.start(hub)
        say(.hubUp)
    }

    // MARK: The office

    func importPlan() throws {
        let request = PlanImportRequest(id: Self.id(0), file: plan.file)
        _ = try call(.planImport, OfficeJSON.encode(request))
    }

    /// What the office makes of a stop during the day; while the hub is down it waits.
    func officeEdits(_ kind: RouteProfile.EditKind, _ index: Int) throws {
        guard hub.hub != nil else {
            return later.add(world.now + 300_000) { [unowned self] in
                try officeEdits(kind, index)
            }
        }
        guard !isOver else { return }
        let stop = stops[index]
        let id = Self.id(index + 1)
        var cells = PlanCells()
        switch kind {
        case .cancel:
            let request = PlanStopRequest(id: id, stop: stop.entity.hex)
            guard try call(.planCancel, OfficeJSON.encode(request)) != nil else { return }
            return say(.office(kind), index)
        case .note: cells.note = Phrase.routeOfficeNote.text(in: .zhHant)
        case .window:
            cells.window = stop.draw.pace.isMultiple(of: 2) ? "13:00-17:00" : "09:00-12:00"
        case .price:
            guard let price = stop.row.price?.adding(.dollars(50) ?? .zero) else { return }
            cells.price = price.plainText
        }
        let request = PlanSetRequest(id: id, stop: stop.entity.hex, set: cells)
        guard try call(.planSet, OfficeJSON.encode(request)) != nil else { return }
        say(.office(kind), index)
    }

    /// Nil where the hub refused it.
    private func call(_ verb: OfficeVerb, _ body: Data) throws -> Data? {
        guard let door = hub.hub else { return nil }
        do throws(HubRefusal) {
            return try door.office(verb.rawValue, body, as: Self.desk, now: world.now)
        } catch {
            // An edit of a stop that is delivered by now is refused: that is the office's day.
            guard verb != .planImport else { throw error }
            return nil
        }
    }

    /// 24 hexadecimal digits.
    private static func id(_ number: Int) -> String {
        let digits = String(UInt64(max(0, number)) << 32 | 1 << 62, radix: 16)
        let text = "0ff1ce" + String(repeating: "0", count: max(0, 18 - digits.count)) + digits
        return String(text.prefix(24))
    }
}
