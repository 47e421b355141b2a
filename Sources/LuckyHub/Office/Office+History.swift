internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

// What a plan said before: nothing that was written over is lost, since the log is kept whole.
extension Office {
    func planHistory(_ request: PlanHistoryRequest) throws(HubRefusal) -> PlanHistoryReply {
        let asked = try request.field.map { word throws(HubRefusal) in
            guard let field = PlanField.words.first(where: { $0.word == word })?.field else {
                throw .badRequest("There is no field \(HubRefusal.shortened(word)).")
            }
            return field
        }
        return try read { reader, finder in
            let state: EntityState
            switch (request.stop, request.route) {
            case (let stop?, nil):
                state = try finder.stop(stop, on: request.date, evenDeleted: true)
            case (nil, let route?): state = try finder.route(route, on: request.date)
            default: throw HubRefusal.badRequest("Name either a stop or a route.")
            }
            let writes = try reader.rows.planWrites(of: state).filter {
                asked == nil || $0.field == asked
            }
            return PlanHistoryReply(
                entity: state.id.hex, code: state.codeText,
                sequence: try reader.checkpoint().sequence,
                values: Dictionary(grouping: writes, by: \.field).sorted { $0.key < $1.key }
                    .flatMap { Self.values(of: $0.value, in: state) })
        }
    }

    /// - Parameter writes: of one field, in log order.
    private static func values(
        of writes: [LoggedWrite], in state: EntityState
    ) -> [PlanHistoryReply.Value] {
        let redacted = state.redacted
        return writes.map { write in
            let record = write.record
            let before = writes.map(\.record).filter { record.context.covers($0.dot) }
            let after = writes.map(\.record).filter { $0.context.covers(record.dot) }
            // The last that its author had seen, and the first who had seen it.
            let saw = before.filter { old in
                !before.contains { $0.context.covers(old.dot) }
            }
            let overwrote = after.filter { new in
                !after.contains { new.context.covers($0.dot) }
            }
            let isRedacted = state.isRedacted(record.ref, among: redacted)
            return PlanHistoryReply.Value(
                field: write.field.name,
                value: isRedacted ? nil : record.plan?.value.cell,
                redacted: isRedacted ? true : nil, by: record.stamp.author.text,
                role: write.role?.name, writtenMs: record.stamp.writtenAt,
                receivedMs: record.stamp.receivedAt, sequence: write.sequence,
                change: record.ref.change.hex, saw: saw.map(\.ref.change.hex),
                overwrittenBy: overwrote.map {
                    PlanHistoryReply.Overwriter(
                        change: $0.ref.change.hex, by: $0.stamp.author.text,
                        receivedMs: $0.stamp.receivedAt)
                },
                stands: state.fields[write.field]?.siblings.contains { $0.ref == record.ref }
                    ?? false,
                shown: state.shownWrite(write.field)?.ref == record.ref)
        }
    }
}

/// A plan value as it was logged.
struct LoggedWrite {
    var field: PlanField
    var record: Recorded
    /// In the depot's log.
    var sequence: UInt64
    /// As whom it was written; nil where that was not kept when it was written over.
    var role: Role?
}

extension HubRows {
    /// Every plan value that was ever written to an entity, in log order: read from the changesets
    /// themselves, so that it is all there whatever was noted besides. Of what a purge took only
    /// the deletion is left.
    func planWrites(of state: EntityState) throws -> [LoggedWrite] {
        var roles: [FactRef: Role] = [:]
        for row in try overwritten(of: state.id) { roles[row.ref] = row.role }
        for sibling in state.fields.values.flatMap(\.siblings) {
            roles[sibling.ref] = sibling.stamp.role
        }
        var writes: [LoggedWrite] = []
        let purged = try lastPurge(of: state.id)
        for sequence in try touches(of: state.id, after: 0) {
            guard let dot = try log(sequence: sequence)?.dot, let row = try changeset(dot) else {
                continue
            }
            let changeset = try Changeset(reading: row.bytes)
            for (index, encoded) in changeset.changes.enumerated() {
                let change = try ChangeCodec.decode(encoded)
                guard change.entity == state.id, case .plan(let field, _) = change.body,
                    sequence > purged || field == .deleted
                else { continue }
                let ref = FactRef(change: changeset.header.changeID, index: index)
                let read = try written(
                    OverwrittenRow(field: field, ref: ref, dot: dot, role: roles[ref] ?? .office),
                    on: state.id)
                guard let read else { continue }
                writes.append(
                    LoggedWrite(
                        field: field, record: read.recorded, sequence: sequence,
                        role: roles[ref]))
            }
        }
        return writes
    }
}
