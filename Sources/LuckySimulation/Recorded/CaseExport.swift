internal import Foundation
internal import LuckyCausality
public import LuckyModel
public import LuckyStore

/// From the field to a regression test: what a real store holds of a conflict, as a case.
///
/// The case carries every change with its dot, context and stamp, but of what names or describes a
/// person only the hash (L18), and new names for what people named or typed as a code
/// (``RecordedNames``): played again it comes to the same reviews. Ids that read as a code stay, unless
/// all are to be renamed.
public enum CaseExport {
    /// What to export.
    public enum Target: Hashable, Sendable {
        /// A review, with every entity that its sides are on.
        case review(ChangeID)
        /// A stop, a route … as it is.
        case entity(EntityID)
        /// All that the store holds.
        case store
    }

    /// Why there is no case.
    public enum Failure: Error, Hashable, Sendable {
        /// The store knows no such review or entity, or holds nothing.
        case unknown
        /// The store says why.
        case store(StoreError)
        /// What was written down did not come to the same when it was played.
        case differs(Phrase)
    }

    /// Reads a store and writes the case down; plays it once to see that it comes to the same.
    /// - Parameters:
    ///   - path: the store's file; only read, also while another process writes.
    ///   - name: of the case's file, without `.json`; nil: from what it is about.
    ///   - renamesAll: also what reads as a code, such as `drv-01`. Without, such codes stay, and with
    ///     them the digests that the store has.
    /// - Returns: the case's id, and the text of its file.
    public static func text(
        of target: Target, at path: String, name: String? = nil, renamesAll: Bool = false
    ) throws(Failure) -> (id: String, text: String) {
        let exported: (id: String, body: CaseValue)
        do {
            let store = try ReplicaStore.openForReading(at: path, as: nil)
            defer { store.close() }
            exported = try body(of: target, in: store, name: name, renamesAll)
        } catch let failure as Failure {
            throw failure
        } catch let error as StoreError {
            throw .store(error)
        } catch {
            throw .differs(Phrase(error))
        }
        let text = exported.body.lines() + "\n"
        let result = CaseRunner.run(text: text)
        guard result.outcome == .pass else { throw .differs(result.said) }
        return (exported.id, text)
    }

    private static func body(
        of target: Target, in store: ReplicaStore, name: String?, _ renamesAll: Bool
    ) throws -> (String, CaseValue) {
        let (entities, about, short) = try find(target, in: store)
        let id = name ?? "\(about)-\(short)"
        var held: [HeldEntity] = []
        for entity in entities {
            guard let one = try store.held(entity) else { throw Failure.unknown }
            held.append(one)
        }
        let names = try RecordedNames(of: held, driver: store.identity.driver, all: renamesAll)
        var base: [CaseValue] = []
        var own: [CaseValue] = []
        var digests: [CaseMember] = []
        var shown: [CaseMember] = []
        for (entity, held) in zip(entities, held) {
            guard case .object(let view)? = try RecordedView.of(entity, in: store, names)
            else { throw Failure.unknown }
            let isLast = held.own == nil
            let part = try names.renamed(held.base)
            base.append(step(part.recordedMembers, held.isHandedOver && isLast))
            if let part = held.own {
                own.append(step(try names.renamed(part).recordedMembers, held.isHandedOver))
            }
            digests.append(
                CaseMember(
                    key: entity.hex, value: .object(view.filter { $0.key == "digest" })))
            shown.append(
                CaseMember(
                    key: entity.hex,
                    value: .object(view.filter { $0.key != "digest" || isLast })))
        }
        let check = CaseValue.members(["do": .text("check"), "expect": seen(digests)])
        return (
            id,
            .members([
                "schema": .text(CaseFile.schema), "id": .text(id), "kind": .text("scenario"),
                "title": .text("\(about), as a phone had it"),
                "actors": .members([
                    "phone": .members([
                        "is": .text("device"),
                        "driver": .text(names.new(.person, store.identity.driver).text),
                        "loaded": .flag(false),
                    ])
                ]),
                "steps": .list(base + (own.isEmpty ? [] : [check] + own)),
                "expect": seen(shown),
            ])
        )
    }

    private static func step(_ members: [CaseMember], _ isHandedOver: Bool) -> CaseValue {
        var all = [
            CaseMember(key: "do", value: .text("recorded")),
            CaseMember(key: "who", value: .text("phone")),
        ]
        all += members
        if isHandedOver { all.append(CaseMember(key: "handed_over", value: .flag(true))) }
        return .object(all)
    }

    private static func seen(_ entities: [CaseMember]) -> CaseValue {
        .members(["on": .members(["phone": .members(["entities": .object(entities)])])])
    }

    /// The entities concerned, the one that was asked for first; what it is about, in a word; and
    /// the first digits of its name.
    private static func find(
        _ target: Target, in store: ReplicaStore
    ) throws -> (entities: [EntityID], about: String, short: String) {
        switch target {
        case .store:
            let all = try store.heldEntities()
            guard !all.isEmpty else { throw Failure.unknown }
            return (all, "store", String(store.identity.replica.description.prefix(8)))
        case .entity(let id):
            guard try store.held(id) != nil else { throw Failure.unknown }
            return ([id], "entity", String(id.key.hex.prefix(8)))
        case .review(let id):
            var states: [EntityState] = []
            for entity in try store.heldEntities() {
                if let state = try store.state(of: entity) { states.append(state) }
            }
            for state in states {
                guard let review = RecordedView.reviews(of: state)[id] else { continue }
                let others = states.filter { other in
                    other.id != state.id && review.sides.contains { other.holds($0) }
                }
                return (
                    [state.id] + others.map(\.id), review.kind.rawValue, String(id.hex.prefix(8))
                )
            }
            throw Failure.unknown
        }
    }
}

extension EntityState {
    /// Whether a change is a fact here, or a plan value that stands.
    fileprivate func holds(_ ref: FactRef) -> Bool {
        facts[ref] != nil || fields.values.contains { $0.siblings.contains { $0.ref == ref } }
    }
}
