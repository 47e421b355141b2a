import Foundation
import LuckyDriver
import LuckyWire

/// A driver at work: does what it is told, writes every tap into the ledger first, and syncs all
/// the while by itself.
actor Phone {
    let driver: Driver
    let name: Identifier
    let link: FaultyLink
    let ledger: LedgerFile
    let date: CivilDate
    var random: SeededRandom
    private var changeIDs: ChangeIDs
    private var sync: Task<Void, Never>?

    init(
        driver: Driver, name: Identifier, link: FaultyLink, ledger: LedgerFile, date: CivilDate,
        random: SeededRandom
    ) {
        self.driver = driver
        self.name = name
        self.link = link
        self.ledger = ledger
        self.date = date
        self.random = random
        var system = SystemRandomNumberGenerator()
        changeIDs = ChangeIDs(using: &system)
    }

    func serve() async {
        let lines = StandardInput.lines()
        // Before the first exchange: what a restart found in the outbox.
        await say(PhoneReply(number: 0, pending: 0, closed: 0, total: 0))
        let driver = driver
        sync = Task { try? await driver.run() }
        for await line in lines {
            guard let order = try? DemoJSON.decode(PhoneOrder.self, from: Data(line.utf8)) else {
                continue
            }
            var reply = PhoneReply(number: order.number, pending: 0, closed: 0, total: 0)
            var isLeaving = false
            do {
                isLeaving = try await carryOut(order.action, &reply)
            } catch {
                reply.error = "\(error)"
            }
            await say(reply)
            if isLeaving { break }
        }
        await endSync()
        await driver.close()
    }

    /// - Returns: whether the day is over.
    private func carryOut(_ action: PhoneAction, _ reply: inout PhoneReply) async throws -> Bool {
        switch action {
        case .expect(let expectation, let seconds):
            try await rest(seconds: seconds, until: "\(expectation)") {
                driver.linkMayHaveChanged()
                return try await shows(expectation)
            }
        case .visit(let visit):
            let stop = try await self.visit(visit)
            reply.stop = stop?.code.text
            reply.place = stop?.sequence
        case .deadZone(let isDead):
            link.setDeadZone(isDead)
            if !isDead { driver.linkMayHaveChanged() }
        case .loseAnswer: link.arm(.loseAnswer)
        case .holdAnswer: link.arm(.holdAnswer)
        case .awaitFault(let seconds):
            try await rest(seconds: seconds, until: "a fault") { link.happened > 0 }
        case .drain(let seconds):
            try await rest(seconds: seconds, until: "an empty outbox") {
                driver.linkMayHaveChanged()
                return try await driver.status().pendingCount == 0
            }
        case .verify: try await verify(&reply)
        case .leave: return true
        }
        return false
    }

    struct Late: Error, CustomStringConvertible {
        var description: String
    }

    /// A phone at rest notices its signal again and again.
    private func rest(
        seconds: Int, until what: String, _ isTrue: () async throws -> Bool
    ) async throws {
        let end = ContinuousClock.now + .seconds(seconds)
        while try await !isTrue() {
            if ContinuousClock.now > end { throw Late(description: "\(what): not in \(seconds) s") }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    private func shows(_ expectation: Expectation) async throws -> Bool {
        func stop(_ code: String) async throws -> StoredStop? {
            try await driver.stops(on: .on(date)).first { $0.stop.code == Identifier(code) }
        }
        return switch expectation {
        case .stops(let count): try await driver.stops(on: .on(date)).count == count
        case .address(let code, let address): try await stop(code)?.stop.address == address
        case .place(let code, let place): try await stop(code)?.stop.sequence == place
        case .listed(let code): try await stop(code) != nil
        case .handedOver(let code):
            try await driver.stop(
                EntityID.planned(
                    .stop, [DemoFolder.depot, Identifier(date.text), Identifier(code)]))?
                .isHandedOver == true
        case .review(let code): try await stop(code)?.reviews.isEmpty == false
        }
    }

    private func verify(_ reply: inout PhoneReply) async throws {
        await endSync()
        let status = try await driver.syncOnce(verifying: true)
        reply.agrees = status.digestsAgree
        reply.sequence = try await driver.status().checkpoint?.sequence
        reply.differences = try await driver.verifyRows()
    }

    private func endSync() async {
        sync?.cancel()
        await sync?.value
        sync = nil
    }

    private func say(_ reply: PhoneReply) async {
        var reply = reply
        if let position = try? await driver.status() { reply.pending = position.pendingCount }
        if let stops = try? await driver.stops(on: .on(date)) {
            reply.total = stops.count
            reply.closed = stops.count { $0.stop.status.isClosed }
        }
        guard let data = try? DemoJSON.encode(reply) else { return }
        try? FileHandle.standardOutput.write(contentsOf: data + Data("\n".utf8))
    }

    /// The ledger first, then the tap, then the ledger again.
    func tap(
        _ kind: Tap.Kind, on stop: Stop, _ fill: (inout Tap) -> Void = { _ in },
        _ call: (ChangeID) async throws(DeliveryError) -> Commit
    ) async throws {
        guard let change = changeIDs.next() else { throw Late(description: "no change id left") }
        var tap = Tap(
            change: change.hex, driver: name.text, stop: stop.code.text, entity: stop.id.hex,
            kind: kind)
        fill(&tap)
        try ledger.append(LedgerLine(tap: tap))
        do throws(DeliveryError) {
            _ = try await call(change)
        } catch {
            if error.refusal != nil { try ledger.append(LedgerLine(refused: change.hex)) }
            throw error
        }
        try ledger.append(LedgerLine(saved: change.hex))
    }
}
