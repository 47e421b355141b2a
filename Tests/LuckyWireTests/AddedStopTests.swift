import Foundation
import LuckyCausality
import LuckyModel
import SwiftProtobuf
import Testing

@testable import LuckyWire

/// What a driver says of a customer whom no plan has: all of it personal, none of it in the core.
@Suite struct AddedStopTests {
    static let place = Coordinate(latitudeE7: 227_583_000, longitudeE7: -1_211_444_000)
    static let added = AddedStop(customer: "陳太太", phone: "0912-000-000", coordinate: place)

    private static func personal(_ encoded: EncodedChange) throws -> PBPersonal {
        let bytes = try #require(encoded.personal).dropFirst(16)
        return try PBPersonal(serializedBytes: Array(bytes))
    }

    private static func encoded(_ personal: [UInt8]) -> EncodedChange {
        EncodedChange(
            core: Fixture.encoded(.fact(.stopAdded(added))).core,
            personal: Fixture.salt + personal)
    }

    @Test func phoneAndPlaceArePersonal() throws {
        let encoded = Fixture.encoded(.fact(.stopAdded(Self.added)))
        #expect(encoded.core == Fixture.encoded(.fact(.stopAdded(AddedStop()))).core)
        let personal = try Self.personal(encoded)
        #expect(personal.phone == "0912-000-000" && personal.hasCoordinate)
        #expect(try ChangeCodec.decode(encoded).body == .fact(.stopAdded(Self.added)))
        // Redacted, nothing of it is left.
        let redacted = EncodedChange(core: encoded.core, redacted: encoded.personalHash)
        #expect(try ChangeCodec.decode(redacted).body == .fact(.stopAdded(AddedStop())))
        #expect(Fact.stopAdded(Self.added).withoutPersonal == .stopAdded(AddedStop()))
    }

    /// As a build reads them that does not know the newest: what it knows, and the bytes stay.
    @Test func aFieldOfANewerBuildIsPassedOver() throws {
        var bytes: [UInt8] = try Self.personal(
            Fixture.encoded(.fact(.stopAdded(Self.added)))
        ).serializedBytes()
        // Field 99, two bytes.
        bytes += [0x9A, 0x06, 0x02, 0x68, 0x69]
        let encoded = Self.encoded(bytes)
        #expect(try ChangeCodec.decode(encoded).body == .fact(.stopAdded(Self.added)))
        #expect(try Self.personal(encoded).serializedBytes() == bytes)
    }

    @Test func aPlaceOffTheEarthIsRefused() throws {
        for (latitude, longitude) in [(Int32.max, Int32(0)), (0, .min), (900_000_001, 0)] {
            var personal = PBPersonal()
            personal.coordinate.latitudeE7 = latitude
            personal.coordinate.longitudeE7 = longitude
            let encoded = Self.encoded(try personal.serializedBytes())
            #expect(throws: WireError.self) { try ChangeCodec.decode(encoded) }
        }
    }
}
