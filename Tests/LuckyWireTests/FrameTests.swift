import Foundation
import LuckyModel
import TestSupport
import Testing

@testable import LuckyWire

@Suite struct FrameTests {
    /// The check value of CRC-32C, and one computed bit by bit in Python.
    @Test func checksum() {
        #expect(CRC32C.checksum(Array("123456789".utf8)) == 0xE306_9283)
        #expect(CRC32C.checksum(Array(0...255)) == 0x9C44_184B)
        #expect(CRC32C.checksum([]) == 0)
    }

    /// The processor's instruction, sixteen bytes at once and one bit at a time give the same,
    /// wherever the parts are cut and the bytes lie.
    @Test func checksumOfParts() {
        var random = SeededGenerator.current()
        for count in [0, 1, 8, 15, 16, 17, 63, 64, 65, 1000] {
            let bytes = random.bytes(count)
            var bitwise = UInt32.max
            for byte in bytes {
                bitwise ^= UInt32(byte)
                for _ in 0..<8 {
                    bitwise = bitwise & 1 == 1 ? (bitwise >> 1) ^ 0x82F6_3B78 : bitwise >> 1
                }
            }
            #expect(CRC32C.checksum(bytes) == ~bitwise, "\(random)")
            let tables = bytes.withUnsafeBytes { CRC32C.byTables(.max, $0) }
            #expect(tables == bitwise, "\(random)")
            for place in 1...7 {
                let shifted = [UInt8](repeating: 0, count: place) + bytes
                let there = shifted.withUnsafeBytes {
                    CRC32C.update(.max, UnsafeRawBufferPointer(rebasing: $0[place...]))
                }
                #expect(there == bitwise, "\(random)")
            }
            let cut = count / 3
            #expect(
                CRC32C.checksum(Array(bytes[..<cut]), [], Array(bytes[cut...])) == ~bitwise)
        }
    }

    /// Laid out by a Python script: "LKY1", kind 17, length 7, checksum, "taitung".
    @Test func golden() {
        let frame = Frame(.receipt, Array("taitung".utf8))
        #expect(frame.bytes.hex == "4c4b59311107000000a578d36074616974756e67")
    }

    private let frames = [
        Frame(.answer, Array("first".utf8)), Frame(.receipt, []), Frame(.end, Array(0...99)),
    ]

    @Test func roundTrip() {
        let read = Frame.read(Data(frames.flatMap(\.bytes)), limit: 100)
        #expect(read.frames == frames)
        #expect(read.failure == nil)
        #expect(Frame.read(Data(), limit: 0).frames.isEmpty)
    }

    @Test func aCutLeavesTheFramesBeforeIt() {
        let bytes = frames.flatMap(\.bytes)
        var ends = [0]
        for frame in frames { ends.append((ends.last ?? 0) + frame.bytes.count) }
        for cut in 0..<bytes.count {
            let read = Frame.read(Data(bytes[..<cut]), limit: 100)
            let whole = ends.filter { $0 <= cut }.count - 1
            #expect(read.frames == Array(frames.prefix(whole)))
            #expect(read.failure == (ends.contains(cut) ? nil : .truncated))
        }
    }

    @Test func everyFlippedBitIsNoticed() {
        let bytes = frames.flatMap(\.bytes)
        for bit in 0..<bytes.count * 8 {
            var damaged = bytes
            damaged[bit / 8] ^= 1 << (bit % 8)
            let read = Frame.read(Data(damaged), limit: 100)
            #expect(read.failure != nil, "bit \(bit)")
            #expect(frames.starts(with: read.frames), "bit \(bit)")
        }
    }

    @Test func aFrameOverTheLimitIsNotRead() {
        let read = Frame.read(Data(frames.flatMap(\.bytes)), limit: 99)
        #expect(read.frames.count == 2)
        #expect(read.failure == .invalid("frame of 100 bytes"))
        // A length that only claims to be large costs nothing.
        var claim = frames[0].bytes
        claim.replaceSubrange(5..<9, with: [255, 255, 255, 255])
        #expect(Frame.read(Data(claim), limit: .max).failure == .truncated)
    }

    @Test func aKindOfANewerBuildIsKept() throws {
        var bytes = Array("LKY1".utf8) + [99, 1, 0, 0, 0]
        let checksum = CRC32C.checksum([99, 1, 0, 0, 0], [7])
        bytes += checksum.littleEndianBytes + [7]
        let read = Frame.read(Data(bytes), limit: 10)
        #expect(read.frames.map(\.kind) == [99])
        #expect(read.frames.first?.bytes == bytes)
    }

    /// A slice of Data does not start at index 0.
    @Test func slices() {
        let data = Data([1, 2, 3]) + Data(frames.flatMap(\.bytes))
        #expect(Frame.read(data.dropFirst(3), limit: 100).frames == frames)
    }
}

extension CRC32C {
    /// Over the parts, one after the other.
    fileprivate static func checksum(_ parts: [UInt8]...) -> UInt32 {
        ~parts.reduce(UInt32.max) { crc, part in part.withUnsafeBytes { update(crc, $0) } }
    }
}
