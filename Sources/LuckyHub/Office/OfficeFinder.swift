internal import Foundation
internal import LuckyCausality
internal import LuckyModel

/// Finds what an office person names: a stop or route by its code and day, or by its entity.
struct OfficeFinder {
    let reader: HubReader
    /// The hub's time, Unix milliseconds.
    let now: Int64

    /// The day named, or today in Taipei.
    func date(_ text: String?) throws(HubRefusal) -> CivilDate {
        guard let date = text.map({ CivilDate(text: $0) }) ?? CivilDate(taipeiDayAt: now) else {
            throw .badRequest("The date must read like 2026-11-22.")
        }
        return date
    }

    /// - Parameter evenDeleted: a deleted one, where no other has its name: to be looked at, and
    ///   brought back.
    func stop(
        _ name: String, on date: String?, evenDeleted: Bool = false
    ) throws(HubRefusal) -> EntityState {
        if let id = EntityID(hex: name) {
            guard id.kind == .stop, let state = try reader.state(id) else {
                throw .unknownStop(name)
            }
            return state
        }
        let all = try reader.stops(on: try self.date(date)).filter { $0.has(code: name) }
        let visible = all.filter { !$0.isHidden }
        let found = visible.isEmpty && evenDeleted ? all : visible
        guard let first = found.first else { throw .unknownStop(name) }
        guard found.count == 1 else { throw .ambiguousStop(name, found.map(\.id)) }
        return first
    }

    func route(_ name: String, on date: String?) throws(HubRefusal) -> EntityState {
        if let id = EntityID(hex: name) {
            guard id.kind == .route, let state = try reader.state(id) else {
                throw .unknownRoute(name)
            }
            return state
        }
        let found = try routes(on: try self.date(date)).filter { $0.has(code: name) }
        guard let first = found.first else { throw .unknownRoute(name) }
        guard found.count == 1 else { throw .ambiguousRoute(found.map(\.id.hex)) }
        return first
    }

    /// The only route of a driver on a day.
    func route(of driver: String, on date: CivilDate) throws(HubRefusal) -> EntityState {
        let found = try routes(on: date).filter { $0.shown(.driver).name == Identifier(driver) }
        guard let first = found.first else { throw .unknownDriver(driver) }
        guard found.count == 1 else {
            throw .ambiguousRoute(found.compactMap { $0.shown(.code).name?.text })
        }
        return first
    }

    /// Without the hidden ones.
    func stops(on date: CivilDate) throws(HubRefusal) -> [EntityState] {
        try reader.stops(on: date).filter { !$0.isHidden }
    }

    /// Without the hidden ones.
    func routes(on date: CivilDate) throws(HubRefusal) -> [EntityState] {
        try reader.routes(on: date).filter { !$0.isHidden }
    }

    /// The stops of a route in the office's order.
    func stops(of route: EntityState) throws(HubRefusal) -> [EntityState] {
        guard let date = route.day else { return [] }
        return try stops(on: date)
            .filter { $0.shownRoute == route.id }
            .sorted { ($0.sequence, $0.id) < ($1.sequence, $1.id) }
    }
}

// Where the plan is silent, an unplanned stop is what its driver says it is.
extension EntityState {
    func has(code: String) -> Bool { self.code.map { $0 == Identifier(code) } ?? false }

    /// The code shown, or the entity's digits.
    var codeText: String { code?.text ?? id.hex }

    var sequence: Int { shown(.sequence).integer.flatMap { Int(exactly: $0) } ?? 0 }
}
