import Foundation
import LuckyCausality
import LuckyModel
import SwiftProtobuf
import Testing

@testable import LuckyWire

@Suite struct SyncMessageTests {
    @Test func requestRoundTrip() throws {
        let request = try Fixture.request()
        #expect(try SyncRequest(decoding: request.encoded()) == request)
        let first = SyncRequest(
            replica: Fixture.replica, head: nil, history: nil, checkpoint: nil, nonce: .max,
            wantsDigest: false, changesets: [])
        #expect(try SyncRequest(decoding: first.encoded()) == first)
    }

    /// Shown again as it was said; what is too long to be shown is no reason to refuse an answer.
    @Test(arguments: [0, 1, Bounds.standingBytes, Bounds.standingBytes + 1])
    func aStandingWithinItsBound(_ count: Int) throws {
        let bytes = [UInt8](repeating: 5, count: count)
        let isWithin = count <= Bounds.standingBytes
        var response = Fixture.response()
        response.answer.standing = bytes
        let read = try SyncResponse(decoding: response.encoded())
        #expect(read.answer.standing == (isWithin ? bytes : []))
        #expect(read.page == response.page)
        var request = try Fixture.request()
        request.standing = bytes
        if isWithin {
            #expect(try SyncRequest(decoding: request.encoded()) == request)
        } else {
            #expect(throws: WireError.self) { try SyncRequest(decoding: request.encoded()) }
        }
    }

    @Test func aCutRequestIsNoRequest() throws {
        let data = try Fixture.request().encoded()
        for cut in 0..<data.count {
            #expect(throws: WireError.truncated) { try SyncRequest(decoding: data.prefix(cut)) }
        }
    }

    /// All of a request's changesets go packed, or none; once.
    @Test func aPackedRequestSaysTheSame() throws {
        let request = try Fixture.request()
        let packed = try #require(PackedChangesets.pack(request.changesets))
        let body = request.encoded(packed: packed)
        #expect(body != request.encoded())
        #expect(try SyncRequest(decoding: body) == request)
        for cut in 0..<body.count {
            #expect(throws: WireError.truncated) { try SyncRequest(decoding: body.prefix(cut)) }
        }
        let frames = Frame.read(body, limit: .max).frames
        let plain = Frame(.changeset, request.changesets[0])
        for extra in [frames[1], plain] {
            for place in 1...2 {
                var more = frames
                more.insert(extra, at: place)
                #expect(throws: WireError.self) {
                    try SyncRequest(decoding: Data(more.flatMap(\.bytes)))
                }
            }
        }
        var response = Fixture.response()
        response.answer.readsPacked = true
        #expect(try SyncResponse(decoding: response.encoded()) == response)
    }

    /// L20: a changeset over its bound is quarantined; it must not take the request with it.
    @Test func aChangesetOverItsBoundComesThrough() throws {
        var request = try Fixture.request()
        request.changesets.append([UInt8](repeating: 7, count: Bounds.changesetBytes + 1))
        request.changesets.append([])
        #expect(try SyncRequest(decoding: request.encoded()) == request)
    }

    @Test func aRequestMustAnnounceWhatItCarries() throws {
        let changeset = Frame(.changeset, try Fixture.changeset().bytes)
        let request = try Fixture.request()
        let start = Frame.read(request.encoded(), limit: .max).frames[0]
        var end = PBRequestEnd()
        end.changesets = 2
        let close = Frame(.requestEnd, try end.serializedBytes())
        func read(_ frames: [Frame]) throws -> SyncRequest {
            try SyncRequest(decoding: Data(frames.flatMap(\.bytes)))
        }
        #expect(try read([start, changeset, changeset, close]) == request)
        #expect(throws: WireError.self) { try read([start, changeset, close]) }
        #expect(throws: WireError.self) { try read([changeset, changeset, close]) }
        #expect(throws: WireError.self) { try read([start, changeset, start, close]) }
        #expect(throws: WireError.self) { try read([start, changeset, changeset, close, start]) }
        #expect(throws: WireError.self) { try read([]) }
    }

    @Test(arguments: [
        SyncResponse.Answer.Direction.carryOn, .sendFrom(7), .fork(lastCommon: 0),
        .rebaselineNeeded,
    ])
    func responseRoundTrip(_ direction: SyncResponse.Answer.Direction) throws {
        let response = Fixture.response(direction)
        let read = try SyncResponse(decoding: response.encoded())
        #expect(read == response)
        #expect(read.isComplete)
        #expect(read.page?.changeCount == 3)
    }

    @Test func responseWithoutAPage() throws {
        var response = Fixture.response()
        response.page = nil
        response.receipts = []
        response.answer.head = nil
        #expect(try SyncResponse(decoding: response.encoded()) == response)
    }

    /// L17: each receipt is usable when the rest is lost; a page counts only with its end frame.
    @Test func aCutResponseKeepsWhatCameBefore() throws {
        let response = Fixture.response()
        let data = response.encoded()
        let ends = Frame.read(data, limit: .max).frames.reduce(into: [0]) {
            $0.append(($0.last ?? 0) + $1.bytes.count)
        }
        for cut in 0..<data.count {
            let whole = ends.filter { $0 <= cut }.count - 1
            guard whole > 0 else {
                #expect(throws: WireError.truncated) {
                    try SyncResponse(decoding: data.prefix(cut))
                }
                continue
            }
            let read = try SyncResponse(decoding: data.prefix(cut))
            #expect(read.answer == response.answer)
            #expect(read.receipts == Array(response.receipts.prefix(whole - 1)))
            #expect(!read.isComplete)
            #expect(read.failure == .truncated)
            // Answer, three receipts, page start, two entities, page end.
            #expect(read.page == (whole >= 8 ? response.page : nil))
        }
    }

    private func frames(
        _ change: (inout [Frame]) throws -> Void
    ) throws -> Data {
        var frames = Frame.read(Fixture.response().encoded(), limit: .max).frames
        try change(&frames)
        return Data(frames.flatMap(\.bytes))
    }

    /// A page that cannot be read must not cost the receipts before it: the outbox would never drain.
    @Test func anUnreadablePageKeepsTheReceipts() throws {
        let damaged = try [
            frames { $0[5].payload = [0xFF] },
            frames { $0[7].payload = [] },
            frames { $0.remove(at: 5) },
            frames { $0.remove(at: 4) },
            frames {
                $0.insert($0[1], at: 6)
                $0[6].payload = [0xFF]
            },
            frames { $0.insert(contentsOf: $0[4...7], at: 8) },
        ]
        for (index, data) in damaged.enumerated() {
            let read = try SyncResponse(decoding: data)
            #expect(read.receipts == Fixture.response().receipts, "case \(index)")
            #expect(!read.isComplete, "case \(index)")
            #expect(read.page == (index == 5 ? Fixture.response().page : nil), "case \(index)")
        }
    }

    @Test func aFrameOfANewerHubIsPassedOver() throws {
        let data = try frames {
            var unknown = $0[1]
            unknown.kind = 99
            $0.insert(unknown, at: 2)
        }
        #expect(try SyncResponse(decoding: data) == Fixture.response())
    }

    /// A direction of a newer hub is not "carry on".
    @Test func anUnknownDirectionIsRefused() throws {
        let data = try frames {
            var answer = try PBAnswer(serializedBytes: $0[0].payload)
            answer.direction = nil
            $0[0].payload = try answer.serializedBytes()
        }
        #expect(throws: WireError.unsupported("direction")) { try SyncResponse(decoding: data) }
        let other = try frames {
            var answer = try PBAnswer(serializedBytes: $0[0].payload)
            answer.protocol = 2
            $0[0].payload = try answer.serializedBytes()
        }
        #expect(throws: WireError.unsupported("protocol 2")) { try SyncResponse(decoding: other) }
    }

    @Test func receiptRoundTrip() throws {
        for receipt in Fixture.response().receipts {
            #expect(try Receipt(rowBytes: receipt.rowBytes()) == receipt)
        }
        func refuse(_ why: String, _ index: Int, _ change: (inout PBReceipt) -> Void) throws {
            var message = try PBReceipt(
                serializedBytes: Fixture.response().receipts[index].rowBytes())
            change(&message)
            let bytes: [UInt8] = try message.serializedBytes()
            #expect(throws: WireError.self, "\(why)") { try Receipt(rowBytes: bytes) }
        }
        try refuse("backwards", 0) { $0.lastCounter = 0 }
        try refuse("below the first", 0) { $0.firstCounter = 4 }
        try refuse("beyond 2^53", 0) { $0.lastCounter = 1 << 53 }
        try refuse("a run of one dot", 1) { $0.lastCounter = 5 }
        try refuse("no result", 0) { $0.result = nil }
        try refuse("sequence", 0) { $0.sequences[0].sequence = .max }
        try refuse("hash", 0) { $0.hash = Data() }
    }

    @Test func unreceivedStaysUnreceived() throws {
        var change = Fixture.pageChange(.fact(Fixture.cash))
        #expect(try PageChange(rowBytes: change.rowBytes()) == change)
        // Nil is "later than all", 0 is "first of all" (L8).
        change.stamp.receivedAt = nil
        #expect(try PageChange(rowBytes: change.rowBytes()).stamp.receivedAt == nil)
        change.stamp.receivedAt = 0
        #expect(try PageChange(rowBytes: change.rowBytes()).stamp.receivedAt == 0)
    }

    @Test func aPartBecomesAState() throws {
        let part = try #require(Fixture.page().parts.first)
        let state = try part.state()
        #expect(state.vector == part.vector)
        #expect(state.shown(.address) == .text("中正路 1 號"))
        #expect(state.fields[.address]?.cover == [Fixture.hub: 9])
        #expect(state.facts.count == 2)
        #expect(state.stop.recipient == "王小姐")
        #expect(try EntityPart(rowBytes: part.rowBytes()) == part)
    }

    /// L5, L14: what this build cannot read is parked with its bytes, not refused with its page.
    @Test func aPartOfANewerHubIsParkedWithItsBytes() throws {
        let extra: [UInt8] = [0xF8, 0x07, 0x2A]  // field 127, varint 42
        let known = try #require(Fixture.page().parts.first)
        var message = try PBEntityPart(serializedBytes: known.rowBytes())
        message.membership = .UNRECOGNIZED(9)
        message.facts[0] = try PBRecordedChange(
            serializedBytes: message.facts[0].serializedBytes() + extra)
        message.facts[0].stamp = try PBStamp(
            serializedBytes: message.facts[0].stamp.serializedBytes() + extra)
        message.fields[0] = try PBFieldPart(
            serializedBytes: message.fields[0].serializedBytes() + extra)
        let bytes: [UInt8] = try message.serializedBytes() + extra
        let part = try EntityPart(rowBytes: bytes)
        #expect(part.membership == .unknown(9))
        #expect(throws: WireError.unsupported("membership 9")) { try part.state() }
        let again = part.rowBytes()
        #expect(try PBEntityPart(serializedBytes: again) == PBEntityPart(serializedBytes: bytes))
        #expect(again.count == bytes.count)
    }

    /// L5, L14: one value of a newer hub parks its own part; the page comes through.
    @Test func aPartThatCannotBeReadKeepsItsBytes() throws {
        let known = try PBEntityPart(
            serializedBytes: try #require(Fixture.page().parts.first).rowBytes())
        func changed(_ change: (inout PBEntityPart) -> Void) throws -> [UInt8] {
            var message = known
            change(&message)
            return try message.serializedBytes()
        }
        let parts = try [
            changed { $0.facts[0].stamp.role = 256 },
            changed { $0.facts[0].stamp.relation = 1_000 },
            changed { $0.fields[0].cover.append(PBVectorEntry()) },
            changed { $0.facts[0].context.append(PBVectorEntry()) },
        ]
        for (index, bytes) in parts.enumerated() {
            let data = try frames { $0[5].payload = bytes }
            let read = try SyncResponse(decoding: data)
            #expect(read.isComplete, "case \(index)")
            let page = try #require(read.page)
            #expect(page.changeCount == Fixture.page().changeCount)
            #expect(page.parts[1] == Fixture.page().parts[1])
            let part = try #require(page.parts.first)
            #expect(part.entity == Fixture.page().parts[0].entity)
            #expect(throws: WireError.self) { try part.state() }
            #expect(part.rowBytes() == bytes)
            #expect(try EntityPart(rowBytes: bytes) == part)
            #expect(read.encoded() == data)
        }
        // Without its entity there is nothing to park it under.
        let nameless = try SyncResponse(
            decoding: frames { $0[5].payload = try changed { $0.entity = Data([1]) } })
        #expect(nameless.page == nil && !nameless.isComplete)
    }

    /// L12: a result of a newer hub settles nothing; the other receipts and the page count.
    @Test func anUnknownReceiptResultIsPassedOver() throws {
        let data = try frames {
            var message = try PBReceipt(serializedBytes: $0[2].payload)
            message.result = nil
            $0[2].payload = try message.serializedBytes()
        }
        var expected = Fixture.response()
        expected.receipts.remove(at: 1)
        #expect(try SyncResponse(decoding: data) == expected)
    }

    /// L5, L12: a receipt is kept whole, with what a newer hub said beside it.
    @Test func aReceiptKeepsItsBackupMarkAndWhatIsUnknown() throws {
        var receipt = try #require(Fixture.response().receipts.first)
        let without = receipt.rowBytes()
        receipt.backupMark = 41
        #expect(try Receipt(rowBytes: receipt.rowBytes()).backupMark == 41)
        #expect(try Receipt(rowBytes: without).backupMark == 0)
        let bytes = receipt.rowBytes() + [0xF8, 0x07, 0x2A]  // field 127, varint 42
        #expect(try Receipt(rowBytes: bytes).rowBytes() == bytes)
        receipt.backupMark = 1 << 53
        #expect(throws: WireError.self) { try Receipt(rowBytes: receipt.rowBytes()) }
    }

    /// An import's changesets name it; any other header is as it was before there were imports.
    @Test func aHeaderNamesItsImport() throws {
        var header = try Fixture.changeset().header
        let without = header.encoded()
        #expect(try ChangesetHeader(decoding: without).importID == nil)
        let id = ChangeID(high: 3, low: 4)
        header.importID = id
        #expect(header.encoded() == without + [0x5A, 16] + id.bytes)
        #expect(try ChangesetHeader(decoding: header.encoded()) == header)
        #expect(throws: WireError.self) {
            try ChangesetHeader(decoding: without + [0x5A, 2, 1, 2])
        }
    }

    @Test func vectorRows() throws {
        let vector: VersionVector = [Fixture.replica: 3, Fixture.hub: (1 << 53) - 1]
        #expect(vector.rowBytes.count == 40)
        #expect(try VersionVector(rowBytes: vector.rowBytes) == vector)
        #expect(try VersionVector(rowBytes: []) == [:])
        #expect(throws: WireError.self) { try VersionVector(rowBytes: [1]) }
        let swapped = Array(vector.rowBytes[20...] + vector.rowBytes[..<20])
        #expect(throws: WireError.self) { try VersionVector(rowBytes: swapped) }
    }
}
