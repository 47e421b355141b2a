internal import Foundation
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

extension Office {
    // MARK: Offers

    func offersList(_ request: ListRequest) throws(HubRefusal) -> OffersReply {
        let rows = try refusing { try hub.observe { try $0.openOffers() } }
        let offers = try read { reader, _ in
            try rows.map { row in
                var offer = OffersReply.Offer(row)
                offer.name = try reader.state(row.entity)?.codeText
                return offer
            }
        }
        return OffersReply(depot: hub.depot.text, offers: offers)
    }

    func offersTake(_ request: OfferDecisionRequest) throws(HubRefusal) -> DecisionReply {
        let id = try OfficeIDs(request.id)[0]
        return try decided { writer in
            if let dot = try writer.rows.dot(of: id) {
                let row = try writer.rows.changeset(dot)
                guard row?.author == credential.person else { throw HubRefusal.changeIDTaken }
                return DecisionReply(
                    entity: request.entity, changes: [id.hex], sequence: row?.sequence,
                    isRepeat: true)
            }
            let offer = try offer(request, in: writer)
            let sequence = try writer.takeOver(offer, by: credential, id: id)
            return DecisionReply(
                entity: request.entity, changes: [id.hex], sequence: sequence, isRepeat: false)
        }
    }

    func offersDismiss(_ request: OfferDecisionRequest) throws(HubRefusal) -> DecisionReply {
        try decided { writer in
            try writer.rows.decide(
                try offer(request, in: writer), isTaken: false, by: credential.person, at: now)
            return DecisionReply(entity: request.entity, changes: [], isRepeat: false)
        }
    }

    private func offer(
        _ request: OfferDecisionRequest, in writer: LogWriter
    ) throws -> OfferedRow {
        let offers = try writer.rows.openOffers()
        let found = offers.first {
            let offer = OffersReply.Offer($0)
            return offer.entity == request.entity && offer.field == request.field
                && offer.change == request.change && offer.index == request.index
        }
        guard let found else { throw HubRefusal.unknownOffer }
        return found
    }

    // MARK: Purge

    func purge(_ request: EntityRequest) throws(HubRefusal) -> DecisionReply {
        let entity = try entity(request)
        let sequence = try decided { try $0.purge(entity, by: credential.person) }
        return DecisionReply(
            entity: request.entity, changes: [], sequence: sequence, isRepeat: sequence == nil)
    }

    func unpurge(_ request: EntityRequest) throws(HubRefusal) -> DecisionReply {
        let entity = try entity(request)
        let sequence = try decided { try $0.unpurge(entity, by: credential.person) }
        return DecisionReply(
            entity: request.entity, changes: [], sequence: sequence, isRepeat: sequence == nil)
    }

    private func entity(_ request: EntityRequest) throws(HubRefusal) -> EntityID {
        guard let id = EntityID(hex: request.entity) else {
            throw .badRequest("The entity must be 34 hexadecimal digits.")
        }
        return id
    }

    // MARK: Quarantine

    func quarantineList(_ request: ListRequest) throws(HubRefusal) -> QuarantineReply {
        let rows = try refusing { try hub.observe { try $0.quarantined() } }
        return QuarantineReply(
            depot: hub.depot.text,
            changesets: rows.filter { request.all == true || $0.decision == nil }
                .compactMap(QuarantineReply.Changeset.init))
    }

    func quarantineRelease(
        _ request: QuarantineDecisionRequest
    ) throws(HubRefusal) -> DecisionReply {
        let ids = try OfficeIDs(request.id)
        let dot = try dot(request)
        var contexts: [EntityID: VersionVector] = [:]
        for seen in request.contexts ?? [] {
            contexts[try entity(EntityRequest(entity: seen.entity))] =
                try VersionVector(base64: seen.context)
        }
        return try decided { [contexts] writer in
            if try writer.rows.changeset(dot)?.decision?.releasedAs == ids[0] {
                return DecisionReply(changes: [ids[0].hex], isRepeat: true)
            }
            let written = try writer.release(
                dot, by: credential, contexts: contexts, ids: { ids[$0] })
            return DecisionReply(
                changes: written.map(\.hex), sequence: writer.end.sequence, isRepeat: false)
        }
    }

    func quarantineReject(
        _ request: QuarantineDecisionRequest
    ) throws(HubRefusal) -> DecisionReply {
        let dot = try dot(request)
        try decided { try $0.reject(dot, by: credential.person) }
        return DecisionReply(changes: [], isRepeat: false)
    }

    func quarantineExport(
        _ request: QuarantineExportRequest
    ) throws(HubRefusal) -> QuarantineExportReply {
        let dot = try dot(request.replica, request.counter)
        let row = try refusing { try hub.observe { try $0.changeset(dot) } }
        guard let row, case .quarantined(let reason) = row.result else {
            throw .unknownQuarantine
        }
        return QuarantineExportReply(
            replica: "\(dot.replica)", counter: dot.counter, reason: reason,
            sha256: Hash256.sha256(row.bytes).hex, bytes: Data(row.bytes))
    }

    private func dot(_ request: QuarantineDecisionRequest) throws(HubRefusal) -> Dot {
        try dot(request.replica, request.counter)
    }

    private func dot(_ replica: String, _ counter: UInt64) throws(HubRefusal) -> Dot {
        guard let replica = [UInt8](hex: replica).flatMap({ ReplicaID(bytes: $0) }) else {
            throw .badRequest("The replica must be 24 hexadecimal digits.")
        }
        return Dot(replica, counter)
    }

    // MARK: Alarms

    func alarmsList(_ request: ListRequest) throws(HubRefusal) -> AlarmsReply {
        let alarms = try hub.read { try $0.alarms() }
        return AlarmsReply(
            depot: hub.depot.text,
            alarms: alarms.map {
                AlarmsReply.Alarm(
                    kind: $0.kind.rawValue, replica: "\($0.replica)", count: $0.count,
                    firstMs: $0.firstAt, lastMs: $0.lastAt)
            })
    }
}

extension OffersReply.Offer {
    init(_ row: OfferedRow) {
        self.init(
            entity: row.entity.hex, change: row.ref.change.hex, index: row.ref.index,
            offeredBy: row.person.text, offeredMs: row.offeredAt)
        guard case .sibling(let field, let change) = row.content else { return }
        self.field = field.name
        value = (try? change.recorded().plan?.value)?.words
        by = change.stamp.author.text
        writtenMs = change.stamp.writtenAt
    }
}

extension PlanValue {
    /// As people write it; nil for an emptied field.
    fileprivate var words: String? {
        switch self {
        case .none: nil
        case .text(let text): text
        case .name(let name): name.text
        case .integer(let number): "\(number)"
        case .flag(let flag): flag ? "true" : "false"
        case .money(let money): money.text
        case .quantities(let quantities): quantities.text
        case .window(let window): Formats.window(window)
        case .coordinate(let place): "\(place.latitudeE7) \(place.longitudeE7)"
        case .entity(let entity): entity.hex
        case .unknown: "?"
        }
    }
}

extension QuarantineReply.Changeset {
    /// Nil for one that is not in quarantine.
    init?(_ row: ChangesetRow) {
        guard case .quarantined(let reason) = row.result else { return nil }
        let changes =
            (try? Envelope(reading: row.bytes))?.changes.map { try? ChangeCodec.decode($0) } ?? []
        self.init(
            replica: "\(row.dot.replica)", counter: row.dot.counter, change: row.change?.hex,
            author: row.author?.text, carriedBy: row.carriedBy?.text, reason: reason,
            receivedMs: row.receivedAt, byteCount: row.bytes.count,
            content: changes.map { change in
                switch change?.body {
                case .fact(let fact): fact.kind.word
                case .plan(let field, _): field.name
                case nil: "unreadable"
                }
            },
            entities: Set(changes.compactMap { $0?.entity }).sorted().map(\.hex),
            decision: row.decision.map { $0.releasedAs == nil ? "rejected" : "released" },
            decidedBy: row.decision?.by.text, decidedMs: row.decision?.at)
    }
}
