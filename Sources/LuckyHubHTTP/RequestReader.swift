internal import LuckyModel
internal import Foundation
internal import Hummingbird
internal import LuckyWire
internal import NIOCore

/// Takes one request's body off the line: within its size, within its time, whole or not at all.
struct RequestReader {
    /// What one endpoint takes.
    struct Bounds {
        var mediaType: String
        /// As sent.
        var bodyBytes: Int
        /// Once decoded.
        var decodedBytes: Int
        /// Whether nothing at all, without a media type, is a body.
        var mayBeEmpty: Bool
    }

    let request: Request
    let limits: HTTPLimits
    /// Bytes taken so far, as sent.
    private(set) var bytesRead = 0
    /// Whether the line is at the end of this request, so that another may follow.
    private(set) var isAtEnd: Bool

    init(_ request: Request, limits: HTTPLimits) {
        self.request = request
        self.limits = limits
        let length = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        isAtEnd = length == 0 && request.headers[.transferEncoding] == nil
    }

    /// The body, decoded. Decoding takes processor time: it runs on the pool.
    mutating func body(
        within bounds: Bounds, on pool: WorkPool
    ) async throws(HTTPRefusal) -> Data {
        let isEncoded = try checkHead(bounds)
        let sent = try await collect(atMost: bounds.bodyBytes)
        guard isEncoded else { return sent }
        let ratio = limits.gzipRatio
        let decoded = try await pool.run {
            Result { () throws(GzipError) in
                try Gzip.decompress(
                    sent, maximumBytes: bounds.decodedBytes, maximumRatio: ratio)
            }
        }
        switch decoded {
        case .success(let data): return data
        case .failure(let error): throw HTTPRefusal(error)
        }
    }

    /// Everything that can be said before the first byte of the body. True for gzip.
    private func checkHead(_ bounds: Bounds) throws(HTTPRefusal) -> Bool {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }),
            length > bounds.bodyBytes
        {
            throw .tooLarge(maximumBytes: bounds.bodyBytes)
        }
        let media = request.headers[.contentType].map { MediaType.essence(of: $0) }
        if media != bounds.mediaType, !(bounds.mayBeEmpty && isAtEnd && media == nil) {
            throw HTTPRefusal(
                415, "media_type_not_supported", "This endpoint takes \(bounds.mediaType).")
        }
        switch request.headers[.contentEncoding]?.lowercased() {
        case nil, "identity": return false
        case "gzip": return true
        default:
            throw HTTPRefusal(
                415, "content_encoding_not_supported", "Content-Encoding may be gzip.")
        }
    }

    private mutating func collect(atMost maximum: Int) async throws(HTTPRefusal) -> Data {
        if isAtEnd { return Data() }
        let body = request.body
        let deadline = Duration.milliseconds(limits.bodyMilliseconds)
        let outcome = await withTaskGroup(of: Arrival.self) { group in
            group.addTask { await Self.arrival(of: body, atMost: maximum) }
            group.addTask {
                do { try await Task.sleep(for: deadline) } catch { return .broken }
                return .late
            }
            let first = await group.next() ?? .broken
            group.cancelAll()
            return first
        }
        switch outcome {
        case .whole(let data):
            bytesRead = data.count
            let length = request.headers[.contentLength].flatMap { Int($0) }
            guard length == nil || length == data.count else { throw .truncated }
            isAtEnd = true
            return data
        case .tooLarge: throw .tooLarge(maximumBytes: maximum)
        case .late: throw .tooSlow
        case .broken: throw .truncated
        }
    }

    private enum Arrival: Sendable {
        case whole(Data)
        case tooLarge
        case late
        case broken
    }

    private static func arrival(of body: RequestBody, atMost maximum: Int) async -> Arrival {
        var data = Data()
        do {
            for try await part in body {
                guard part.readableBytes <= maximum - data.count else { return .tooLarge }
                data.append(contentsOf: part.readableBytesView)
            }
        } catch {
            return .broken
        }
        return Task.isCancelled ? .broken : .whole(data)
    }
}

extension HTTPRefusal {
    init(_ error: GzipError) {
        switch error {
        case .malformed, .truncated:
            self.init(400, "body_not_gzip", "The body is not whole gzip data.")
        case .tooLarge(let maximum):
            self.init(
                413, "body_too_large", "The decoded body is over \(maximum) bytes.")
        case .ratioTooHigh(let maximum):
            self.init(
                413, "body_too_large",
                "The body decodes to over \(maximum) times its own size.")
        }
    }
}

/// The few words of content negotiation that the hub understands.
enum MediaType {
    static let frames = "application/x-lucky-frames"
    static let json = "application/json"

    /// The type without its parameters, in lower case.
    static func essence(of field: String) -> String {
        let essence = field.split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false)
        return (essence.first ?? "").trimmingCharacters(in: .whitespaces).lowercased()
    }

    /// Whether an `Accept-Encoding` takes gzip: named, or by `*`, and not with q=0.
    static func acceptsGzip(_ field: String?) -> Bool {
        var byStar = false
        for item in (field ?? "").lowercased().split(separator: ",") {
            let parts = item.split(separator: ";").map {
                $0.filter { $0 != " " && $0 != "\t" }
            }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }
            let isTaken = weight.map { (Double($0.dropFirst(2)) ?? 0) > 0 } ?? true
            if parts.first == "gzip" { return isTaken }
            if parts.first == "*" { byStar = isTaken }
        }
        return byStar
    }
}
