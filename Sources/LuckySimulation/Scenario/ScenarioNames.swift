internal import LuckyModel

// What shapes cannot say: names that must be there before they are used.
struct ScenarioNames {
    private var kinds: [String: String]
    private let steps: [CaseValue]
    private let body: CaseValue
    private var stops: Set<String>
    private var shifts: Set<String> = []
    private var labels: Set<String> = []
    private var backups: Set<String> = []
    private var looks: Set<String> = ["nothing"]
    private var messages: Set<String> = []

    init(_ actors: [(name: String, body: CaseValue)], _ steps: [CaseValue], _ body: CaseValue) {
        kinds = ["hub": "hub"]
        for actor in actors { kinds[actor.name] = actor.body["is"]?.text ?? "" }
        self.steps = steps
        self.body = body
        stops = Set((body["plan"]?.list ?? []).compactMap { $0["stop"]?.text })
    }

    /// - Throws: the first name that is not there, and where.
    func check() throws(CaseError) {
        var names = self
        for actor in body["actors"]?.members ?? [] {
            if let hub = actor.value["hub"]?.text, kinds[hub] != "hub" {
                throw .noSuch(.nounHub, hub, at: "actors.\(actor.key).hub")
            }
        }
        for (index, step) in steps.enumerated() { try names.take(step, at: "steps[\(index)]") }
        try names.checkEnd()
    }

    private mutating func take(_ step: CaseValue, at place: String) throws(CaseError) {
        let word = step["do"]?.text ?? ""
        try checkActor(step, word, at: place)
        try need(step["same_id_as"], in: labels, .nounLabel, at: "\(place).same_id_as")
        try need(step["tap"], in: labels, .nounLabel, at: "\(place).tap")
        try need(step["from"], in: backups, .nounBackup, at: "\(place).from")
        try need(step["seen"], in: looks, .nounLook, at: "\(place).seen")
        try need(step["message"], in: messages, .nounMessage, at: "\(place).message")
        switch word {
        case "insert", "add_stop": if let stop = step["stop"]?.text { stops.insert(stop) }
        case "write", "resolve", "undo":
            guard ["stop", "route", "customer", "shift"].contains(where: { step[$0] != nil }) else {
                throw CaseError(place, .faultNameIt)
            }
        case "shift_start": if let name = step["shift"]?.text { shifts.insert(name) }
        case "backup": if let name = step["to"]?.text { backups.insert(name) }
        case "clone": if let name = step["to"]?.text { kinds[name] = "device" }
        case "look": if let name = step["as"]?.text { looks.insert(name) }
        case "send": if let name = step["as"]?.text { messages.insert(name) }
        case "check":
            if let expect = step["expect"] {
                try checkExpectation(expect, at: "\(place).expect")
            }
        default: break
        }
        try need(step["stop"], in: stops, .nounStop, at: "\(place).stop")
        try need(step["shift"], in: shifts, .nounShift, at: "\(place).shift")
        if word != "look", word != "send", let name = step["as"]?.text {
            guard labels.insert(name).inserted else {
                throw CaseError("\(place).as", .faultUsedTwice, ["name": name])
            }
        }
    }

    private func checkActor(
        _ step: CaseValue, _ word: String, at place: String
    ) throws(CaseError) {
        guard let who = step["who"]?.text else { return }
        guard let kind = kinds[who] else {
            throw .noSuch(.nounActor, who, at: "\(place).who")
        }
        let (wanted, what): ([String], Phrase) =
            switch word {
            case _ where ScenarioShape.isOffice(word): (["office"], .nounOffice)
            case "backup", "restore", "kill", "stop", "start", "restart":
                (["device", "hub"], .nounDeviceOrHub)
            case "replace": (["hub"], .nounHub)
            default: (["device"], .nounDevice)
            }
        guard wanted.contains(kind) else {
            throw CaseError(
                "\(place).who", .faultIsNo, ["name": Phrase(verbatim: who), "what": what])
        }
    }

    private func checkEnd() throws(CaseError) {
        if let expect = body["expect"] { try checkExpectation(expect, at: "expect") }
    }

    private func checkExpectation(_ expect: CaseValue, at place: String) throws(CaseError) {
        for member in expect["receipts"]?.members ?? [] {
            try need(
                .text(member.key), in: labels, .nounLabel, at: "\(place).receipts.\(member.key)")
        }
        for member in expect["on"]?.members ?? [] {
            guard let kind = kinds[member.key], kind != "office" else {
                throw CaseError("\(place).on.\(member.key)", .faultNoDeviceOrHub)
            }
            try checkStops(member.value, at: "\(place).on.\(member.key)")
        }
        if let everywhere = expect["everywhere"] {
            try checkStops(everywhere, at: "\(place).everywhere")
        }
    }

    private func checkStops(_ entities: CaseValue, at place: String) throws(CaseError) {
        for member in entities["stops"]?.members ?? [] {
            try need(
                .text(member.key), in: stops, .nounStop, at: "\(place).stops.\(member.key)")
        }
        for member in entities["shifts"]?.members ?? [] {
            try need(
                .text(member.key), in: shifts, .nounShift, at: "\(place).shifts.\(member.key)")
        }
    }

    private func need(
        _ name: CaseValue?, in names: Set<String>, _ what: Phrase, at place: String
    ) throws(CaseError) {
        guard let name = name?.text, !names.contains(name) else { return }
        throw .noSuch(what, name, at: place)
    }
}
