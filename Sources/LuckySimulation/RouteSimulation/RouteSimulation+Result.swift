internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel
internal import LuckyStore
internal import LuckyWire

// What the day came to, looked at from outside: the ledger of the taps against the hub's books.
extension RouteSimulation {
    /// What the day came to so far; the verdict of a day that is not over says what stands now.
    public func result() throws -> RouteResult {
        let books = try hubBooks()
        let reconciliation = try reconcile(books)
        let waits = ledger.taps.compactMap { tap in tap.receivedAt.map { $0 - tap.at } }.sorted()
        let dark = traffic.dark + (traffic.darkSince.map { [($0, world.now)] } ?? [])
        let sums = ledger.sums
        func count(_ words: String...) -> Int { stops.count { words.contains($0.outcome.word) } }
        return RouteResult(
            date: plan.date.text, route: plan.route.text, driver: plan.driver.text,
            seed: settings.seed, stops: stops.count, delivered: count("delivered", "partial"),
            failed: count("failed"), cancelled: count("cancelled"),
            open: count("open", "refused"), late: stops.count(where: \.isLate),
            km: (truck.metres / 100).rounded() / 10, cash: Double(sums.cents) / 100,
            cylinders: sums.delivered.values.reduce(0, +),
            empties: sums.collected.values.reduce(0, +), taps: ledger.taps.count,
            tapToDepotP50: Self.seconds(waits, 50), tapToDepotP95: Self.seconds(waits, 95),
            tapToDepotMax: Self.seconds(waits, 100), waitsMs: waits, bytesUp: traffic.up,
            bytesDown: traffic.down, pendingMax: traffic.depths.map(\.pending).max() ?? 0,
            offlineS: dark.reduce(0) { $0 + second($1.1) - second($1.0) }, phones: phones.count,
            reviews: books.reviews.count, verdict: Self.verdict(reconciliation),
            reconciliation: reconciliation, reviewList: books.reviews,
            timeline: stops.map(line),
            outbox: traffic.depths.map { .init(atS: second($0.at), pending: $0.pending) },
            offline: dark.map { .init(fromS: second($0.0), toS: second($0.1)) },
            deadZones: zones.map { zone in
                let middle = Coordinate(latitudeE7: zone.latE7, longitudeE7: zone.lngE7)
                return .init(
                    lat: place(middle).lat, lng: place(middle).lng, radiusM: zone.radiusM)
            },
            depot: origin.map(place),
            way: settings.roads.map { _ in truck.driven.map(place) })
    }

    private static func verdict(_ sums: RouteResult.Reconciliation) -> RouteResult.Verdict {
        if sums.lost + sums.doubled + sums.altered > 0 { return .broken }
        if sums.waiting > 0 { return .waiting }
        return sums.agrees ? .ok : .broken
    }

    /// By nearest rank, to a tenth.
    private static func seconds(_ waits: [Int64], _ percent: Int) -> Double? {
        guard !waits.isEmpty else { return nil }
        let rank = (waits.count * percent + 99) / 100
        return Double((waits[max(0, rank - 1)] + 50) / 100) / 10
    }

    private func second(_ moment: Int64) -> Int {
        Int((moment - plan.date.startUnixMilliseconds) / 1_000)
    }

    private func place(_ coordinate: Coordinate) -> RouteResult.Place {
        .init(
            lat: Double(coordinate.latitudeE7) / 1e7, lng: Double(coordinate.longitudeE7) / 1e7)
    }

    private func line(_ stop: RouteStopRun) -> RouteResult.StopLine {
        let tap = stop.closing.flatMap { ledger[$0] }
        var reason: String?
        switch stop.outcome {
        case .failed(let why), .refused(let why): reason = why
        default: break
        }
        return RouteResult.StopLine(
            number: stop.row.sequence, code: stop.row.stop.text, outcome: stop.outcome.word,
            reason: reason, place: stop.place.map(place),
            window: stop.row.window.map {
                .init(fromS: $0.startMinute * 60, toS: $0.endMinute * 60)
            },
            arrivedS: stop.arrivedAt.map(second), tappedS: tap.map { second($0.at) },
            savedS: tap.map { second($0.savedAt) }, receivedS: tap?.receivedAt.map(second),
            proof: tap?.proof, proofS: tap?.proof == .complete ? tap?.receivedAt.map(second) : nil,
            late: stop.isLate, change: tap?.change.hex)
    }

    // MARK: The books

    /// What the hub has of the driver's day.
    private struct Books {
        var facts: [FactRef: Fact] = [:]
        var quarantined: Set<ChangeID> = []
        var sums = RouteSums()
        var reviews: [RouteResult.OpenReview] = []
    }

    /// What the hub holds, also while it is down: read from its disk.
    private func hubBooks() throws -> Books {
        let wasDown = hub.hub == nil
        if wasDown { try world.start(hub) }
        defer { if wasDown { try? world.stop(hub) } }
        var books = Books()
        guard let door = hub.hub else { return books }
        try door.read { reader in
            books.quarantined = Set(try reader.quarantined().compactMap(\.change))
            for kind in [EntityKind.stop, .route, .shift] {
                for entity in try reader.entities(kind) {
                    guard let state = try reader.state(entity) else { continue }
                    for record in state.facts.values where record.stamp.role == .driver {
                        if let fact = record.fact { books.facts[record.ref] = fact }
                    }
                    let number = stops.first { $0.entity == entity }?.row.sequence ?? 0
                    books.reviews += state.reviews.filter { $0.state.needsDecision }.map {
                        .init(kind: $0.kind.rawValue, stop: number)
                    }
                    if kind == .stop { books.sums.add(state.stop) }
                }
            }
        }
        books.reviews.sort { ($0.stop, $0.kind) < ($1.stop, $1.kind) }
        return books
    }

    private func reconcile(_ books: Books) throws -> RouteResult.Reconciliation {
        let waiting = try onPhones()
        var (received, lost, altered, onlyHere) = (0, 0, 0, 0)
        for tap in ledger.taps {
            let there = tap.facts.indices.map {
                books.facts[FactRef(change: tap.change, index: $0)]
            }
            if there == tap.facts.map(Optional.some) {
                received += 1
            } else if books.quarantined.contains(tap.change) || there.contains(where: { $0 != nil })
            {
                altered += 1
            } else if waiting.contains(tap.change) {
                onlyHere += 1
            } else {
                lost += 1
            }
        }
        let doubled = books.facts.keys.count { ref in
            !(ledger[ref.change]?.facts.indices.contains(ref.index) ?? false)
        }
        let (mine, theirs) = (ledger.sums, books.sums)
        let names = Set(
            [mine.delivered, mine.collected, theirs.delivered, theirs.collected].flatMap(\.keys))
        return RouteResult.Reconciliation(
            tapped: ledger.taps.count, received: received, waiting: onlyHere, lost: lost,
            doubled: doubled, altered: altered, cashTappedCents: mine.cents,
            cashHubCents: theirs.cents,
            products: names.sorted().map { name in
                RouteResult.ProductLine(
                    product: name.code.text, deliveredTapped: mine.delivered[name] ?? 0,
                    deliveredHub: theirs.delivered[name] ?? 0,
                    collectedTapped: mine.collected[name] ?? 0,
                    collectedHub: theirs.collected[name] ?? 0)
            }, agrees: mine == theirs)
    }

    /// What the phones hold without a receipt, also those that are switched off: read from their
    /// disks.
    private func onPhones() throws -> Set<ChangeID> {
        var changes: Set<ChangeID> = []
        for device in phones {
            let wasOff = !device.isRunning
            if wasOff { try world.start(device) }
            let waiting = try device.store?.changesets(.pending, limit: 100_000) ?? []
            changes.formUnion(waiting.map(\.change))
            if wasOff { world.stop(device) }
        }
        return changes
    }
}

extension RouteLedger.Tap {
    /// A photo that it names stays on the phone (L24).
    var proof: RouteResult.StopLine.Proof {
        guard receivedAt != nil else { return .waiting }
        return facts.contains { $0.kind == .photoTaken } ? .onPhone : .complete
    }
}

/// Money and cylinders.
struct RouteSums: Equatable {
    var cents: Int64 = 0
    var delivered: [Product: Int] = [:]
    var collected: [Product: Int] = [:]

    mutating func add(_ stop: Stop) {
        cents += stop.cash.cents
        add(stop.delivered, stop.collected)
    }

    mutating func add(_ out: Quantities, _ back: Quantities) {
        for pair in out.pairs { delivered[pair.product, default: 0] += pair.count }
        for pair in back.pairs { collected[pair.product, default: 0] += pair.count }
    }
}

extension RouteLedger {
    /// What the taps come to.
    var sums: RouteSums {
        taps.flatMap(\.facts).reduce(into: RouteSums()) { sums, fact in
            switch fact {
            case .handedOver(let value):
                sums.add(value.handover.delivered, value.handover.collected)
            case .cashReceived(let receipt): sums.cents += receipt.amount.cents
            default: break
            }
        }
    }
}
