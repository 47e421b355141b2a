internal import LuckyCausality
public import LuckyModel
public import LuckyStore

/// A day, as the driver means it.
public enum Day: Hashable, Sendable {
    /// The business day in Taipei by the device's clock.
    case today
    /// This date, whatever the clock says.
    case on(CivilDate)
}

// Reading. Every value is a whole, consistent snapshot of this phone's replica.
extension Driver {
    /// The driver's routes of a day, in order of their codes.
    public func routes(on day: Day) async throws(DeliveryError) -> [StoredRoute] {
        let date = date(of: day)
        return try await read { store throws(StoreError) in
            guard let date else { return [] }
            return try store.routes(on: date)
        }
    }

    /// The driver's stops of a day as one list, in the order to visit them.
    public func stops(on day: Day) async throws(DeliveryError) -> [StoredStop] {
        try await routes(on: day).flatMap(\.stops)
    }

    /// Stops of a day that are not the driver's any more, and where he recorded something: locked,
    /// and without anybody's name, so that he sees that his delivery stands.
    /// - Parameter visitedOnly: false: also those where he recorded nothing.
    public func handedOverStops(
        on day: Day, visitedOnly: Bool = true
    ) async throws(DeliveryError) -> [StoredStop] {
        let date = date(of: day)
        return try await read { store throws(StoreError) in
            guard let date else { return [] }
            return try store.handedOverStops(on: date, visitedOnly: visitedOnly)
        }
    }

    /// One stop; nil where this phone has none of that id.
    public func stop(_ id: EntityID) async throws(DeliveryError) -> StoredStop? {
        try await read { store throws(StoreError) in try store.stop(id) }
    }

    /// What the office changed and the driver has not looked at, oldest first.
    public func news() async throws(DeliveryError) -> [NewsItem] {
        try await read { store throws(StoreError) in try store.news() }
    }

    /// Changes that wait, were received, or were not accepted; in the order of the taps.
    public func outbox(
        _ filter: OutboxFilter = .pending, limit: Int = 1_000
    ) async throws(DeliveryError) -> [OutboxEntry] {
        try await read { store throws(StoreError) in try store.changesets(filter, limit: limit) }
    }

    /// Where this replica stands towards the hub: counts of rows at one moment.
    public func status() async throws(DeliveryError) -> SyncPosition {
        try await read { store throws(StoreError) in try store.position() }
    }

    /// Recomputes every derived row and hash from the bytes; what differs, named. Empty: all is well.
    public func verifyRows() async throws(DeliveryError) -> [String] {
        try await read { store throws(StoreError) in try store.verifyRows() }
    }

    /// A snapshot now and after each change, until the task is cancelled or the driver closed.
    public func routeUpdates(on day: Day) -> AsyncStream<[StoredRoute]> {
        let rings = bell.rings()
        return AsyncStream { continuation in
            let task = Task {
                var last: [StoredRoute]?
                for await _ in rings {
                    guard let routes = try? await self.routes(on: day), routes != last else {
                        continue
                    }
                    last = routes
                    continuation.yield(routes)
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    /// The sync's status now and after each change.
    public var statuses: AsyncStream<SyncStatus> { board.updates() }

    /// The date of a day; nil where the device's clock is beyond every calendar.
    public func date(of day: Day) -> CivilDate? {
        switch day {
        case .today: CivilDate(taipeiDayAt: environment.time().wallMilliseconds)
        case .on(let date): date
        }
    }
}
