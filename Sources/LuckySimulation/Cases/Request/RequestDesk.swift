internal import Foundation
internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel
internal import LuckyWire

/// The real hub in memory, an office at it, and phones of paper.
final class RequestDesk {
    static let depot: Identifier = "taitung"
    private static let office = Credential(person: "office", depot: depot, role: .office)
    private let hub: Hub
    private var phones: [String: PaperPhone] = [:]
    private var stops: [String: EntityID] = [:]
    private var drawn: UInt64 = 0
    /// 08:00 in Taipei on the day of the cases, then a second later at every step.
    private var now: Int64 = 1_795_305_600_000

    init() throws(CaseError) {
        do {
            hub = try Hub.inMemory(depot: Self.depot, random: SeededGenerator(seed: 1))
        } catch {
            throw CaseError("", .faultNoHub, ["error": "\(error)"])
        }
    }

    func addPhone(_ name: String, of driver: String, at place: String) throws(CaseError) {
        phones[name] = try PaperPhone(name, of: driver, at: place)
    }

    func play(_ step: RequestStep, at place: String) throws(CaseError) -> CaseValue {
        now += 1000
        switch step {
        case .edit(let stop, let fields, let isBlind): return edit(stop, fields, isBlind: isBlind)
        case .write(let phone, let changeset):
            try write(changeset, on: phone, at: place)
            return ["written": true]
        case .send(let phone, let request): return try send(request, from: phone, at: place)
        case .cutEverywhere(let phone):
            let body = try body(PaperRequest(), from: phone, at: place)
            return try refusals(
                (0...body.count).lazy.map { body.prefix($0) }, from: phone, at: place)
        case .flipEverywhere(let phone):
            let body = [UInt8](try body(PaperRequest(), from: phone, at: place))
            return try refusals(
                (0..<body.count * 8).lazy.map { bit in
                    var flipped = body
                    flipped[bit / 8] ^= 1 << UInt8(bit % 8)
                    return Data(flipped)
                }, from: phone, at: place)
        case .sendBytes(let bytes, let driver):
            let before = try fingerprint()
            let answer = answer(Data(bytes), as: credential(driver))
            return try shown(answer, before: before)
        case .look(let stop): return try look(stop)
        case .quarantine:
            let kept = try reading { try $0.quarantined() }
            return [
                "changesets": .texts(kept.map { "\(CaseNames.text($0.dot)) \($0.reason)" }),
                "bytes_kept": .flag(kept.allSatisfy { $0.byteCount > 0 }),
            ]
        case .unzip(let zeros): return Self.unzip(zeros)
        }
    }

    // MARK: The office

    private func edit(
        _ code: String, _ fields: [PlanField: PlanValue], isBlind: Bool
    ) -> CaseValue {
        let stop = stops[code] ?? EntityID.planned(.stop, [Self.depot, Identifier(code)])
        stops[code] = stop
        drawn += 1
        let changes = fields.sorted { $0.key < $1.key }.map {
            Change(stop, .plan($0.key, $0.value))
        }
        do throws(HubRefusal) {
            let seen = try hub.read { try $0.state(stop)?.vector ?? VersionVector() }
            _ = try hub.write(
                changes, contexts: [stop: isBlind ? VersionVector() : seen],
                id: ChangeID(high: 0xED17, low: drawn), by: Self.office, now: now)
            return ["status": .integer(200), "code": .null]
        } catch {
            return ["status": .integer(error.status), "code": .text(error.code)]
        }
    }

    // MARK: Phones

    private func write(
        _ changeset: PaperChangeset, on name: String, at place: String
    ) throws(CaseError) {
        var phone = try phone(name, at: place)
        // One that no plan names stands for a stop of somebody's own making.
        let stop =
            stops[changeset.stop]
            ?? EntityID.planned(.stop, [Self.depot, Identifier(changeset.stop)])
        stops[changeset.stop] = stop
        drawn += 1
        let id =
            changeset.id.map { EntityID.planned(.stop, [Identifier($0)]).key }
            .map { ChangeID(high: $0.high, low: $0.low) } ?? ChangeID(high: 0xC4A6, low: drawn)
        var seen: [VersionVector.Entry] = []
        for entry in try CaseNames.entries(changeset.context, at: "\(place).context") {
            let isHub = CaseNames.name(entry.replica) == "hub"
            seen.append(
                VersionVector.Entry(
                    replica: isHub ? hub.replica : entry.replica, counter: entry.counter))
        }
        let header = RawHeader(
            change: id, author: changeset.author ?? phone.driver.utf8, time: now,
            checkpoint: phone.checkpoint,
            contexts: [(stop, seen.sorted { $0.replica < $1.replica })])
        let parts = changeset.parts(of: stop)
        let last = phone.chain.last { $0.counter > 0 }
        let bytes = RawEnvelope.bytes(
            phone.replica, counter: changeset.counter ?? (last?.counter ?? 0) + 1,
            previous: changeset.forgetsPrevious ? .zero : last?.hash ?? .zero,
            header: header.bytes, parts: parts)
        try phone.add(bytes, at: place)
        phones[name] = phone
    }

    private func phone(_ name: String, at place: String) throws(CaseError) -> PaperPhone {
        guard let phone = phones[name] else {
            throw .none(called: name, .nounPhone, at: "\(place).phone")
        }
        return phone
    }

    // MARK: At the door

    private func send(
        _ request: PaperRequest, from name: String, at place: String
    ) throws(CaseError) -> CaseValue {
        let sender = try phone(name, at: place)
        let body = try body(request, from: name, at: place)
        let before = try fingerprint()
        var credential = credential(request.driver ?? sender.driver.text)
        credential.role = request.role
        credential.depot = Identifier(request.depot)
        var last = answer(body, as: credential)
        for _ in 1..<max(1, request.times) { last = answer(body, as: credential) }
        if !request.isAnswerLost, case .success(let response) = last {
            phones[name]?.take(response)
        }
        return try shown(last, before: before)
    }

    private func body(
        _ request: PaperRequest, from name: String, at place: String
    ) throws(CaseError) -> Data {
        let phone = try phone(name, at: place)
        var entries = phone.chain.filter { !$0.isReceipted }
        if let only = request.only {
            entries = []
            for number in only {
                guard phone.chain.indices.contains(number - 1) else {
                    throw CaseError(
                        "\(place).only", .faultChainHas, ["count": "\(phone.chain.count)"])
                }
                entries.append(phone.chain[number - 1])
            }
        }
        var replica = phone.replica
        if let other = request.replica {
            replica =
                other == "hub"
                ? hub.replica : try CaseNames.replica(other, at: "\(place).replica")
        }
        var head = phone.head
        if let counter = request.head {
            head = ChainHead(counter: counter, hash: phone.head?.hash ?? .zero)
        }
        let (history, checkpoint) = try position(request.position, of: phone)
        return SyncRequest(
            replica: replica, head: head, history: history, checkpoint: checkpoint, nonce: 7,
            wantsDigest: false, changesets: entries.map(\.bytes)
        ).encoded()
    }

    private func position(
        _ position: PaperRequest.Position, of phone: PaperPhone
    ) throws(CaseError) -> (HistoryID?, Checkpoint?) {
        switch position {
        case .own: return (phone.history, phone.checkpoint)
        case .none: return (nil, nil)
        case .foreign(let history, let depot, let sequence, let tag):
            let end = try reading { try $0.checkpoint() }
            let other = HistoryID(high: ~hub.history.high, low: hub.history.low)
            let id = history ? other : hub.history
            return (
                id,
                Checkpoint(
                    history: id, depot: depot.map { Identifier($0) } ?? Self.depot,
                    sequence: sequence ?? end.sequence, tag: tag ? ~end.tag : end.tag)
            )
        }
    }

    private func answer(
        _ body: Data, as credential: Credential
    ) -> Result<SyncResponse, HubRefusal> {
        do throws(HubRefusal) {
            let answer = try hub.sync(body, as: credential, now: now)
            return .success(try RequestShown.response(answer.body))
        } catch {
            return .failure(error)
        }
    }

    private func credential(_ driver: String) -> Credential {
        Credential(person: Identifier(driver), depot: Self.depot, role: .driver)
    }

    private func refusals(
        _ bodies: some Sequence<Data>, from name: String, at place: String
    ) throws(CaseError) -> CaseValue {
        let driver = try phone(name, at: place).driver.text
        let before = try fingerprint()
        var (answered, changes) = (0, 0)
        for body in bodies {
            switch answer(body, as: credential(driver)) {
            case .success: answered += 1
            case .failure: if try fingerprint() != before, answered == 0 { changes += 1 }
            }
        }
        return [
            "answered": .integer(answered),
            "changed_by_a_refused_one": .integer(changes),
            "hub_changed": .flag(try fingerprint() != before),
        ]
    }

    // MARK: What is seen

    private func shown(
        _ answer: Result<SyncResponse, HubRefusal>, before: [Hash256]
    ) throws(CaseError) -> CaseValue {
        let names = Dictionary(stops.map { ($0.value, $0.key) }, uniquingKeysWith: { $1 })
        return RequestShown.value(
            answer, hubChanged: try fingerprint() != before, stop: { names[$0] ?? $0.hex })
    }

    private func look(_ code: String) throws(CaseError) -> CaseValue {
        guard let id = stops[code] else { throw .none(called: code, .nounStop, at: "stop") }
        return RequestShown.value(try reading { try $0.state(id) })
    }

    /// Everything that anybody could ever see of the hub: states and the log's length.
    private func fingerprint() throws(CaseError) -> [Hash256] {
        let known = stops.values.sorted()
        return try reading { reader in
            var hashes = [Hash256.sha256(Array("\(try reader.checkpoint().sequence)".utf8))]
            for stop in known {
                hashes.append(try reader.state(stop).map(Digest.of) ?? .zero)
            }
            return hashes
        }
    }

    private func reading<T>(_ body: (HubReader) throws -> T) throws(CaseError) -> T {
        do {
            return try hub.read(body)
        } catch {
            throw CaseError("", .faultHubUnreadable, ["code": error.code])
        }
    }

    private static func unzip(_ zeros: Int) -> CaseValue {
        let limits = HTTPLimits()
        let zipped = Gzip.compress(Data(count: zeros), level: 9)
        do throws(GzipError) {
            let data = try Gzip.decompress(
                zipped, maximumBytes: limits.syncDecodedBytes, maximumRatio: limits.gzipRatio)
            return ["outcome": "unpacked", "bytes": .integer(data.count)]
        } catch {
            let word =
                switch error {
                case .malformed, .truncated: "malformed"
                case .tooLarge: "too_large"
                case .ratioTooHigh: "ratio_too_high"
                }
            return ["outcome": .text(word), "bytes": .null]
        }
    }
}

extension PaperChangeset {
    fileprivate func parts(of stop: EntityID) -> [RawEnvelope.Part] {
        let salt = [UInt8](repeating: 9, count: ChangeCodec.saltBytes)
        let once: [RawEnvelope.Part] =
            switch content {
            case .facts(let facts):
                facts.map {
                    let encoded = ChangeCodec.encode(Change(stop, .fact($0))) { salt }
                    return RawEnvelope.Part(core: encoded.core, personal: encoded.personal)
                }
            case .plan(let field, let value):
                [ChangeCodec.encode(Change(stop, .plan(field, value))) { salt }].map {
                    RawEnvelope.Part(core: $0.core, personal: $0.personal)
                }
            case .core(let bytes, let personal):
                [
                    RawEnvelope.Part(
                        core: Self.entity(stop) + bytes, personal: personal.map { salt + $0 })
                ]
            case .nested(let depth):
                [RawEnvelope.Part(core: Self.entity(stop) + Self.groups(depth), personal: nil)]
            }
        return (0..<times).flatMap { _ in once }
    }

    private static func entity(_ stop: EntityID) -> [UInt8] {
        var message = RawMessage()
        message.data(1, stop.bytes)
        return message.bytes
    }

    private static func groups(_ depth: Int) -> [UInt8] {
        var message = RawMessage()
        for _ in 0..<depth { message.openGroup(99) }
        return message.bytes
    }
}
