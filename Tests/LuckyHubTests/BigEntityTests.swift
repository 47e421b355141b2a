import LuckyCausality
import LuckyModel
import LuckyWire
import Testing

@testable import LuckyHub

/// L14 and L21: entities too big for a page, and mending one by one.
@Suite struct BigEntityTests {
    let bench: Bench
    let stop: EntityID

    init() throws {
        bench = try Bench()
        stop = try bench.plan(1, for: "drv-1")
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        for _ in 0..<40 {
            try phone.tap(stop, .noteAdded(Note(String(repeating: "很長", count: 100))))
        }
        try bench.settle(&phone)
    }

    func request(_ phone: Phone, bytes: Int, resume: [UInt8] = []) -> SyncRequest {
        var request = SyncRequest(
            replica: phone.replica, head: nil, history: phone.history,
            checkpoint: phone.checkpoint, responseBytes: bytes, nonce: 42, wantsDigest: true,
            changesets: [])
        request.resume = resume
        return request
    }

    /// Counterexample 13: the vector comes with the last part, never over facts that did not.
    @Test func counterexample13_factsComeAheadAndTheVectorWithTheLastPart() throws {
        var phone = Phone("drv-1", install: 2)
        var resume: [UInt8] = []
        var pages = 0
        var ahead = 0
        while pages < 100 {
            pages += 1
            let response = try bench.answer(
                request(phone, bytes: 4_000, resume: resume).encoded(), as: phone.credential)
            let page = try #require(response.page)
            for part in page.parts where part.isPartial {
                #expect(part.vector.isEmpty && part.fields.isEmpty && !part.facts.isEmpty)
                #expect(page.hasMore && page.checkpoint.sequence == 0)
                ahead += part.facts.count
            }
            if pages == 3 {
                // What is recorded meanwhile comes too.
                try bench.edit(stop, [.officeNote: .text("新")])
                var first = Phone("drv-1", install: 3)
                try bench.settle(&first)
                try first.tap(stop, .arrival)
                try bench.settle(&first)
            }
            #expect(response.encoded().count < 8_000)
            try phone.take(response)
            resume = page.resume
            if !page.hasMore { break }
        }
        #expect(pages > 5 && ahead > 20)
        #expect(phone.base[stop] == (try bench.hub.read { try $0.state(stop) }))
        #expect(phone.digest() == phone.hubDigest)
    }

    /// Also one that is asked for comes in parts, beside others that fit, and within what a replica
    /// gets a minute.
    @Test func aBigRepairComesInParts() throws {
        let other = try bench.plan(2, for: "drv-1")
        var phone = Phone("drv-1", install: 2)
        try bench.settle(&phone)
        for id in [stop, other] { phone.base[id] = nil }
        var wanted = [other, stop]
        var parts = 0
        var restated: [EntityID] = []
        while !wanted.isEmpty, parts < 200 {
            var asked = request(phone, bytes: 1_200, resume: phone.resume)
            asked.repair = wanted
            let response = try bench.answer(asked.encoded(), as: phone.credential)
            #expect(response.encoded().count < 4_000)
            let page = try #require(response.page)
            for part in page.parts {
                #expect(part.membership == .restated)
                if part.isPartial {
                    #expect(part.vector.isEmpty && part.fields.isEmpty && page.hasMore)
                    parts += 1
                } else {
                    restated.append(part.entity)
                    wanted.removeAll { $0 == part.entity }
                }
            }
            try phone.take(response)
        }
        #expect(restated == [other, stop] && parts > Bounds.repairsPerMinute / 4)
        #expect(phone.base[stop] == (try bench.hub.read { try $0.state(stop) }))
        try bench.settle(&phone)
        #expect(phone.digest() == phone.hubDigest)
    }

    /// An ordinary page was cut in it, whose mark passes over what was on the device already: of a
    /// repair nothing was sent.
    @Test func aRepairBehindACutPageBeginsAtTheFirstFact() throws {
        var phone = Phone("drv-1", install: 2)
        try bench.settle(&phone)
        var first = Phone("drv-1", install: 3)
        try bench.settle(&first)
        for _ in 0..<20 {
            try first.tap(stop, .noteAdded(Note(String(repeating: "更長", count: 100))))
        }
        try bench.settle(&first)
        let cut = try bench.answer(
            request(phone, bytes: 1_200).encoded(), as: phone.credential)
        #expect(cut.page?.parts.map(\.isPartial) == [true])
        try phone.take(cut)
        #expect(!phone.resume.isEmpty)

        phone.base[stop] = nil
        phone.ahead[stop] = nil
        for _ in 0..<200 where phone.base[stop] == nil {
            var asked = request(phone, bytes: 1_200, resume: phone.resume)
            asked.repair = [stop]
            try phone.take(try bench.answer(asked.encoded(), as: phone.credential))
        }
        #expect(phone.base[stop] == (try bench.hub.read { try $0.state(stop) }))
        try bench.settle(&phone)
        #expect(phone.digest() == phone.hubDigest)
    }

    /// A mark of another place, of nobody, or cut: from the beginning, nothing left out.
    @Test(arguments: [[UInt8](repeating: 0xFF, count: 59), [1], [UInt8](repeating: 0, count: 256)])
    func aForeignMarkIsNoMark(_ resume: [UInt8]) throws {
        let phone = Phone("drv-1", install: 2)
        let asked = request(phone, bytes: 1 << 20, resume: resume)
        let part = try bench.answer(asked.encoded(), as: phone.credential).page?.parts.first
        #expect(part?.facts.count == 40)
    }

    /// Two round trips find the entity, a third mends it; and not for ever.
    @Test func bucketsFindWhatDiffersAndRepairSendsItWhole() throws {
        try bench.plan(2, for: "drv-1")
        var phone = Phone("drv-1", install: 2)
        try bench.settle(&phone)
        let damaged = Bench.stop(2)
        phone.base[damaged]?.fields[.address] = nil
        #expect(phone.digest() != phone.hubDigest)

        var asked = request(phone, bytes: 1 << 20)
        asked.wantsBuckets = true
        let buckets = try #require(
            try bench.answer(asked.encoded(), as: phone.credential).buckets)
        let mine = Digest.buckets(phone.holdings)
        let wrong = (0..<256).filter { buckets[$0] != mine[$0] }
        #expect(wrong == [Digest.bucket(of: damaged)])
        asked.wantsBuckets = false
        asked.buckets = wrong
        let digests = try #require(
            try bench.answer(asked.encoded(), as: phone.credential).bucketDigests)
        #expect(digests.filter { !phone.holdings.contains($0) }.map(\.entity) == [damaged])
        asked.buckets = []
        asked.repair = [damaged]
        let part = try #require(
            try bench.answer(asked.encoded(), as: phone.credential).page?.parts.first)
        #expect(part.entity == damaged && part.membership == .restated)
        phone.base[damaged] = try part.state()
        #expect(phone.digest() == phone.hubDigest)

        // One of nobody's concern to this driver is only said to be gone.
        asked.repair = [Bench.stop(9)]
        let other = try bench.answer(asked.encoded(), as: phone.credential).page?.parts
        #expect(other?.map(\.membership) == [.leaves])
        asked.repair = Array(repeating: damaged, count: 64)
        var sent = 0
        for _ in 0..<6 {
            sent += try bench.answer(asked.encoded(), as: phone.credential).page?.parts.count ?? 0
        }
        #expect(sent < 6)
    }
}
