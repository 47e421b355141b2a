import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

/// Ids and hashes are read and written in one piece; byte by byte gives the same.
@Suite struct FixedBytesTests {
    private func number(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    @Test func idsAreTheirBytes() throws {
        var random = SeededGenerator.current()
        for _ in 0..<200 {
            let bytes = random.bytes(40)
            let start = Int.random(in: 0...8, using: &random)
            // A slice that lies anywhere, and a collection that lies nowhere in one piece.
            let slice = bytes[start..<start + 32]
            let lazy = slice.lazy.map { $0 }
            let hash = try #require(Hash256(bytes: slice))
            #expect(hash == Hash256(bytes: lazy))
            #expect(hash.bytes == Array(slice))
            #expect(hash.second.low == number(slice.suffix(8)))
            let id = try #require(EntityID(bytes: slice.prefix(17)))
            #expect(id == EntityID(bytes: lazy.prefix(17)))
            #expect(id.bytes == Array(slice.prefix(17)))
            #expect(id.key.high == number(slice.prefix(17).dropFirst().prefix(8)))
            let change = try #require(ChangeID(bytes: slice.prefix(16)))
            #expect(change.bytes == Array(slice.prefix(16)))
            #expect(change.high == number(slice.prefix(8)))
            let replica = try #require(ReplicaID(bytes: slice.prefix(12)))
            #expect(replica.bytes == Array(slice.prefix(12)))
            #expect(UInt64(replica.epoch) == number(slice.prefix(12).suffix(4)))
        }
    }

    @Test(arguments: [0, 11, 13, 15, 18, 31, 33])
    func anotherCountIsNone(_ count: Int) {
        let bytes = [UInt8](repeating: 1, count: count)
        #expect(Hash256(bytes: bytes) == nil)
        #expect(EntityID(bytes: bytes) == nil)
        #expect(ChangeID(bytes: bytes) == nil)
        #expect(ReplicaID(bytes: bytes) == nil)
    }
}
