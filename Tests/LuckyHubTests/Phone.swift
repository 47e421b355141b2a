import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire

@testable import LuckyHub

/// A driver's device as far as the hub can tell: a chain of changesets, an outbox that only
/// receipts empty, a base that only pages fill.
struct Phone {
    struct Options {
        var responseBytes = Bounds.responseBytes
        var wantsDigest = true
        /// How many of the outbox go along; nil: all.
        var count: Int?
    }

    struct Entry {
        var counter: UInt64
        var bytes: [UInt8]
        var hash: Hash256
        var entities: Set<EntityID>
    }

    let credential: Credential
    let replica: ReplicaID
    var head: ChainHead?
    var outbox: [Entry] = []
    var archive: [Entry] = []
    var results: [UInt64: Receipt] = [:]
    var history: HistoryID?
    var checkpoint: Checkpoint?
    /// How far a page got into an entity too big for it.
    var resume: [UInt8] = []
    /// What the hub said of its log with the last receipts or page that were kept.
    var standing: [UInt8] = []
    var base: [EntityID: EntityState] = [:]
    /// The base as it came, to be offered: merged by hand, so it holds the last of each name.
    var parts: [EntityID: EntityPart] = [:]
    /// Facts of an entity too big for one page, which wait for the part with its vector (L14).
    var ahead: [EntityID: [EntityPart]] = [:]
    var scope: Set<EntityID> = []
    /// What the last whole page said of the scope; nil where it did not.
    var hubDigest: Hash256?
    var ids: ChangeIDs
    /// Its wall clock, Unix milliseconds.
    var clock: Int64 = 900_000
    private var sendFrom: UInt64?
    /// The hub has said that it reads packed changesets.
    var packs = false

    /// Said by the first changeset of its epoch.
    var predecessor: ChangesetHeader.Predecessor?

    init(_ driver: Identifier, install: UInt64, epoch: UInt32 = 1) {
        credential = Bench.driver(driver)
        replica = ReplicaID(install: install, epoch: epoch)
        ids = ChangeIDs(random: (install, 1 + epoch))
    }

    var dots: Set<UInt64> { Set(outbox.map(\.counter)) }

    /// What this phone has seen of an entity: its base and its own changesets.
    func seen(_ entity: EntityID) -> VersionVector {
        var vector = base[entity]?.vector ?? VersionVector()
        for entry in archive + outbox where entry.entities.contains(entity) {
            vector.raise(replica, to: entry.counter)
        }
        return vector
    }

    @discardableResult
    mutating func tap(_ entity: EntityID, _ facts: Fact...) throws -> ChangeID {
        try write(facts.map { Change(entity, .fact($0)) })
    }

    /// Seals any changes as the next changeset.
    @discardableResult
    mutating func write(
        _ changes: [Change], id: ChangeID? = nil, author: Identifier? = nil,
        contexts: [EntityID: VersionVector]? = nil, previous: Hash256? = nil
    ) throws -> ChangeID {
        clock += 1000
        let id = id ?? ids.next() ?? ChangeID(high: 0, low: 0)
        let entities = Set(changes.map(\.entity))
        var seen: [EntityID: VersionVector] = [:]
        for entity in entities { seen[entity] = self.seen(entity) }
        let header = ChangesetHeader(
            changeID: id, author: author ?? credential.person,
            time: DeviceTime(
                wallMilliseconds: clock, monotonicMilliseconds: clock,
                boot: BootID(high: 1, low: 1)),
            hlc: HLC(milliseconds: clock, logical: 0), checkpoint: checkpoint,
            contexts: contexts ?? seen, predecessor: head == nil ? predecessor : nil)
        let changeset = try Changeset(
            sealing: changes.map { ChangeCodec.encode($0) { [UInt8](repeating: 9, count: 16) } },
            header: header, dot: Dot(replica, (head?.counter ?? 0) + 1),
            previous: previous ?? head?.hash ?? .zero)
        add(changeset.bytes, hash: changeset.hash, entities: entities)
        return id
    }

    /// Puts bytes into the outbox as the next of the chain.
    mutating func add(_ bytes: [UInt8], hash: Hash256, entities: Set<EntityID> = []) {
        let counter = (head?.counter ?? 0) + 1
        outbox.append(Entry(counter: counter, bytes: bytes, hash: hash, entities: entities))
        head = ChainHead(counter: counter, hash: hash)
    }

    func request(_ options: Options = Options()) -> Data {
        let from = sendFrom ?? outbox.first?.counter ?? .max
        let entries = (archive + outbox).filter { $0.counter >= from }
        var request = SyncRequest(
            replica: replica, head: head, history: history, checkpoint: checkpoint,
            responseBytes: options.responseBytes, nonce: 42, wantsDigest: options.wantsDigest,
            changesets: entries.prefix(options.count ?? entries.count).map(\.bytes))
        request.resume = resume
        request.standing = standing
        return request.encoded(
            packed: packs && !request.changesets.isEmpty
                ? PackedChangesets.pack(request.changesets) : nil)
    }

    mutating func take(_ response: SyncResponse) throws {
        sendFrom = nil
        packs = response.answer.readsPacked
        if case .sendFrom(let counter) = response.answer.direction { sendFrom = counter }
        if case .carryOn = response.answer.direction { history = response.answer.history }
        for receipt in response.receipts where receipt.replica == replica {
            for entry in outbox where receipt.counters.contains(entry.counter) {
                results[entry.counter] = receipt
                archive.append(entry)
            }
            outbox.removeAll { receipt.counters.contains($0.counter) }
        }
        let said = response.answer.standing
        if !said.isEmpty, !response.receipts.isEmpty { standing = said }
        guard let page = response.page, page.from == checkpoint else { return }
        if !said.isEmpty { standing = said }
        for part in page.parts {
            if part.isPartial {
                ahead[part.entity, default: []].append(part)
                continue
            }
            let waiting = ahead.removeValue(forKey: part.entity) ?? []
            switch part.membership {
            case .leaves, .purged: scope.remove(part.entity)
            case .enters, .stays, .restated, .unknown:
                scope.insert(part.entity)
                for part in waiting + [part] { try merge(part) }
            }
        }
        checkpoint = page.checkpoint
        resume = page.resume
        hubDigest = page.scopeDigest
    }

    private mutating func merge(_ part: EntityPart) throws {
        var state = base[part.entity] ?? EntityState(id: part.entity)
        state.merge(try part.state())
        base[part.entity] = state
        parts[part.entity] = EntityPart(
            entity: part.entity, membership: .stays, vector: state.vector,
            fields: (parts[part.entity]?.fields ?? []).filter { old in
                !part.fields.contains { $0.field == old.field }
            } + part.fields,
            facts: (parts[part.entity]?.facts ?? []).filter { old in
                !part.facts.contains { $0.ref == old.ref }
            } + part.facts)
    }

    /// Of what its base holds in scope.
    func digest() -> Hash256 {
        Digest.ofScope(scope.map { ($0, base[$0].map(Digest.of) ?? .zero) })
    }
}

extension Fact {
    /// A handover of so many 20 kg cylinders.
    static func delivered(_ count: Int, attempt: Int = 1) -> Fact {
        .handedOver(HandedOver(Handover(delivered: [.kg20: count]), attempt: attempt))
    }

    static let arrival = Fact.arrived(Arrival(attempt: 1))
}
