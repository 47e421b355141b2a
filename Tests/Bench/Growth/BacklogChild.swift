import Foundation
import LuckyCausality
import LuckyDriver
import LuckyHub
import LuckyModel
import LuckyStore
import LuckyWire

/// Processes that take in or send off a backlog, whose most memory is told.
enum BacklogChild {
    private static let perRoute = 40
    /// With their routes, as many as a page may have.
    private static let stopsPerPage = Bounds.entitiesPerPage * perRoute / (perRoute + 1)

    /// A phone's first load: a store from nothing, page by page.
    static func bootstrap(_ folder: String, _ stops: Int) throws {
        var depot = Depot(try TaitungDay(), perRoute: perRoute)
        let store = try ReplicaStore.open(
            at: depot.makeEmptyStore(in: folder), as: Depot.driver, leaseWaitMilliseconds: 2_000,
            marks: folder)
        defer { store.close() }
        var answers = PaperAnswers(depot)
        var random = SplitMix(state: 5)
        let pages = pages(of: stops)
        for (index, page) in pages.enumerated() {
            var parts: [EntityPart] = []
            for number in page {
                if number % perRoute == 0 {
                    let route = number / perRoute
                    parts.append(
                        try answers.depot.part(
                            Depot.route(route), depot.plan(ofRoute: route), enters: true))
                }
                let plan = depot.plan(ofStop: number, for: Depot.driver)
                parts.append(try answers.depot.part(Depot.stop(number), plan, enters: true))
            }
            try exchange(
                store, &answers, parts, isLast: index == pages.count - 1, using: &random)
        }
    }

    private static func pages(of stops: Int) -> [Range<Int>] {
        stride(from: 0, to: stops, by: stopsPerPage).map { $0..<min($0 + stopsPerPage, stops) }
    }

    /// As many taps as stops, received by nobody.
    static func taps(_ folder: String, _ stops: Int) throws {
        let store = try open(folder)
        defer { store.close() }
        var ids = ChangeIDs(random: (0xBAC6, 1))
        var random = SplitMix(state: 29)
        for number in 0..<stops {
            guard let id = ids.next() else { throw BenchError("out of change ids") }
            _ = try store.commit(
                id, on: Depot.stop(number), time: Exchange.time, using: &random
            ) { _ in [.meterRead(MeterReading(milli: Int64(number), product: .kg20))] }
        }
    }

    /// All that waits is sent, and an edit of each stop comes back, page by page; at the end both
    /// sides are compared.
    static func drain(_ folder: String, _ stops: Int) throws {
        let store = try open(folder)
        defer { store.close() }
        var answers = PaperAnswers(Depot(try TaitungDay(), perRoute: perRoute))
        answers.depot.skip(to: try store.position().checkpoint?.sequence ?? 0)
        var random = SplitMix(state: 31)
        var pages = pages(of: stops)[...]
        while true {
            let page = pages.popFirst() ?? 0..<0
            let parts = try page.map { number in
                try answers.depot.part(
                    Depot.stop(number), [(.officeNote, .text(answers.depot.day.note(number + 1)))],
                    enters: false)
            }
            let pending = try exchange(
                store, &answers, parts, isLast: pages.isEmpty, using: &random)
            if pending == 0, pages.isEmpty { return }
        }
    }

    private static func open(_ folder: String) throws -> ReplicaStore {
        try ReplicaStore.open(
            at: folder + "/replica.sqlite", as: Depot.driver, leaseWaitMilliseconds: 2_000,
            marks: folder)
    }

    /// - Returns: what waits still.
    @discardableResult
    private static func exchange(
        _ store: ReplicaStore, _ answers: inout PaperAnswers, _ parts: [EntityPart], isLast: Bool,
        using random: inout SplitMix
    ) throws -> Int {
        let prepared = try Exchange.prepared(from: store, packed: true, using: &random)
        let body = try answers.answer(
            prepared, of: store, parts, hasMore: !isLast, digest: isLast ? .zero : nil)
        return try store.take(body, to: prepared, using: &random).pending
    }

    /// A hub with the plan of so many stops, all of one driver.
    static func fillHub(_ folder: String, _ stops: Int) throws {
        try HubScene(in: folder, stops: stops, drivers: 0).hub.close()
    }

    /// A hub that serves a phone's first load, page by page.
    static func serve(_ folder: String) throws {
        let hub = try Hub.open(at: folder + "/hub.sqlite", depot: nil, random: SplitMix(state: 4))
        let phone = Credential(person: HubScene.driver(0), depot: Depot.name, role: .driver)
        var request = SyncRequest(
            replica: ReplicaID(install: UInt64(getpid()), epoch: 1),
            head: nil, history: nil, checkpoint: nil, responseBytes: Bounds.responseBytes,
            nonce: 7, wantsDigest: false, changesets: [])
        request.driver = phone.person
        var hasMore = true
        while hasMore {
            let answer = try hub.sync(request.encoded(), as: phone, now: Depot.now + 3_600_000)
            let response = try SyncResponse(decoding: answer.body)
            guard let page = response.page else { throw BenchError("no page came") }
            request.history = response.answer.history
            request.checkpoint = page.checkpoint
            request.resume = page.resume
            hasMore = page.hasMore
        }
        try hub.close()
    }
}
