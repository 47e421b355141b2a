import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// The two ways to open the one SQLite implementation: every test of the hub's rules runs over
/// both.
enum Backend: String, CaseIterable, Sendable { case memory, file }

/// A hub with an office at it, and a clock that the test moves.
final class Bench {
    static let depot: Identifier = "taitung"
    static let office = Credential(person: "ofc-1", depot: depot, role: .office)

    let hub: Hub
    let folder: TemporaryFolder
    var now: Int64 = 1_000_000
    private var ids: ChangeIDs

    init(_ backend: Backend = .memory, seed: UInt64 = 7) throws {
        folder = try TemporaryFolder()
        let random = SeededGenerator(seed: seed)
        hub =
            switch backend {
            case .memory: try Hub.inMemory(depot: Self.depot, random: random)
            case .file:
                try Hub.open(at: folder.path("hub.sqlite"), depot: Self.depot, random: random)
            }
        ids = ChangeIDs(random: (seed, 1))
    }

    /// A hub that was opened by hand.
    init(_ hub: Hub, seed: UInt64 = 7) throws {
        folder = try TemporaryFolder()
        self.hub = hub
        ids = ChangeIDs(random: (seed, 1))
    }

    /// A hub over a file of any place, as it is found there.
    init(at path: String, seed: UInt64) throws {
        folder = try TemporaryFolder()
        hub = try Hub.open(at: path, depot: Self.depot, random: SeededGenerator(seed: seed))
        ids = ChangeIDs(random: (seed, 1))
        now = 2_000_000
    }

    /// Whatever the test did, what the hub has at hand is what its rows say.
    deinit {
        // A hub that was closed says nothing.
        guard hub.isReady() else { return }
        do { try checkFastPaths() } catch { Issue.record(error) }
    }

    static func driver(_ name: Identifier) -> Credential {
        Credential(person: name, depot: depot, role: .driver)
    }

    static func stop(_ number: Int) -> EntityID {
        EntityID(.stop, Bits128(high: 0x57, low: UInt64(number)))
    }

    func newID() -> ChangeID { ids.next() ?? ChangeID(high: 0, low: 0) }

    func vector(_ entity: EntityID) throws -> VersionVector {
        try hub.read { try $0.state(entity)?.vector ?? VersionVector() }
    }

    /// The plan values of an entity that were written over.
    func past(_ entity: EntityID) throws -> [Recorded] {
        try hub.storage.read { rows in
            try rows.overwritten(of: entity).compactMap {
                try rows.written($0, on: entity)?.recorded
            }
        }
    }

    /// One office edit; `seen` nil: the office had loaded the entity just now.
    @discardableResult
    func edit(
        _ entity: EntityID, _ fields: [PlanField: PlanValue], seen: VersionVector? = nil,
        as credential: Credential = Bench.office
    ) throws -> WriteResult {
        now += 1000
        let changes = fields.sorted { $0.key < $1.key }.map {
            Change(entity, .plan($0.key, $0.value))
        }
        return try hub.write(
            changes, contexts: [entity: try seen ?? vector(entity)], id: newID(), by: credential,
            now: now)
    }

    /// A stop of the day for a driver.
    @discardableResult
    func plan(_ number: Int, for driver: Identifier) throws -> EntityID {
        let stop = Self.stop(number)
        try edit(
            stop,
            [
                .code: .name(Identifier("S\(number)")), .driver: .name(driver),
                .date: .integer(20_261_122), .sequence: .integer(Int64(number)),
                .items: .quantities([.kg20: 2]), .address: .text("臺東市中華路\(number)號"),
            ])
        return stop
    }

    /// Sends a phone's request and gives the phone what came back.
    @discardableResult
    func sync(_ phone: inout Phone, _ options: Phone.Options = .init()) throws -> SyncResponse {
        let response = try answer(phone.request(options), as: phone.credential)
        try phone.take(response)
        return response
    }

    /// Until nothing is left to send or to load; the last page carries the digest.
    func settle(_ phone: inout Phone, responseBytes: Int = Bounds.responseBytes) throws {
        var options = Phone.Options()
        options.responseBytes = responseBytes
        for _ in 0..<10_000 {
            let response = try sync(&phone, options)
            if response.page?.hasMore != true, phone.outbox.isEmpty { return }
        }
        throw Stuck(outbox: phone.outbox.count)
    }

    struct Stuck: Error { var outbox: Int }

    func answer(_ body: Data, as credential: Credential) throws -> SyncResponse {
        now += 1000
        try checkToldAgain(body, as: credential)
        return try SyncResponse(decoding: hub.sync(body, as: credential, now: now).body)
    }

    /// What the hub would answer to `body`, or how it refuses.
    func refusal(_ body: Data, as credential: Credential) throws -> HubRefusal? {
        do {
            _ = try hub.sync(body, as: credential, now: now)
            return nil
        } catch { return error }
    }

    /// Everything that the hub holds, as one hash: what must not move when nothing was accepted.
    func fingerprint() throws -> Hash256 {
        try hub.storage.read { rows in
            var parts: [[UInt8]] = []
            for kind in [EntityKind.stop, .route, .customer, .shift] {
                for id in try rows.entities(kind, date: nil) {
                    parts.append(id.bytes + (try rows.entity(id)?.digest.bytes ?? []))
                }
            }
            parts.append(Array("\(try rows.logEnd()?.sequence ?? 0)".utf8))
            for replica in try rows.replicas() {
                parts.append(replica.id.bytes + Array("\(replica.head?.counter ?? 0)".utf8))
            }
            return .sha256(lengthPrefixed: parts)
        }
    }
}
