import LuckyCausality
import LuckyModel
import Testing

@testable import LuckyWire

/// A fact from quarantine counts under its own name (L20).
@Suite struct ReleaseTests {
    static let ref = FactRef(change: Fixture.id(0x10), index: 2)

    static func released(
        _ inner: Change.Body, on entity: EntityID = Fixture.stop, by role: Role = .hub
    ) -> PageChange {
        let original = Fixture.encoded(inner, on: entity)
        let release = Release(Self.ref, author: "amy", writtenAt: 7, core: original.core)
        var change = Fixture.pageChange(.fact(.released(release)), index: 5)
        change.encoded.personal = original.personal
        change.encoded.personalHash = original.personalHash
        change.stamp.author = "office"
        change.stamp.role = role
        return change
    }

    @Test func isTheFactItLetsIn() throws {
        let change = Self.released(.fact(Fixture.handover))
        let recorded = try change.recorded()
        #expect(recorded.fact == Fixture.handover)
        #expect(recorded.ref == Self.ref)
        #expect(recorded.stamp.author == "amy" && recorded.stamp.writtenAt == 7)
        #expect(recorded.stamp.role == .driver)
        #expect(recorded.dot == change.dot && recorded.hash == change.encoded.hash)
        let part = EntityPart(
            entity: Fixture.stop, membership: .enters, vector: [Fixture.replica: 3],
            facts: [change])
        #expect(try part.state().facts.keys.map { $0 } == [Self.ref])
        #expect(try PageChange(rowBytes: change.rowBytes()).recorded() == recorded)
        // As a hub keeps it: under the fact's own name.
        let kept = PageChange(
            ref: recorded.ref, dot: recorded.dot, encoded: change.encoded, stamp: recorded.stamp,
            context: recorded.context)
        #expect(try kept.recorded() == recorded)
    }

    /// Where its release says so: by the writer's clock, and written where it was.
    @Test func saysWhereItWasWritten() throws {
        let original = Fixture.encoded(.fact(Fixture.handover))
        let release = Release(
            Self.ref, author: "amy", writtenAt: 7, core: original.core,
            origin: Release.Origin(
                replica: Fixture.replica.bytes, counter: 4, milliseconds: 9, logical: 2))
        var change = Fixture.pageChange(.fact(.released(release)), index: 5)
        change.encoded.personal = original.personal
        change.encoded.personalHash = original.personalHash
        change.stamp.role = .hub
        let recorded = try change.recorded()
        #expect(recorded.writtenAs == Dot(Fixture.replica, 4))
        #expect(recorded.stamp.hlc == HLC(milliseconds: 9, logical: 2))
        #expect(recorded.context == change.context)
        let older = try Self.released(.fact(Fixture.handover)).recorded()
        #expect(older.writtenAs == nil && older.stamp.hlc == HLC(milliseconds: 7, logical: 0))
    }

    /// Only the hub lets in: a driver's changeset that claims to stays a claim of a release.
    @Test func isTheHubsAlone() throws {
        let change = Self.released(.fact(Fixture.handover), by: .driver)
        let recorded = try change.recorded()
        #expect(recorded.fact?.kind == .released)
        #expect(recorded.ref == change.ref && recorded.stamp.author == "office")
    }

    @Test func nothingButADoorstepFactOfItsEntity() {
        let other = EntityID(.stop, Fixture.id(0x70))
        let redaction = Change.Body.fact(.redacted(Redaction(of: Self.ref)))
        for change in [
            Self.released(.fact(Fixture.handover), on: other), Self.released(redaction),
            Self.released(.plan(.address, .text("x"))),
        ] {
            #expect(throws: WireError.invalid("release of something else")) {
                try change.recorded()
            }
        }
    }

    @Test func whoCarriedItIsStamped() throws {
        var change = Fixture.pageChange(.fact(Fixture.handover))
        let plain = change.rowBytes()
        change.stamp.carriedBy = "boss"
        #expect(try PageChange(rowBytes: change.rowBytes()).stamp.carriedBy == "boss")
        #expect(try PageChange(rowBytes: plain).stamp.carriedBy == nil)
    }
}
