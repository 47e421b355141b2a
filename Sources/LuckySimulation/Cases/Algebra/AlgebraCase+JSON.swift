internal import LuckyCausality
internal import LuckyModel

extension AlgebraCase {
    /// Reads a case's `steps`.
    init(steps: [CaseValue]) throws(CaseError) {
        self.steps = try NamedStep.all(steps, Self.step)
    }

    private static func step(
        _ verb: String, _ fields: inout CaseFields
    ) throws(CaseError) -> Step {
        switch verb {
        case "compare":
            return .vector(.compare(try fields.vector("a"), try fields.vector("b")))
        case "merge":
            var vectors: [VersionVector] = []
            for text in try fields.texts("of") {
                vectors.append(try CaseNames.vector(text, at: fields.path("of")))
            }
            guard (1...Orders.limit).contains(vectors.count) else {
                throw CaseError(
                    fields.path("of"), .faultVectors, ["most": "\(Orders.limit)"])
            }
            return .vector(.merge(vectors))
        case "increment":
            let writer = VectorStep.ReplicaDot(name: try fields.text("actor"))
            return .vector(.increment(try fields.vector("vector"), of: writer))
        case "read_vector":
            let text = try fields.text("entries")
            return .vector(.read(try CaseNames.entries(text, at: fields.path("entries"))))
        case "put", "note", "again", "join": return .field(try fieldStep(verb, &fields))
        case "tick", "see", "restart", "sort": return .clock(try clockStep(verb, &fields))
        case "property": return .property(try property(&fields))
        default: throw .noStep(verb, of: AlgebraPlayer.kind, at: fields.path("do"))
        }
    }

    private static func fieldStep(
        _ verb: String, _ fields: inout CaseFields
    ) throws(CaseError) -> FieldStep {
        let place = try fields.optionalText("at") ?? "here"
        let field = try fields.field()
        switch verb {
        case "join": return .join(from: try fields.text("from"), into: place, field: field)
        case "again": return .again(try fields.dot("dot"), at: place, field: field)
        default: break
        }
        let dot = try fields.dot("dot")
        guard dot.counter > 0 else { throw CaseError(fields.path("dot"), .faultCounters) }
        let context = try fields.vector("context")
        let stamp = try fields.stamp()
        if verb == "note" {
            let id = try fields.optionalText("change")
            var name: Dot?
            if let id { name = try CaseNames.dot(id, at: fields.path("change")) }
            let write = CaseWrite.note(
                try fields.text("text"), dot: dot, context: context, stamp: stamp, id: name)
            return .apply(write, at: place, field: field)
        }
        let write = CaseWrite.plan(
            field, try fields.planValue(field), dot: dot, context: context, stamp: stamp)
        return .apply(write, at: place, field: field)
    }

    private static func clockStep(
        _ verb: String, _ fields: inout CaseFields
    ) throws(CaseError) -> ClockStep {
        switch verb {
        case "tick":
            let times = try fields.optionalNumber("times", Int.self) ?? 1
            guard (1...CaseClock.tickLimit).contains(times) else {
                throw CaseError(
                    fields.path("times"), .faultCount, ["most": "\(CaseClock.tickLimit)"])
            }
            return .tick(wall: try fields.number("wall_ms"), times: times)
        case "see": return .see(try fields.reading(), hubTime: try fields.number("hub_ms"))
        case "restart": return .restart
        default:
            var siblings: [Recorded] = []
            for (index, value) in try fields.list("stamps").enumerated() {
                var stamp = try CaseFields(value, at: "\(fields.path("stamps"))[\(index)]")
                let dot = try stamp.dot("dot")
                siblings.append(
                    CaseWrite.plan(
                        .officeNote, .none, dot: dot, context: VersionVector(),
                        stamp: try stamp.stamp()
                    ).change)
                try stamp.end()
            }
            guard (1...Orders.limit).contains(siblings.count) else {
                throw CaseError(
                    fields.path("stamps"), .faultCount, ["most": "\(Orders.limit)"])
            }
            return .sort(siblings)
        }
    }

    private static func property(_ fields: inout CaseFields) throws(CaseError) -> CaseProperty {
        let word = try fields.text("law")
        guard let law = CaseLaw(rawValue: word) else {
            throw .none(called: word, .nounLaw, at: fields.path("law"))
        }
        let property = CaseProperty(
            law: law, rounds: try fields.number("rounds"),
            replicas: try fields.optionalNumber("replicas") ?? 3, seed: try fields.number("seed"))
        guard (1...CaseProperty.roundLimit).contains(property.rounds),
            (1...CaseProperty.replicaLimit).contains(property.replicas)
        else { throw CaseError(fields.place, .faultTooMany) }
        return property
    }
}

extension CaseFields {
    /// Empty where the key is absent.
    mutating func vector(_ key: String) throws(CaseError) -> VersionVector {
        try CaseNames.vector(try optionalText(key) ?? "", at: path(key))
    }

    mutating func dot(_ key: String) throws(CaseError) -> Dot {
        try CaseNames.dot(try text(key), at: path(key))
    }

    /// The office's note, where a step names no other field.
    mutating func field() throws(CaseError) -> PlanField {
        guard let word = try optionalText("field") else { return .officeNote }
        guard let field = PlanField(word: word) else {
            throw .none(called: word, .nounPlanField, at: path("field"))
        }
        return field
    }

    mutating func planValue(
        _ field: PlanField, key: String = "value"
    ) throws(CaseError) -> PlanValue {
        switch value(key) {
        case nil: throw CaseError(path(key), .faultMissing)
        case .null: return .none
        case .flag(let flag): return .flag(flag)
        case .text(let text):
            return field == .driver || field == .code ? .name(Identifier(text)) : .text(text)
        case .number(let digits):
            if let number = Int64(digits) { return .integer(number) }
            fallthrough
        default: throw .expected(.kindPlanValue, at: path(key))
        }
    }

    fileprivate mutating func reading() throws(CaseError) -> HLC {
        let milliseconds: Int64 = try optionalNumber("ms") ?? 0
        guard milliseconds >= 0, milliseconds < HLC.millisecondLimit else {
            throw CaseError(path("ms"), .faultReading)
        }
        return HLC(milliseconds: milliseconds, logical: try optionalNumber("logical") ?? 0)
    }

    fileprivate mutating func stamp() throws(CaseError) -> CaseWrite.Stamped {
        var stamp = CaseWrite.Stamped()
        if let author = try optionalText("by") { stamp.author = Identifier(author) }
        if let word = try optionalText("role") {
            guard let role = word == "hub" ? .hub : Role(name: word) else {
                throw .none(called: word, .nounRole, at: path("role"))
            }
            stamp.role = role
        }
        stamp.hlc = try reading()
        stamp.receivedAt = try optionalNumber("received_ms")
        return stamp
    }
}
