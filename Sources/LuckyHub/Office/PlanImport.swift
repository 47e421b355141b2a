internal import LuckyCausality
internal import LuckyModel

/// What a plan file changes on a hub: a pure difference between its rows and what the hub shows.
struct PlanDiff: Sendable {
    struct Entry: Sendable {
        var write: PlanWrite
        /// Names the changeset within its import: the same for the same file, whatever the hub has
        /// taken of it already, so that a repeated request repeats and never skips.
        var count: UInt32
        var isNew: Bool
        /// Nil for a route.
        var row: PlanRow?
        var status: StopStatus
    }

    struct Vanished: Sendable {
        var stop: Stop
        var routeCode: String
        var cancel: PlanWrite
        var count: UInt32
        var canBeCancelled: Bool { !stop.status.isHandedOver }
    }

    struct Problem: Sendable {
        var row: PlanRow
        var reason: Reason

        enum Reason: String, Sendable {
            case wrongDepot = "wrong_depot"
            case alreadyDelivered = "already_delivered"
        }
    }

    /// A route that goes to another driver: meant, or mistyped.
    struct Reassigned: Sendable {
        /// The first of the route in the file.
        var row: PlanRow
        var from: Identifier
    }

    /// Routes first, then stops in file order.
    var entries: [Entry] = []
    var unchanged = 0
    /// Sorted by route, then sequence.
    var vanished: [Vanished] = []
    /// Rows that the file format allows and this hub cannot take.
    var problems: [Problem] = []
    /// Sorted by line.
    var reassigned: [Reassigned] = []
    /// What else a person should know of rows that are taken, by line.
    var notices: [(line: Int, notice: PlanNotice)] = []
}

extension StopStatus {
    var isHandedOver: Bool { self == .delivered || self == .partiallyDelivered }
}

enum PlanImport {
    /// - Parameters:
    ///   - rows: of the whole file, in file order.
    ///   - rejected: stops of rows that could not be read: they have not vanished.
    ///   - existing: the hub's state of a stop or route; nil where it has none.
    ///   - onDay: every stop that the hub has for one of the file's days.
    static func diff(
        rows: [PlanRow], rejected: Set<Identifier>, depot: Identifier,
        existing: (EntityID) -> EntityState?, onDay: [EntityState]
    ) -> PlanDiff {
        var diff = PlanDiff()
        let taken = rows.filter { $0.depot == depot }
        diff.problems = rows.filter { $0.depot != depot }
            .map { PlanDiff.Problem(row: $0, reason: .wrongDepot) }

        let routes = routeWrites(taken)
        for (index, write) in routes.enumerated() {
            let state = existing(write.entity)
            add(write, count: UInt32(clamping: index), state: state, row: nil, to: &diff)
            if let row = taken.first(where: { $0.routeID == write.entity }),
                let from = state?.shown(.driver).name, from != row.driver
            {
                diff.reassigned.append(PlanDiff.Reassigned(row: row, from: from))
            }
        }
        diff.reassigned.sort { $0.row.line < $1.row.line }
        for (index, row) in rows.enumerated() where row.depot == depot {
            let state = existing(row.stopID)
            let write = PlanWrite(entity: row.stopID, fields: row.stopFields, context: .init())
            let count = UInt32(clamping: routes.count + index)
            // Where nobody is said to bring it, as at a hub that a phone told of it, nobody loses it.
            if let state, state.stop.status.isHandedOver, state.shown(.driver) != .none,
                write.differing(from: state).fields.contains(where: { $0.field == .driver })
            {
                diff.problems.append(.init(row: row, reason: .alreadyDelivered))
            } else {
                add(write, count: count, state: state, row: row, to: &diff)
            }
        }
        diff.vanished = vanished(
            rows: taken, routes: routes, rejected: rejected, onDay: onDay, existing: existing)
        diff.notices = notices(diff.entries, taken, onDay: onDay, existing: existing)
        return diff
    }

    /// Of the rows that write something: what their drivers recorded before, routes that are closed
    /// or cancelled, each once, and places that stops have which the file does not name.
    private static func notices(
        _ entries: [PlanDiff.Entry], _ rows: [PlanRow], onDay: [EntityState],
        existing: (EntityID) -> EntityState?
    ) -> [(line: Int, notice: PlanNotice)] {
        let inFile = Set(rows.map(\.stopID))
        var told: Set<EntityID> = []
        return entries.flatMap { entry -> [(line: Int, notice: PlanNotice)] in
            guard let row = entry.row else { return [] }
            var found: [PlanNotice?] = []
            if told.insert(row.routeID).inserted {
                found.append(existing(row.routeID).flatMap { PlanNotice($0) })
            }
            found.append(existing(row.stopID).flatMap { PlanNotice(recordedAt: $0) })
            let isPlaced = entry.write.fields.contains { [.sequence, .route].contains($0.field) }
            let others = onDay.filter {
                isPlaced && $0.shownRoute == row.routeID && $0.sequence == row.sequence
                    && !inFile.contains($0.id) && !$0.isHidden && $0.stop.status != .cancelled
            }
            if !others.isEmpty {
                found.append(
                    PlanNotice(
                        row.stop.text, on: row.route.text, row.sequence,
                        takenBy: others.map { Identifier($0.codeText) }.sorted().map(\.text)))
            }
            return found.compactMap(\.self).map { (row.line, $0) }
        }
    }

    private static func add(
        _ write: PlanWrite, count: UInt32, state: EntityState?, row: PlanRow?,
        to diff: inout PlanDiff
    ) {
        var rest = write.differing(from: state)
        // A file has no say over siblings that show what it says: somebody else decides those.
        rest.fields.removeAll { (state?.shown($0.field) ?? .none).isSame(as: $0.value) }
        // What was redacted stays away, whatever an older file says of it.
        if let state {
            let redacted = state.redacted
            rest.fields.removeAll { field in
                state.shownWrite(field.field).map { state.isRedacted($0.ref, among: redacted) }
                    ?? false
            }
        }
        rest.context = state?.vector ?? VersionVector()
        guard !rest.fields.isEmpty else {
            if row != nil { diff.unchanged += 1 }
            return
        }
        diff.entries.append(
            PlanDiff.Entry(
                write: rest, count: count, isNew: state == nil, row: row,
                status: row == nil ? .pending : state?.stop.status ?? .pending))
    }

    /// One write per route of the file, sorted by entity. Vehicle and capacity are optional
    /// columns: where no row has them, they are left alone.
    private static func routeWrites(_ rows: [PlanRow]) -> [PlanWrite] {
        var byRoute: [EntityID: [PlanRow]] = [:]
        for row in rows { byRoute[row.routeID, default: []].append(row) }
        return byRoute.sorted { $0.key < $1.key }.compactMap { entity, rows in
            guard let first = rows.first else { return nil }
            var fields: [PlanWrite.Field] = [
                .init(.code, .name(first.route)), .init(.driver, .name(first.driver)),
                .init(.date, .integer(Int64(first.date.yyyymmdd))),
            ]
            if let vehicle = rows.compactMap(\.vehicle).first {
                fields.append(.init(.vehicle, .name(vehicle)))
            }
            if let grams = rows.compactMap(\.capacityGrams).first {
                fields.append(.init(.capacityGrams, .integer(grams)))
            }
            return PlanWrite(entity: entity, fields: fields, context: VersionVector())
        }
    }

    private static func vanished(
        rows: [PlanRow], routes: [PlanWrite], rejected: Set<Identifier>, onDay: [EntityState],
        existing: (EntityID) -> EntityState?
    ) -> [PlanDiff.Vanished] {
        let inFile = Set(rows.map(\.stopID))
        let routeIDs = Set(routes.map(\.entity))
        let found = onDay.compactMap { state -> (Stop, PlanDiff.Vanished)? in
            let stop = state.stop
            // What a driver added was never in the plan: it cannot vanish from it.
            guard let route = state.shown(.route).entity, routeIDs.contains(route),
                !inFile.contains(state.id),
                !rejected.contains(stop.code), !stop.isCancelled, !state.isHidden
            else { return nil }
            return (
                stop,
                PlanDiff.Vanished(
                    stop: stop,
                    routeCode: existing(route)?.shown(.code).name?.text
                        ?? rows.first { $0.routeID == route }?.route.text ?? "",
                    cancel: PlanWrite(
                        entity: state.id, fields: [.init(.cancelled, .flag(true))],
                        context: state.vector),
                    count: 0x8000_0000)
            )
        }
        let sorted = found.sorted {
            (Identifier($0.1.routeCode), $0.0.sequence, $0.0.id)
                < (Identifier($1.1.routeCode), $1.0.sequence, $1.0.id)
        }
        return numbered(sorted.map(\.1))
    }

    /// The upper half of the counts, by the stop's own bits: which others vanish too must not
    /// matter. Two stops with the same bits take the next count each, in order of id.
    private static func numbered(_ vanished: [PlanDiff.Vanished]) -> [PlanDiff.Vanished] {
        var taken: Set<UInt32> = []
        var counts: [EntityID: UInt32] = [:]
        for id in vanished.map(\.stop.id).sorted() {
            var count = 0x8000_0000 | UInt32(truncatingIfNeeded: id.key.low)
            while !taken.insert(count).inserted { count = 0x8000_0000 | (count &+ 1) }
            counts[id] = count
        }
        return vanished.map { stop in
            var stop = stop
            stop.count = counts[stop.stop.id] ?? stop.count
            return stop
        }
    }
}
