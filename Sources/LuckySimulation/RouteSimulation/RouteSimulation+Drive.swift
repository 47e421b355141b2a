internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel
internal import LuckyStore

// The way from door to door, and what the network does meanwhile.
extension RouteSimulation {
    private var profile: RouteProfile { settings.profile }

    /// The driver clocks in, and leaves.
    func setOut() throws {
        guard isReady(phone) else { return try again(setOut) }
        let float = Money.dollars(Int64(profile.floatNtd)) ?? .zero
        guard let id = phone.changeIDs.next() else { return }
        let entity = EntityID(.shift, madeBy: id)
        shift = entity
        try tap(on: entity, id: id, isNew: true) { _ throws(StopRefusal) in
            [try DutyRules.startShift(float: float)]
        }
        try tap(on: routeEntity) { _ throws(StopRefusal) in [.routeStarted] }
        isHome = false
        updateLink()
        say(.setOut)
        try goOn(to: 0)
    }

    /// What comes before the next stop: another phone, lunch, and stops that are none any more.
    func goOn(to index: Int) throws {
        if isSwapDue, phoneBackAt == nil, phone.link.isUp, hub.hub != nil {
            isSwapDue = false
            return try swapPhone(then: index)
        }
        let minute = plan.date.minutes(until: world.now)
        if !hadLunch, profile.lunch.minutes > 0, let noon = profile.lunchMinute, minute >= noon {
            hadLunch = true
            say(.lunch)
            return after(Int64(profile.lunch.minutes) * 60_000) { [unowned self] in
                try goOn(to: index)
            }
        }
        guard stops.indices.contains(index) else { return drive(to: origin, goHome) }
        if let shown = try shown(index), shown.status.isClosed {
            if case .open = stops[index].outcome { stops[index].outcome = .cancelled }
            say(.skipped, index)
            return try goOn(to: index + 1)
        }
        drive(to: stops[index].place) { [unowned self] in try arrive(index) }
    }

    private func drive(to place: Coordinate?, _ then: @escaping () throws -> Void) {
        guard let from = truck.place, let place else { return after(0, then) }
        let way = way(from: from, to: place)
        let end = profile.arrival(after: way.metres, from: world.now)
        truck.leg = RouteTruck.Leg(way: way.places, start: world.now, end: end)
        truck.metres += way.metres
        truck.driven += way.places
        after(end - world.now) { [unowned self] in
            truck.place = place
            truck.leg = nil
            updateLink()
            try then()
        }
    }

    /// Looked for once: of all roads that takes a while, and a picture asks for each open stop.
    func way(from start: Coordinate, to end: Coordinate) -> RouteWay {
        let ends = RouteEnds(start: start, end: end)
        if let known = ways[ends] { return known }
        let way = settings.way(from: start, to: end)
        ways[ends] = way
        return way
    }

    /// The truck is at the depot again, or at the end of its route.
    private func goHome() throws {
        isHome = true
        updateLink()
        say(.home)
        guard isReady(phone) else { return try again(closeDay) }
        try closeDay()
    }

    private func closeDay() throws {
        guard phoneBackAt == nil else { return try again(closeDay) }
        if let shift {
            let box = try phone.store?.dutyDay(on: plan.date).box
            try tap(on: shift) { state throws(StopRefusal) in
                [try DutyRules.end(state.shift(receipts: []), counted: box)]
            }
        }
        let isDone = stops.allSatisfy {
            switch $0.outcome {
            case .open, .refused: false
            default: true
            }
        }
        if isDone { try tap(on: routeEntity) { _ throws(StopRefusal) in [.routeCompleted] } }
        for old in phones where old !== phone && !old.isRunning {
            try world.start(old)
            world.setLink(old, link(at: nil))
            try world.wake(old)
            say(.oldPhoneOn)
        }
        world.setLink(phone, phone.link)
        settleUntil = world.now + Self.settling
        try settle()
    }

    /// Nobody touches anything: it comes together by itself, or it does not.
    private func settle() throws {
        guard try !isAtRest(), world.now < settleUntil else {
            sample()
            endDarkness()
            isOver = true
            say(.over)
            return
        }
        after(Self.tick) { [unowned self] in try settle() }
    }

    private func isAtRest() throws -> Bool {
        guard let door = hub.hub, ledger.waiting == 0 else { return false }
        return try phones.allSatisfy { device in
            guard let store = device.store else { return false }
            let position = try store.position()
            guard position.pendingCount == 0, position.recovery == nil else { return false }
            let theirs = try door.read { try $0.scopeDigest(of: device.driver).digest }
            return try store.scopeDigest().digest == theirs
        }
    }

    func after(_ milliseconds: Int64, _ act: @escaping () throws -> Void) {
        step = (world.now + max(0, milliseconds), act)
    }

    /// In a while, when the phone may work.
    func again(_ act: @escaping () throws -> Void) throws {
        after(max(Self.tick, (phoneBackAt ?? 0) - world.now), act)
    }

    // MARK: The network

    /// Looks at the link, again and again.
    func look() throws {
        updateLink()
        if !isOver { later.add(world.now + Self.tick) { [unowned self] in try look() } }
    }

    /// What the link is where the truck is now.
    func updateLink() {
        let place = isHome ? nil : truck.place(at: world.now)
        var link = link(at: place)
        // Flight mode is flight mode at the depot, too.
        if isForcedOffline { link.isUp = false }
        let wasUp = phone.link.isUp
        if link.isUp != wasUp {
            world.setLink(phone, link)
            say(link.isUp ? .online : .offline)
        } else {
            phone.link = link
        }
        if link.isUp {
            endDarkness()
        } else if traffic.darkSince == nil {
            traffic.darkSince = world.now
        }
    }

    private func endDarkness() {
        guard let since = traffic.darkSince else { return }
        traffic.darkSince = nil
        traffic.dark.append((since, world.now))
    }

    /// - Parameter place: nil: at the depot, where the network is good.
    private func link(at place: Coordinate?) -> WorldLink {
        var kbit = profile.linkKbitS
        if let place {
            if zones.contains(where: { $0.contains(place) }) { kbit = 0 }
            if let net = settings.net {
                kbit = net.kbitS(at: Int((world.now - leftAt) / 1_000))
            }
        }
        return WorldLink(
            isUp: kbit > 0, latency: Int64(profile.latencyMs),
            bytesPerSecond: max(1, kbit * 1_000 / 8))
    }

    private var leftAt: Int64 {
        plan.date.startUnixMilliseconds + Int64(profile.startMinute ?? 0) * 60_000
    }

    /// Whether it runs, and has every stop of the route.
    func isReady(_ device: WorldDevice) -> Bool {
        guard phoneBackAt == nil, let store = device.store else { return false }
        return stops.allSatisfy { stop in
            ((try? store.stop(stop.entity)) ?? nil) != nil
        }
    }
}
