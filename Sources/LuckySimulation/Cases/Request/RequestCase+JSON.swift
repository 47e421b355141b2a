internal import LuckyCausality
internal import LuckyModel

extension RequestCase {
    /// Reads a case's `actors` (phone → driver) and `steps`.
    init(actors: CaseValue, steps: [CaseValue]) throws(CaseError) {
        guard let members = actors.members else {
            throw .expected(.kindPhones, at: "actors")
        }
        phones = []
        for member in members {
            guard let driver = member.value.text else {
                throw .expected(.kindDriver, at: "actors.\(member.key)")
            }
            phones.append(Phone(name: member.key, driver: driver))
        }
        self.steps = try NamedStep.all(steps, Self.step)
    }

    private static func step(
        _ verb: String, _ fields: inout CaseFields
    ) throws(CaseError) -> RequestStep {
        switch verb {
        case "edit":
            guard let set = fields.value("set") else {
                throw CaseError(fields.path("set"), .faultMissing)
            }
            return .edit(
                stop: try fields.text("stop"), fields: try planFields(set, fields.path("set")),
                isBlind: try fields.flag("blind"))
        case "write": return .write(phone: try fields.text("phone"), try changeset(&fields))
        case "send": return .send(phone: try fields.text("phone"), try request(&fields))
        case "cut_everywhere": return .cutEverywhere(phone: try fields.text("phone"))
        case "flip_everywhere": return .flipEverywhere(phone: try fields.text("phone"))
        case "send_bytes":
            return .sendBytes(try fields.garbage(), asDriver: try fields.text("driver"))
        case "look": return .look(stop: try fields.text("stop"))
        case "quarantine": return .quarantine
        case "unzip": return .unzip(zeros: try fields.count("zeros", atMost: 256 << 20))
        default: throw .noStep(verb, of: RequestPlayer.kind, at: fields.path("do"))
        }
    }

    private static func planFields(
        _ value: CaseValue, _ place: String
    ) throws(CaseError) -> [PlanField: PlanValue] {
        var result: [PlanField: PlanValue] = [:]
        var fields = try CaseFields(value, at: place)
        for member in value.members ?? [] {
            guard let field = PlanField(word: member.key) else {
                throw CaseError(fields.path(member.key), .faultNoField)
            }
            result[field] = try fields.planValue(field, key: member.key)
        }
        try fields.end()
        return result
    }

    private static func changeset(_ fields: inout CaseFields) throws(CaseError) -> PaperChangeset {
        var changeset = PaperChangeset(
            stop: try fields.text("stop"), content: try content(&fields))
        if let times = try fields.optionalCount("times", atMost: 3_000) { changeset.times = times }
        if let author = try fields.optionalText("author") { changeset.author = Array(author.utf8) }
        if let bytes = try fields.optionalBytes("author_hex") { changeset.author = bytes }
        if let count = try fields.optionalCount("author_bytes", atMost: 2 << 20) {
            changeset.author = [UInt8](repeating: 0x61, count: count)
        }
        changeset.id = try fields.optionalText("id")
        changeset.context = try fields.optionalText("context") ?? ""
        changeset.counter = try fields.optionalNumber("counter")
        changeset.forgetsPrevious = try fields.flag("forgets_previous")
        return changeset
    }

    private static func content(
        _ fields: inout CaseFields
    ) throws(CaseError) -> PaperChangeset.Content {
        if let set = fields.value("set") {
            let values = try planFields(set, fields.path("set"))
            guard let only = values.first, values.count == 1 else {
                throw .expected(.kindOneField, at: fields.path("set"))
            }
            return .plan(only.key, only.value)
        }
        if let core = try fields.optionalBytes("core") {
            return .core(core, personal: try fields.optionalBytes("personal"))
        }
        if let depth = try fields.optionalCount("nested", atMost: 60_000) { return .nested(depth) }
        var facts: [Fact] = []
        for (index, value) in try fields.list("facts").enumerated() {
            facts.append(try fact(value, at: "\(fields.path("facts"))[\(index)]"))
        }
        return .facts(facts)
    }

    /// `arrived`, `stop_added`, or `{"handed_over": 2}`, `{"cash_cents": 500}`, `{"note": "…"}`.
    private static func fact(_ value: CaseValue, at place: String) throws(CaseError) -> Fact {
        if value.text == "arrived" { return .arrived(Arrival(attempt: 1)) }
        if value.text == "stop_added" { return .stopAdded(AddedStop()) }
        var fields = try CaseFields(value, at: place)
        if let count = try fields.optionalNumber("handed_over", Int.self) {
            let product = Product(Identifier(try fields.optionalText("product") ?? "20kg"))
            try fields.end()
            guard let delivered = Quantities([(product, count)]) else {
                throw CaseError(place, .faultNoQuantity)
            }
            return .handedOver(HandedOver(Handover(delivered: delivered), attempt: 1))
        }
        if let cents = try fields.optionalNumber("cash_cents", Int64.self) {
            try fields.end()
            guard let money = Money(cents: cents) else {
                throw CaseError(place, .faultNoAmount)
            }
            return .cashReceived(CashReceipt(money))
        }
        if let size = try fields.optionalCount("note_bytes", atMost: 2 << 20) {
            try fields.end()
            return .noteAdded(Note(String(repeating: "n", count: size)))
        }
        let text = try fields.text("note")
        try fields.end()
        return .noteAdded(Note(text))
    }

    private static func request(_ fields: inout CaseFields) throws(CaseError) -> PaperRequest {
        var request = PaperRequest()
        request.driver = try fields.optionalText("driver")
        if let depot = try fields.optionalText("depot") { request.depot = depot }
        request.replica = try fields.optionalText("replica")
        request.head = try fields.optionalNumber("head")
        request.isAnswerLost = try fields.flag("answer_lost")
        if let times = try fields.optionalCount("times", atMost: 100) { request.times = times }
        if let values = fields.value("only") {
            request.only = []
            for value in values.list ?? [] {
                guard let number = value.integer.flatMap({ Int(exactly: $0) }) else {
                    throw .expected(.kindChainPlaces, at: fields.path("only"))
                }
                request.only?.append(number)
            }
        }
        if let value = fields.value("stands_at") {
            request.position = try position(value, at: fields.path("stands_at"))
        }
        return request
    }

    /// `nothing`, or what differs from the hub's own end of the log.
    private static func position(
        _ value: CaseValue, at place: String
    ) throws(CaseError) -> PaperRequest.Position {
        if value.text == "nothing" { return .none }
        var fields = try CaseFields(value, at: place)
        let position = PaperRequest.Position.foreign(
            history: try fields.flag("other_history"), depot: try fields.optionalText("depot"),
            sequence: try fields.optionalNumber("sequence"), tag: try fields.flag("other_tag"))
        try fields.end()
        return position
    }
}

extension CaseFields {
    fileprivate mutating func optionalCount(
        _ key: String, atMost most: Int
    ) throws(CaseError) -> Int? {
        guard let count = try optionalNumber(key, Int.self) else { return nil }
        guard (0...most).contains(count) else {
            throw CaseError(path(key), .faultUpTo, ["most": "\(most)"])
        }
        return count
    }

    fileprivate mutating func count(_ key: String, atMost most: Int) throws(CaseError) -> Int {
        guard let count = try optionalCount(key, atMost: most) else {
            throw CaseError(path(key), .faultMissing)
        }
        return count
    }

    /// `hex`, `text`, or so many `zeros`.
    fileprivate mutating func garbage() throws(CaseError) -> [UInt8] {
        if let text = try optionalText("text") { return Array(text.utf8) }
        if let count = try optionalCount("zeros", atMost: 8 << 20) {
            return [UInt8](repeating: 0, count: count)
        }
        guard let bytes = try optionalBytes("hex") else {
            throw CaseError(path("hex"), .faultMissing)
        }
        return bytes
    }

    fileprivate mutating func optionalBytes(_ key: String) throws(CaseError) -> [UInt8]? {
        guard let hex = try optionalText(key) else { return nil }
        guard let bytes = [UInt8](hex: hex) else {
            throw CaseError(path(key), .faultHex)
        }
        return bytes
    }
}
