internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

// Between the parts of pages and the values of a case.

extension EntityPart {
    /// As the keys of a `recorded` step.
    var recordedMembers: [CaseMember] {
        var members = [
            CaseMember(key: "entity", value: .text(entity.hex)),
            CaseMember(key: "vector", value: vector.caseValue),
        ]
        if !fields.isEmpty {
            let values = fields.map { part in
                var value = [
                    CaseMember(key: "siblings", value: .list(part.siblings.map(\.caseValue)))
                ]
                if !part.cover.isEmpty {
                    value.append(CaseMember(key: "cover", value: part.cover.caseValue))
                }
                return CaseMember(
                    key: part.field.word ?? "\(part.field.rawValue)", value: .object(value))
            }
            members.append(CaseMember(key: "fields", value: .object(values)))
        }
        if !facts.isEmpty {
            members.append(CaseMember(key: "facts", value: .list(facts.map(\.caseValue))))
        }
        return members
    }

    /// From a `recorded` step.
    init(recorded step: CaseValue) throws(CaseError) {
        guard let entity = step["entity"]?.text.flatMap({ EntityID(hex: $0) }) else {
            throw CaseError("entity", .faultEntity)
        }
        var fields: [FieldPart] = []
        for member in step["fields"]?.members ?? [] {
            guard
                let field = PlanField(word: member.key)
                    ?? UInt32(member.key).map({ PlanField(rawValue: $0) })
            else { throw CaseError("fields.\(member.key)", .faultNoField) }
            fields.append(
                FieldPart(
                    field: field, cover: try VersionVector(recorded: member.value["cover"]),
                    siblings: try Self.changes(member.value["siblings"])))
        }
        self.init(
            entity: entity, membership: .enters,
            vector: try VersionVector(recorded: step["vector"]),
            fields: fields.sorted { $0.field < $1.field },
            facts: try Self.changes(step["facts"]).sorted { $0.ref < $1.ref })
    }

    private static func changes(_ value: CaseValue?) throws(CaseError) -> [PageChange] {
        var changes: [PageChange] = []
        for change in value?.list ?? [] { changes.append(try PageChange(recorded: change)) }
        return changes
    }
}

extension PageChange {
    /// Without what names or describes a person: of that, only the hash.
    fileprivate var caseValue: CaseValue {
        var members = [CaseMember(key: "change", value: .text(ref.change.hex))]
        func add(_ key: String, _ value: CaseValue?) {
            if let value { members.append(CaseMember(key: key, value: value)) }
        }
        add("index", ref.index == 0 ? nil : .integer(ref.index))
        add("replica", .text(dot.replica.bytes.hex))
        add("counter", .integer(dot.counter))
        add("core", .text(encoded.core.hex))
        add(
            "personal_hash",
            encoded.personalHash == .zero ? nil : .text(encoded.personalHash.hex))
        add("by", .text(stamp.author.text))
        add("role", .integer(stamp.role.rawValue))
        add("relation", .integer(stamp.relation.rawValue))
        add(
            "hlc",
            .list([.integer(stamp.hlc.milliseconds), .integer(stamp.hlc.logical)]))
        add("written_ms", .integer(stamp.writtenAt))
        add("received_ms", stamp.receivedAt.map { .integer($0) })
        add("carried_by", stamp.carriedBy.map { .text($0.text) })
        add("context", context.isEmpty ? nil : context.caseValue)
        add("witnessed_by", witnessedBy.map { .text($0.bytes.hex) })
        return .object(members)
    }

    fileprivate init(recorded value: CaseValue) throws(CaseError) {
        func bytes(_ key: String) -> [UInt8]? { value[key]?.text.flatMap { [UInt8](hex: $0) } }
        let hlc = value["hlc"]?.list?.compactMap(\.integer) ?? []
        guard let change = bytes("change").flatMap({ ChangeID(bytes: $0) }),
            let replica = bytes("replica").flatMap({ ReplicaID(bytes: $0) }),
            let counter = value["counter"]?.integer.flatMap({ UInt64(exactly: $0) }),
            let core = bytes("core"), hlc.count == 2, let milliseconds = hlc.first,
            let logical = hlc.last.flatMap({ UInt32(exactly: $0) }),
            let role = value["role"]?.integer.flatMap({ UInt8(exactly: $0) }),
            let relation = value["relation"]?.integer.flatMap({ UInt8(exactly: $0) })
        else { throw CaseError("facts", .faultChange) }
        let personal = bytes("personal_hash")
        guard let hash = personal.map({ Hash256(bytes: $0) }) ?? Hash256.zero else {
            throw CaseError("personal_hash", .faultHash)
        }
        self.init(
            ref: FactRef(change: change, index: value["index"]?.integer.map(Int.init) ?? 0),
            dot: Dot(replica, counter), encoded: EncodedChange(core: core, redacted: hash),
            stamp: Stamp(
                author: Identifier(value["by"]?.text ?? ""), role: Role(rawValue: role),
                relation: ScopeRelation(rawValue: relation),
                hlc: HLC(milliseconds: milliseconds, logical: logical),
                writtenAt: value["written_ms"]?.integer ?? 0,
                receivedAt: value["received_ms"]?.integer,
                carriedBy: value["carried_by"]?.text.map { Identifier($0) }),
            context: try VersionVector(recorded: value["context"]),
            witnessedBy: bytes("witnessed_by").flatMap { ReplicaID(bytes: $0) })
    }
}

extension VersionVector {
    /// Replica → counter.
    fileprivate var caseValue: CaseValue {
        .object(
            entries.map {
                CaseMember(key: $0.replica.bytes.hex, value: .integer($0.counter))
            })
    }

    /// Empty where there is none.
    fileprivate init(recorded value: CaseValue?) throws(CaseError) {
        self.init()
        for member in value?.members ?? [] {
            guard let replica = [UInt8](hex: member.key).flatMap({ ReplicaID(bytes: $0) }),
                let counter = member.value.integer.flatMap({ UInt64(exactly: $0) })
            else {
                throw CaseError("vector.\(member.key)", .faultVectorEntry)
            }
            raise(replica, to: counter)
        }
    }
}
