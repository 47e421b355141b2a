import Foundation
import GRDB
import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// What every message changes of an entity, beside what it adds.
@Suite struct EntityHeadTests {
    @Test func itsBytesGiveItBackOrNothing() throws {
        var random = SeededGenerator.current()
        for _ in 0..<200 {
            var vector = VersionVector()
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                vector.raise(
                    ReplicaID(install: random.next(), epoch: 0), to: random.next() >> 12 | 1)
            }
            let head = EntityHead(
                digest: .sha256([UInt8(truncatingIfNeeded: random.next())]),
                touches: (0..<Int.random(in: 0...30, using: &random)).map { _ in random.next() },
                vector: vector)
            let bytes = head.bytes
            #expect(try bytes.withUnsafeBytes { try EntityHead(bytes: $0) } == head)
            let cut = bytes.prefix(Int.random(in: 0..<bytes.count, using: &random))
            let read = cut.withUnsafeBytes { try? EntityHead(bytes: $0) }
            // What is left may be a shorter vector.
            #expect(read == nil || read?.vector != head.vector)
        }
    }
}
