internal import LuckyCausality
internal import LuckyModel
internal import LuckyStore
internal import LuckyWire

extension ScenarioRun {
    /// Brings what another device held of an entity, in pages that a hub could have sent.
    func playRecorded(_ step: CaseValue, _ device: WorldDevice) throws {
        let part = try EntityPart(recorded: step)
        guard let store = device.store else { throw CaseError("who", .faultNotRunning) }
        let ahead = EntityPart(
            entity: part.entity, membership: .stays,
            facts: part.facts.enumerated().filter { $0.offset % 2 == 1 }.map(\.element).reversed(),
            isPartial: true)
        var parts = [part, part]
        if !ahead.facts.isEmpty { parts.insert(ahead, at: 0) }
        if step["handed_over"]?.flag == true {
            parts.append(EntityPart(entity: part.entity, membership: .leaves))
        }
        for part in parts { try bring(part, to: store, at: device.hub.depot) }
        if !recorded.contains(part.entity) { recorded.append(part.entity) }
    }

    private func bring(
        _ part: EntityPart, to store: ReplicaStore, at depot: Identifier
    ) throws {
        let history = HistoryID(high: 0, low: 1)
        try store.adopt(history: history, depot: depot)
        let position = try store.position()
        let sequence = (position.checkpoint?.sequence ?? 0) + 1
        let page = Page(
            history: history, replica: position.replica, from: position.checkpoint, parts: [part],
            checkpoint: Checkpoint(
                history: history, depot: depot, sequence: sequence, tag: ~sequence),
            hasMore: false)
        let result = try store.apply(page: page, hubTime: world.now)
        guard case .applied(_, parked: 0) = result else {
            throw ScenarioFailure(
                said: .faultPage.with(["entity": "\(part.entity)", "result": "\(result)"]))
        }
    }

    /// What a device shows of each entity that was brought.
    func recordedEntities(of store: ReplicaStore) throws -> [CaseMember] {
        var members: [CaseMember] = []
        for id in recorded {
            if let view = try RecordedView.of(id, in: store) {
                members.append(CaseMember(key: id.hex, value: view))
            }
        }
        return members
    }
}

/// What a store shows of an entity: the same where it was recorded and where it is played again.
enum RecordedView {
    /// Nil where the store knows nothing of it.
    /// - Parameter names: those that a case has in place of the store's.
    static func of(
        _ id: EntityID, in store: ReplicaStore, _ names: RecordedNames? = nil
    ) throws -> CaseValue? {
        guard let held = try store.held(id), let state = try store.state(of: id) else { return nil }
        let base = try names?.renamed(held.base) ?? held.base
        let sayings = state.facts.values.map { fact in
            let author = fact.stamp.author
            return fact.saying(by: names?.new(.person, author) ?? author)
        }
        var members = [
            CaseMember(key: "digest", value: .text(Digest.of(try base.state()).hex)),
            CaseMember(key: "derived", value: .texts(derived(state))),
            CaseMember(key: "reviews", value: .list(reviews(state))),
            CaseMember(key: "facts", value: .texts(sayings.sorted())),
            CaseMember(key: "handed_over", value: .flag(held.isHandedOver)),
            CaseMember(key: "hidden", value: .flag(state.isHidden)),
        ]
        if id.kind == .stop {
            members.append(
                CaseMember(key: "status", value: .text(state.stop.status.rawValue)))
        }
        return .object(members)
    }

    private static func derived(_ state: EntityState) -> [String] {
        ReviewRules.findings(in: state).map { "\($0.kind.rawValue) \($0.id)" }.sorted()
    }

    private static func reviews(_ state: EntityState) -> [CaseValue] {
        reviews(of: state).sorted { $0.key < $1.key }.map { id, review in
            .members([
                "id": .text(id.hex), "kind": .text(review.kind.rawValue),
                "opened": .flag(review.isOpened),
                "sides": .texts(review.sides.map { "\($0.change) \($0.index)" }),
            ])
        }
    }

    /// Those that the state shows now, and those that the hub opened.
    static func reviews(
        of state: EntityState
    ) -> [ChangeID: (kind: ReviewKind, sides: [FactRef], isOpened: Bool)] {
        var views: [ChangeID: (kind: ReviewKind, sides: [FactRef], isOpened: Bool)] = [:]
        for finding in ReviewRules.findings(in: state) {
            views[finding.id] = (finding.kind, finding.sides, false)
        }
        for fact in state.facts.values {
            guard case .reviewOpened(let review) = fact.fact else { continue }
            views[fact.ref.change] = (review.kind, review.sides, true)
        }
        return views
    }
}
