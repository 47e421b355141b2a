import Foundation
import LuckyCausality
import LuckyModel
import SwiftProtobuf
import TestSupport
import Testing

@testable import LuckyWire

@Suite struct RebaselineMessageTests {
    private static let digests = [
        EntityDigest(entity: Fixture.stop, digest: Fixture.previous),
        EntityDigest(entity: EntityID(.route, Fixture.id(0x60)), digest: .zero),
    ]

    private func request() throws -> SyncRequest {
        var request = try Fixture.request()
        request.phase = .offer
        request.offeredDigests = Self.digests
        var ahead = Fixture.page().parts[0]
        ahead = EntityPart(
            entity: ahead.entity, membership: .stays, facts: ahead.facts, isPartial: true)
        request.offeredEntities = [ahead] + Fixture.page().parts
        request.wantsBuckets = true
        request.buckets = [0, 255]
        request.repair = [Fixture.stop]
        request.resume = [1, 2, 3]
        return request
    }

    @Test func aRequestWithEverythingRoundTrips() throws {
        let request = try request()
        #expect(try SyncRequest(decoding: request.encoded()) == request)
    }

    @Test(arguments: SyncPhase.allCases) func eachPhaseRoundTrips(_ phase: SyncPhase) throws {
        var request = try Fixture.request()
        request.phase = phase
        #expect(try SyncRequest(decoding: request.encoded()).phase == phase)
    }

    @Test func aResponseWithEverythingRoundTrips() throws {
        var response = Fixture.response(.rebaselineNeeded)
        response.wanted = Wanted(entities: [Fixture.stop], isDone: true)
        response.buckets = Digest.buckets(Self.digests)
        response.bucketDigests = Self.digests
        response.page?.resume = [9]
        response.page?.parts[0].membership = .restated
        response.page?.parts[1].membership = .purged
        response.page?.parts[0].facts[0].witnessedBy = Fixture.hub
        response.page?.parts[0].facts[0].stamp.carriedBy = "chief"
        let read = try SyncResponse(decoding: response.encoded())
        #expect(read == response)
        #expect(read.isComplete)
        let fact = try read.page?.parts[0].state().facts.values.first { $0.witnessedBy != nil }
        #expect(fact?.witnessedBy == Fixture.hub)
        #expect(fact?.stamp.carriedBy == "chief")
    }

    /// What says nothing of it is written as before: no new byte, and read as before.
    @Test func messagesWithoutItAreUnchanged() throws {
        let request = try Fixture.request()
        var message = PBRequest()
        message.protocol = 1
        message.ruleVersion = UInt32(ReviewRules.version)
        message.replica = Data(request.replica.bytes)
        message.headCounter = 3
        message.headHash = Data(Fixture.previous.bytes)
        message.history = Data(Fixture.history.bytes)
        message.checkpoint = PBCheckpoint(Fixture.checkpoint)
        message.responseBytes = 100_000
        message.nonce = 42
        message.wantsDigest = true
        var end = PBRequestEnd()
        end.changesets = 2
        let frames =
            [Frame(.request, try message.serializedBytes())]
            + request.changesets.map { Frame(.changeset, $0) }
            + [Frame(.requestEnd, try end.serializedBytes())]
        #expect(request.encoded() == Data(frames.flatMap(\.bytes)))
        #expect(Fixture.page().parts[1].rowBytes().count == 2 + 17 + 2)
    }

    @Test func offersBehindTheirBoundsAreRefused() throws {
        func refused(_ change: (inout SyncRequest) -> Void) throws {
            var request = try Fixture.request()
            change(&request)
            #expect(throws: WireError.self) { try SyncRequest(decoding: request.encoded()) }
        }
        let digest = Self.digests[0]
        try refused { $0.offeredDigests = Array(repeating: digest, count: 2_001) }
        let part = EntityPart(entity: Fixture.stop, membership: .stays)
        try refused { $0.offeredEntities = Array(repeating: part, count: 2_001) }
        try refused { $0.repair = Array(repeating: Fixture.stop, count: 65) }
        try refused { $0.buckets = [256] }
        try refused { $0.resume = [UInt8](repeating: 0, count: 257) }
    }

    @Test func aRequestMustAnnounceItsOffers() throws {
        let whole = Frame.read(try request().encoded(), limit: .max).frames
        for (index, frame) in whole.enumerated() where [4, 5].contains(frame.kind) {
            var frames = whole
            frames.remove(at: index)
            #expect(throws: WireError.self) {
                try SyncRequest(decoding: Data(frames.flatMap(\.bytes)))
            }
        }
        var message = PBRequest()
        message.protocol = 1
        message.replica = Data(Fixture.replica.bytes)
        message.phase = 3
        let frames = [
            Frame(.request, try message.serializedBytes()), Frame(.requestEnd, []),
        ]
        #expect(throws: WireError.unsupported("phase 3")) {
            try SyncRequest(decoding: Data(frames.flatMap(\.bytes)))
        }
    }

    /// A part that claims to be only a part, and moves the vector: its facts are not all there.
    @Test func aPartialEntityHasNoVector() throws {
        var part = Fixture.page().parts[0]
        part.isPartial = true
        #expect(throws: WireError.self) { try EntityPart(rowBytes: part.rowBytes()).state() }
    }

    @Test func entitiesFallIntoTheBucketOfTheirHash() {
        #expect(
            Digest.bucket(of: Fixture.stop)
                == Int(Hash256.sha256(Fixture.stop.bytes).bytes[0]))
        let buckets = Digest.buckets(Self.digests)
        #expect(buckets.count == 256)
        let empty = Digest.ofScope([])
        #expect(buckets.filter { $0 != empty }.count == 2)
        #expect(
            buckets[Digest.bucket(of: Fixture.stop)]
                == Digest.ofScope([(Fixture.stop, Fixture.previous)]))
    }
}
