import FaultProxy
import Foundation
import LuckyHubHTTP
import LuckyModel
import TestSupport
import Testing

extension Journeys {
    @Test("A token ends in the middle of the day; a forged one opens nothing; taps never notice")
    func token() async throws {
        let depot = try await Depot(stops: 6)
        let phone = try await depot.phone("drv-1")
        let short = try await Self.shortToken(depot)
        #expect(try await phone.lucky("login", "--token-file", short).status == 0)
        try await phone.record("S1", .delivered(["20kg": 2], cash: 1900))
        // While it lives, it opens; then not any more.
        let ended = try await until {
            let sync = try await phone.lucky("sync", "once")
            #expect(sync.status == 0 || sync.status == 3, "\(sync.errors)")
            return sync.status == 3
        }
        #expect(ended != nil)
        // A slow machine may have used the token's seconds up before the first tap went.
        let waiting = try await phone.status().outbox.pending
        try await phone.record("S2", .delivered(["20kg": 2], cash: 1900))
        let expired = try await phone.lucky("sync", "once")
        #expect(expired.status == 3)
        let failure = try HubJSON.read(expired.errors, as: HubJSON.Failed.self)
        #expect(failure.code == "needs_token")

        let other = try await HubOffice()
        let forged = try await other.token("drv-1", role: "driver")
        #expect(try await phone.lucky("login", "--token-file", forged).status == 0)
        try await phone.record("S3", .failed(reason: "payment_issue"))
        #expect(try await phone.lucky("sync", "once").status == 3)
        #expect(try await phone.status().outbox.pending == waiting + 2)

        let good = try await depot.office.token("drv-1", role: "driver")
        #expect(try await phone.lucky("login", "--token-file", good).status == 0)
        try await phone.sync()
        try await Judge(depot).rule(syncing: false)
    }

    /// A token's file, good for three seconds.
    private static func shortToken(_ depot: Depot) async throws -> String {
        let bytes = try Data(contentsOf: URL(filePath: depot.office.secret))
        let secret = try TokenSecret(bytes.dropLast())
        let now = Int64(Date().timeIntervalSince1970 * 1000)
        let token = try await Tokens(secret: secret).issue(
            person: "drv-1", depot: "taitung", role: .driver, now: now, expires: now + 3000)
        return try depot.office.file("short", token.utf8)
    }

    @Test("A captive portal, a redirect, a plain address: a clear word, and nothing is lost")
    func strangers() async throws {
        let depot = try await Depot(stops: 4)
        let phone = try await depot.phone("drv-1")
        try await phone.record("S1", .delivered(["20kg": 2], cash: 1900))
        depot.proxy.change { $0.portal = true }
        let portal = try await phone.lucky("sync", "once")
        #expect(portal.status == 4)
        #expect(try HubJSON.read(portal.errors, as: HubJSON.Failed.self).code == "not_a_hub")
        #expect(try await phone.status().outbox.pending == 1)
        depot.proxy.change { $0.portal = false }
        try await phone.sync()

        let seen = try ScriptedServer { _ in
            [.send(Canned.text("", status: "302 Found", fields: ["Location: http://127.0.0.1:1/"]))]
        }
        let lost = try await depot.phone(
            "drv-2", named: "redirected", hub: seen.url.absoluteString, synced: false)
        let redirect = try await lost.lucky("sync", "once")
        #expect(redirect.status == 4)
        #expect(try HubJSON.read(redirect.errors, as: HubJSON.Failed.self).code == "not_a_hub")
        #expect(seen.seen.requests.count == 1)
        await depot.forget(lost)

        let refused = try await lost.lucky("hub", "set", "http://192.0.2.1")
        #expect(refused.status == 64)
        let why = try HubJSON.read(refused.errors, as: HubJSON.Failed.self)
        #expect(why.code == "usage" && why.message.contains("https"))
        try await Judge(depot).rule()
    }

    @Test("One tap twice is one tap; another tap on a closed stop is told how to correct")
    func tappedTwice() async throws {
        let depot = try await Depot()
        let phone = try await depot.phone("drv-1")
        let id = Ledger.newID()
        let act = Ledger.Act.delivered(["20kg": 2], collected: ["20kg": 1], cash: 1900)
        #expect(try await phone.tap("S1", act, id: id).status == 0)
        #expect(try await phone.tap("S1", act, id: id).status == 0)
        #expect(phone.ledger.entries.map(\.isRepeat) == [false, true])
        let other = try await phone.tap("S1", act)
        #expect(other.status == 3)
        #expect(other.errors.contains("stop correct"))
        try await phone.sync()
        // The same after it was received.
        #expect(try await phone.tap("S1", act, id: id).status == 0)
        #expect(phone.ledger.entries.last?.isRepeat == true)
        #expect(try await phone.status().outbox.pending == 0)
        #expect(try await phone.tap("S1", act).status == 3)
        // The same name for another tap: nothing is recorded, and nothing is said to be.
        let crossed = try await phone.lucky(
            "stop", "arrive", "S2", "--id", id, "--date", HubPlan.date)
        #expect(crossed.status == 3)
        #expect(
            try HubJSON.read(crossed.errors, as: HubJSON.Failed.self).code == "id_of_another_tap")
        #expect(try await phone.stop("S2").status == "pending")
        try await Judge(depot).rule()
    }

    @Test("Two devices of one driver deliver one stop twice: both stand, and a review says so")
    func twoDevices() async throws {
        let depot = try await Depot()
        let (one, two) = (
            try await depot.phone("drv-1", named: "one"),
            try await depot.phone("drv-1", named: "two")
        )
        try await one.record("S1", .delivered(["20kg": 2], cash: 1900))
        try await two.record("S1", .delivered(["20kg": 2], collected: ["20kg": 1], cash: 950))
        try await two.record("S2", .delivered(["20kg": 2]))
        try await one.sync()
        try await two.sync()
        try await one.sync()
        #expect(try await depot.reviews().map(\.kind) == ["delivered_twice"])
        for phone in [one, two] {
            let stop = try await phone.stop("S1")
            #expect(stop.reviews == ["delivered_twice"] && stop.delivered == ["20kg": 4])
            #expect(try await phone.stop("S2").status == "delivered")
        }
        try await Judge(depot).rule()
    }
}
