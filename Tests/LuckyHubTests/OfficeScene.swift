import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import Testing

@testable import LuckyHub

/// Entities as a hub would hold them, made without one: for the pure parts of the office verbs.
struct OfficeScene {
    static let depot: Identifier = "taitung"
    static let hub = ReplicaID(install: 1, epoch: 1)

    private(set) var states: [EntityID: EntityState] = [:]
    private var counter: UInt64 = 0
    private var changes = ChangeIDs(random: (7, 7))

    var stops: [EntityState] {
        states.values.filter { $0.id.kind == .stop }.sorted { $0.id < $1.id }
    }

    /// Applies writes as the hub's next changeset.
    @discardableResult
    mutating func write(
        _ writes: [PlanWrite], by author: Identifier = "ofc-1", role: Role = .office,
        at milliseconds: Int64 = 1_000
    ) throws -> ChangeID {
        counter += 1
        return try apply(
            writes.flatMap(\.changes), contexts: writes.contexts, dot: Dot(Self.hub, counter),
            stamp: stamp(author, role, milliseconds))
    }

    /// Applies facts of a driver's phone, which has seen all that is there.
    @discardableResult
    mutating func record(
        _ facts: [Fact], on entity: EntityID, by driver: Identifier, counter: UInt64,
        at milliseconds: Int64 = 2_000
    ) throws -> ChangeID {
        let install = driver.utf8.reduce(UInt64(100)) { $0 &* 31 &+ UInt64($1) }
        return try apply(
            facts.map { Change(entity, .fact($0)) },
            contexts: [entity: states[entity]?.vector ?? VersionVector()],
            dot: Dot(ReplicaID(install: install, epoch: 1), counter),
            stamp: stamp(driver, .driver, milliseconds))
    }

    /// Writes what an import of `csv` would.
    @discardableResult
    mutating func load(_ csv: String) throws -> PlanDiff {
        let diff = try difference(csv)
        for entry in diff.entries { try write([entry.write]) }
        return diff
    }

    func difference(_ csv: String) throws -> PlanDiff {
        let file = try PlanFile.parse(Data(csv.utf8))
        return PlanImport.diff(
            rows: file.rows, rejected: Set(file.rejected.compactMap(\.stop)), depot: Self.depot,
            existing: { states[$0] }, onDay: stops)
    }

    func stop(_ code: String) throws -> EntityState {
        try #require(stops.first { $0.has(code: code) })
    }

    private func stamp(_ author: Identifier, _ role: Role, _ milliseconds: Int64) -> Stamp {
        Stamp(
            author: author, role: role, relation: .inScope,
            hlc: HLC(milliseconds: milliseconds, logical: 0), writtenAt: milliseconds,
            receivedAt: milliseconds)
    }

    private mutating func apply(
        _ list: [Change], contexts: [EntityID: VersionVector], dot: Dot, stamp: Stamp
    ) throws -> ChangeID {
        let next = changes.next()
        let id = try #require(next)
        var byEntity: [EntityID: [Recorded]] = [:]
        for (index, change) in list.enumerated() {
            byEntity[change.entity, default: []].append(
                Recorded(
                    ref: FactRef(change: id, index: index), dot: dot, body: change.body,
                    hash: .zero, stamp: stamp, context: contexts[change.entity] ?? [:]))
        }
        for (entity, recorded) in byEntity {
            var state = states[entity] ?? EntityState(id: entity)
            state.apply(recorded, dot: dot, context: contexts[entity] ?? [:])
            states[entity] = state
        }
        return id
    }
}

/// A plan file of one day, two routes and six stops; texts can be swapped for other ones.
enum Plans {
    static let date = "2026-11-22"
    static let header =
        "date,depot,route,driver,sequence,stop,customer,phone,address,lat,lng,window,items,"
        + "price,payment,note,vehicle,capacity_kg,holds\n"

    static func row(
        _ stop: String, route: String = "R1", driver: String = "drv-1", sequence: Int,
        address: String = "台東市中山路1號", window: String = "08:00-10:00",
        items: String = "20kg*2", price: String = "1900", depot: String = "taitung",
        note: String = ""
    ) -> String {
        "\(date),\(depot),\(route),\(driver),\(sequence),\(stop),王小姐,089-000000,\(address),"
            + "22.7547,121.1500,\(window),\(items),\(price),cash,\(note),V-\(route),900,20kg*2\n"
    }

    static let day =
        header + row("S1", sequence: 1) + row("S2", sequence: 2) + row("S3", sequence: 3)
        + row("T1", route: "R2", driver: "drv-2", sequence: 1)
        + row("T2", route: "R2", driver: "drv-2", sequence: 2)
        + row("T3", route: "R2", driver: "drv-2", sequence: 3, items: "16kg*1+20kg*1")
}
