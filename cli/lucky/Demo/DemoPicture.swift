/// A photo nobody took: a small grey PNG whose shade follows from a number.
enum DemoPicture {
    static func png(shade: UInt8) -> [UInt8] {
        let side = 16
        // Each row: filter 0, then a grey byte a pixel.
        var pixels: [UInt8] = []
        for row in 0..<side {
            pixels.append(0)
            for column in 0..<side {
                pixels.append(shade &+ UInt8(truncatingIfNeeded: row * column))
            }
        }
        var png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        let size = bigEndian(UInt32(side))
        png += chunk("IHDR", size + size + [8, 0, 0, 0, 0])
        png += chunk("IDAT", stored(pixels))
        png += chunk("IEND", [])
        return png
    }

    /// One uncompressed block as zlib frames it.
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        let length = UInt16(clamping: bytes.count)
        var (a, b): (UInt32, UInt32) = (1, 0)
        for byte in bytes {
            a = (a + UInt32(byte)) % 65_521
            b = (b + a) % 65_521
        }
        return [0x78, 0x01, 0x01, UInt8(length & 255), UInt8(length >> 8)]
            + [UInt8(~length & 255), UInt8(~length >> 8)] + bytes + bigEndian(b << 16 | a)
    }

    private static func chunk(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
        let named = Array(name.utf8) + bytes
        var crc = UInt32.max
        for byte in named {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        return bigEndian(UInt32(bytes.count)) + named + bigEndian(~crc)
    }

    private static func bigEndian(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}
