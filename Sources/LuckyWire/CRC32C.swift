internal import CChecksum

/// The Castagnoli checksum of a frame. Catches damage on the way, not attackers.
enum CRC32C {
    /// Sixteen tables of 256, one after the other: table k takes a byte that is k bytes further from
    /// the end, so that sixteen bytes are taken at once.
    private static let tables: [UInt32] = {
        var tables: [UInt32] = []
        for index in UInt32(0)..<256 {
            var crc = index
            for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0x82F6_3B78 : crc >> 1 }
            tables.append(crc)
        }
        for index in 256..<16 * 256 {
            let before = tables[index - 256]
            tables.append((before >> 8) ^ tables[Int(before & 0xFF)])
        }
        return tables
    }()

    /// Over a frame's kind, length and payload.
    static func checksum(ofFrame kind: UInt8, _ payload: UnsafeRawBufferPointer) -> UInt32 {
        let head = UInt64(kind) | UInt64(UInt32(clamping: payload.count)) << 8
        let crc = withUnsafeBytes(of: head.littleEndian) {
            update(.max, UnsafeRawBufferPointer(rebasing: $0.prefix(5)))
        }
        return ~update(crc, payload)
    }

    private static let hasInstruction = lucky_crc32c_exists() != 0

    /// Goes on over more bytes; begins with all ones, and what comes out is to be inverted.
    static func update(_ start: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
        guard hasInstruction, let first = bytes.baseAddress else { return byTables(start, bytes) }
        return lucky_crc32c(start, first, bytes.count)
    }

    /// The same where the processor has no instruction for it.
    static func byTables(_ start: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
        tables.withUnsafeBufferPointer { update(start, bytes, $0) }
    }

    private static func update(
        _ start: UInt32, _ bytes: UnsafeRawBufferPointer, _ tables: UnsafeBufferPointer<UInt32>
    ) -> UInt32 {
        var crc = start
        var index = 0
        func word(at place: Int) -> UInt64 {
            UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
        }
        while index &+ 16 <= bytes.count {
            let first = word(at: index) ^ UInt64(crc)
            let second = word(at: index &+ 8)
            crc = 0
            for k in 0..<8 {
                let shift = UInt64(8 &* k)
                let early = Int(UInt8(truncatingIfNeeded: first >> shift))
                let late = Int(UInt8(truncatingIfNeeded: second >> shift))
                crc ^= tables[(15 &- k) &* 256 &+ early] ^ tables[(7 &- k) &* 256 &+ late]
            }
            index &+= 16
        }
        while index < bytes.count {
            let byte = UInt8(truncatingIfNeeded: crc) ^ bytes[index]
            crc = (crc >> 8) ^ tables[Int(byte)]
            index &+= 1
        }
        return crc
    }
}
