import Foundation
import LuckyDriver
import LuckyHub
import LuckyTransport

/// The office person who edits the plan while the drivers are out. Each edit has one id, however
/// often it has to be sent.
struct Dispatcher: Sendable {
    private let client: OfficeClient
    private let ledger: LedgerFile
    private let date: CivilDate

    init(_ folder: DemoFolder, hub: URL, date: CivilDate) throws {
        let token = try String(contentsOfFile: folder.token(DemoFolder.dispatcher), encoding: .utf8)
        client = OfficeClient(hub: hub, token: { token })
        ledger = try LedgerFile(folder.ledger(DemoFolder.dispatcher))
        self.date = date
    }

    func reassign(_ stop: String, to driver: Identifier) async throws {
        let seen = try await self.stop(stop)
        try await edit(.planReassign) {
            PlanReassignRequest(
                id: $0, stop: stop, date: date.text, context: seen.context, driver: driver.text)
        }
    }

    func cancel(_ stop: String) async throws {
        let seen = try await self.stop(stop)
        try await edit(.planCancel) {
            PlanStopRequest(id: $0, stop: stop, date: date.text, context: seen.context)
        }
    }

    func correct(address: String, of stop: String) async throws {
        let seen = try await self.stop(stop)
        var cells = PlanCells()
        cells.address = address
        try await edit(.planSet) {
            PlanSetRequest(
                id: $0, stop: stop, date: date.text, context: seen.context, set: cells)
        }
    }

    /// A new stop of a customer who just called.
    func insert(_ stop: String, on route: String, at place: Int) async throws {
        var row = PlanCells()
        row.date = date.text
        row.route = route
        row.stop = stop
        row.sequence = "\(place)"
        row.customer = "金太太"
        row.phone = "0900-000-099"
        row.address = "臺東縣成功鎮三民里中華路61號（成功鎮公所旁）"
        row.items = "20kg*1"
        row.price = "950"
        row.payment = "cash"
        try await edit(.planInsert) { PlanInsertRequest(id: $0, row: row) }
    }

    /// Puts a stop right before another one.
    func move(_ stop: String, before other: String) async throws {
        guard let route = try await routes().first(where: { $0.stops.contains { $0.stop == stop } })
        else { return }
        let context = Dictionary(
            route.stops.map { ($0.stop, $0.context) }, uniquingKeysWith: { first, _ in first })
        var order = route.stops.map(\.stop).filter { $0 != stop }
        order.insert(stop, at: order.firstIndex(of: other) ?? order.endIndex)
        try await edit(.planResequence) {
            PlanResequenceRequest(
                id: $0, route: route.code, date: date.text,
                stops: order.map { PlanResequenceRequest.Place(stop: $0, context: context[$0]) })
        }
    }

    func routes() async throws -> [PlanShowReply.Route] {
        let reply: PlanShowReply = try await call(.planShow, PlanShowRequest(date: date.text))
        return reply.routes
    }

    func stop(_ code: String) async throws -> PlanShowReply.Stop {
        guard let stop = try await routes().flatMap(\.stops).first(where: { $0.stop == code })
        else { throw DemoFailure(.demoOfficeFailed, ["verb": "plan-show", "error": code]) }
        return stop
    }

    private func edit(_ verb: OfficeVerb, _ request: (String) -> some Encodable) async throws {
        let id = (0..<12).map { _ in UInt8.random(in: 0...255) }.hex
        try ledger.append(LedgerLine(edit: id))
        let reply: PlanEditReply = try await call(verb, request(id))
        try ledger.append(LedgerLine(changes: reply.changes))
        guard !reply.changes.isEmpty else {
            throw DemoFailure(.demoNoChange, ["verb": verb.rawValue])
        }
    }

    /// Again and again while the hub is away, for 20 s at most.
    private func call<Reply: Decodable>(
        _ verb: OfficeVerb, _ request: some Encodable
    ) async throws -> Reply {
        let body = try OfficeJSON.encode(request)
        let end = ContinuousClock.now + .seconds(20)
        while true {
            switch await client.post("/v1/office/\(verb.rawValue)", json: body) {
            case .success(let data): return try OfficeJSON.decode(Reply.self, from: data)
            case .failure(let failure):
                guard failure.isTransient, ContinuousClock.now < end else {
                    throw DemoFailure(
                        .demoOfficeFailed, ["verb": verb.rawValue, "error": "\(failure)"])
                }
                try await Task.sleep(for: .milliseconds(200))
            }
        }
    }
}
