/// The Castagnoli checksum of a frame. Catches damage on the way, not attackers.
enum CRC32C {
    /// Eight tables of 256, one after the other: table k takes a byte that is k bytes further from
    /// the end, so that eight bytes are taken at once.
    private static let tables: [UInt32] = {
        var tables: [UInt32] = []
        for index in UInt32(0)..<256 {
            var crc = index
            for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0x82F6_3B78 : crc >> 1 }
            tables.append(crc)
        }
        for index in 256..<8 * 256 {
            let before = tables[index - 256]
            tables.append((before >> 8) ^ tables[Int(before & 0xFF)])
        }
        return tables
    }()

    static func checksum(_ parts: [UInt8]...) -> UInt32 {
        var crc = UInt32.max
        tables.withUnsafeBufferPointer { tables in
            for part in parts {
                part.withUnsafeBytes { crc = update(crc, $0, tables) }
            }
        }
        return ~crc
    }

    private static func update(
        _ start: UInt32, _ bytes: UnsafeRawBufferPointer, _ tables: UnsafeBufferPointer<UInt32>
    ) -> UInt32 {
        var crc = start
        var index = 0
        while index &+ 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let mixed = UInt64(littleEndian: word) ^ UInt64(crc)
            crc = 0
            for k in 0..<8 {
                let byte = UInt8(truncatingIfNeeded: mixed >> UInt64(8 &* k))
                crc ^= tables[(7 &- k) &* 256 &+ Int(byte)]
            }
            index &+= 8
        }
        while index < bytes.count {
            let byte = UInt8(truncatingIfNeeded: crc) ^ bytes[index]
            crc = (crc >> 8) ^ tables[Int(byte)]
            index &+= 1
        }
        return crc
    }
}
