import Foundation
import LuckyWire
import Testing

struct GzipTests {
    private func decompress(
        _ data: Data, _ bytes: Int = 1 << 20, _ ratio: Int = 2000
    ) throws -> Data {
        try Gzip.decompress(data, maximumBytes: bytes, maximumRatio: ratio)
    }

    @Test func givesTheSameBytesBack() throws {
        let sizes = [0, 1, 65_535, 65_536, 65_537, 200_000]
        for body in sizes.flatMap({ [noise($0), Data(count: $0)] }) {
            for level in [-5, 1, 6, 9, 100] {
                let gzip = Gzip.compress(body, level: level)
                #expect(gzip == Gzip.compress(body, level: level))
                #expect(try decompress(gzip) == body)
            }
        }
        let slice = noise(100).dropFirst(40)
        #expect(try decompress(Gzip.compress(slice).dropFirst(0)) == slice)
    }

    @Test func takesItByteByByteAndInMembers() throws {
        let body = noise(300) + Data(count: 70_000)
        let reader = GzipReader(maximumBytes: 1 << 20, maximumRatio: 2000)
        for byte in Gzip.compress(body) + Gzip.compress(body) { try reader.feed(Data([byte])) }
        #expect(try reader.finish() == body + body)
    }

    @Test func everyCutIsTruncated() {
        let gzip = Gzip.compress(noise(100))
        for count in 0..<gzip.count {
            #expect(throws: GzipError.truncated) { try decompress(gzip.prefix(count)) }
        }
    }

    @Test func everyFlippedBitOfTheContentIsSeen() {
        let gzip = Gzip.compress(Data("a few words, a few words more".utf8))
        for index in 10..<gzip.count {  // the ten before are name, time and system
            for bit in 0..<8 {
                var bad = gzip
                bad[index] ^= 1 << UInt8(bit)
                #expect(throws: GzipError.self) { try decompress(bad) }
            }
        }
        #expect(throws: GzipError.malformed) { try decompress(gzip + Data([1, 2])) }
    }

    @Test func boundsHold() throws {
        let exact = Gzip.compress(Data(count: 500_000))
        #expect(try decompress(exact, 500_000).count == 500_000)
        #expect(throws: GzipError.tooLarge(maximumBytes: 499_999)) {
            try decompress(exact, 499_999)
        }
        #expect(throws: GzipError.ratioTooHigh(maximumRatio: 100)) {
            try decompress(exact, 500_000, 100)
        }
        // Small messages may compress as well as they like.
        #expect(try decompress(Gzip.compress(Data(count: 60_000)), 60_000, 2).count == 60_000)
    }
}
