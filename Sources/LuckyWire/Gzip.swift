internal import CZlib
public import Foundation

/// Why gzip bytes were not taken.
public enum GzipError: Error, Sendable, Hashable {
    /// Not gzip, or its checksum does not match.
    case malformed
    /// The stream ends before its trailer.
    case truncated
    /// More decoded bytes than the stated maximum.
    case tooLarge(maximumBytes: Int)
    /// More decoded bytes per encoded byte than the stated maximum: a bomb.
    case ratioTooHigh(maximumRatio: Int)
}

/// gzip, the base encoding of every message (L17), bounded on the way in.
public enum Gzip {
    /// Decoded bytes below which the ratio is not judged: small messages may compress well.
    public static let ratioFloorBytes = 64 * 1024

    /// One gzip member holding `data`; the same input gives the same bytes.
    /// - Parameter level: 1 (fast) to 9 (small), clamped.
    public static func compress(_ data: Data, level: Int = 6) -> Data {
        var stream = z_stream()
        return withUnsafeMutablePointer(to: &stream) { stream in
            guard lucky_deflate_gzip_init(stream, Int32(min(max(level, 1), 9))) == Z_OK else {
                preconditionFailure("out of memory")
            }
            defer { deflateEnd(stream) }
            var output = Data()
            output.reserveCapacity(data.count / 4 + 64)
            for slice in slices(of: data) {
                let flush = slice.isLast ? Z_FINISH : Z_NO_FLUSH
                run(stream, over: slice.bytes, into: { output.append($0) }) {
                    deflate(stream, flush)
                }
            }
            return output
        }
    }

    /// The decoded bytes of a whole gzip stream.
    /// - Parameter maximumBytes: of decoded data.
    /// - Parameter maximumRatio: decoded bytes per encoded byte, judged from
    ///   ``ratioFloorBytes`` on.
    public static func decompress(
        _ data: Data, maximumBytes: Int, maximumRatio: Int
    ) throws(GzipError) -> Data {
        let reader = GzipReader(maximumBytes: maximumBytes, maximumRatio: maximumRatio)
        try reader.feed(data)
        return try reader.finish()
    }

    /// Pieces small enough for zlib's 32-bit counts; one empty last piece when there is no data.
    private static func slices(of data: Data) -> [(bytes: Data, isLast: Bool)] {
        let step = 1 << 24
        guard !data.isEmpty else { return [(data, true)] }
        return stride(from: data.startIndex, to: data.endIndex, by: step).map { start in
            let end = min(start + step, data.endIndex)
            return (data[start..<end], end == data.endIndex)
        }
    }

    /// Runs `step` until it leaves room in the output buffer, that is, has eaten all of `input`.
    private static func run(
        _ stream: UnsafeMutablePointer<z_stream>, over input: Data,
        into sink: (UnsafeBufferPointer<UInt8>) -> Void, step: () -> Int32
    ) {
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        input.withUnsafeBytes { raw in
            let bytes = raw.bindMemory(to: UInt8.self)
            stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
            stream.pointee.avail_in = UInt32(bytes.count)
            buffer.withUnsafeMutableBufferPointer { buffer in
                repeat {
                    stream.pointee.next_out = buffer.baseAddress
                    stream.pointee.avail_out = UInt32(buffer.count)
                    _ = step()
                    let made = buffer.count - Int(stream.pointee.avail_out)
                    sink(UnsafeBufferPointer(rebasing: buffer[..<made]))
                } while stream.pointee.avail_out == 0
            }
        }
    }
}

/// Decodes gzip as it arrives and stops at the first byte over a bound, so that a bomb costs no
/// more memory than its bound. Use from one thread; after an error it takes nothing more.
public final class GzipReader {
    private let stream: UnsafeMutablePointer<z_stream>
    private let maximumBytes: Int
    private let maximumRatio: Int
    private var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    private var output = Data()
    private var encodedBytes = 0
    private var isAtMemberEnd = false
    private var failure: GzipError?

    /// - Parameters: as for ``Gzip/decompress(_:maximumBytes:maximumRatio:)``.
    public init(maximumBytes: Int, maximumRatio: Int) {
        self.maximumBytes = maximumBytes
        self.maximumRatio = maximumRatio
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard lucky_inflate_gzip_init(stream) == Z_OK else {
            preconditionFailure("out of memory")
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    /// Takes the next encoded bytes.
    public func feed(_ data: Data) throws(GzipError) {
        if let failure { throw failure }
        let step = 1 << 24
        for start in stride(from: data.startIndex, to: data.endIndex, by: step) {
            let piece = data[start..<min(start + step, data.endIndex)]
            failure = piece.withUnsafeBytes { take($0.bindMemory(to: UInt8.self)) }
            if let failure { throw failure }
        }
    }

    /// All decoded bytes, once the encoded ones are complete.
    public func finish() throws(GzipError) -> Data {
        if let failure { throw failure }
        guard isAtMemberEnd else { throw .truncated }
        return output
    }

    private func take(_ bytes: UnsafeBufferPointer<UInt8>) -> GzipError? {
        stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
        stream.pointee.avail_in = UInt32(bytes.count)
        let encodedBefore = encodedBytes
        var isFull = false
        while stream.pointee.avail_in > 0 || isFull {
            if isAtMemberEnd {  // another member follows, as gzip allows
                inflateReset(stream)
                isAtMemberEnd = false
            }
            let made = inflateOnce()
            encodedBytes = encodedBefore + bytes.count - Int(stream.pointee.avail_in)
            if let failure = judge(made.code) { return failure }
            isFull = made.isFull && !isAtMemberEnd
        }
        return nil
    }

    private func inflateOnce() -> (code: Int32, isFull: Bool) {
        buffer.withUnsafeMutableBufferPointer { buffer in
            stream.pointee.next_out = buffer.baseAddress
            stream.pointee.avail_out = UInt32(buffer.count)
            let code = inflate(stream, Z_NO_FLUSH)
            let made = buffer.count - Int(stream.pointee.avail_out)
            output.append(UnsafeBufferPointer(rebasing: buffer[..<made]))
            return (code, made == buffer.count)
        }
    }

    private func judge(_ code: Int32) -> GzipError? {
        switch code {
        case Z_OK, Z_BUF_ERROR: break
        case Z_STREAM_END: isAtMemberEnd = true
        case Z_MEM_ERROR: preconditionFailure("out of memory")
        default: return .malformed
        }
        if output.count > maximumBytes { return .tooLarge(maximumBytes: maximumBytes) }
        if output.count > Gzip.ratioFloorBytes,
            output.count / max(encodedBytes, 1) >= maximumRatio
        {
            return .ratioTooHigh(maximumRatio: maximumRatio)
        }
        return nil
    }
}
