internal import LuckyModel
internal import Foundation
internal import Hummingbird
internal import LuckyWire
internal import NIOCore

/// What an endpoint answers, before it is a response.
struct Answer: Sendable {
    var status = 200
    var mediaType = MediaType.json
    var body: Data
    var isGzip = false
    var retryAfterSeconds: Int?
    var allowedMethod: String?
    /// For the log: the refusal's code.
    var code: String?

    init(mediaType: String, body: Data) {
        self.mediaType = mediaType
        self.body = body
    }

    init(_ refusal: HTTPRefusal, limits: HTTPLimits) {
        status = refusal.status
        body = refusal.body
        code = refusal.code
        allowedMethod = refusal.allowedMethod
        if status == 503 { retryAfterSeconds = limits.retryAfterSeconds }
    }

    /// Smaller, when gzip makes it so.
    mutating func compress(from minimumBytes: Int) {
        guard !isGzip, body.count >= minimumBytes else { return }
        let smaller = Gzip.compress(body)
        guard smaller.count < body.count else { return }
        body = smaller
        isGzip = true
    }

    private var headers: HTTPFields {
        var headers = HTTPFields()
        headers[.contentType] = mediaType
        headers[.cacheControl] = "no-store"
        headers[.vary] = "accept-encoding"
        if isGzip { headers[.contentEncoding] = "gzip" }
        if let retryAfterSeconds { headers[.retryAfter] = String(retryAfterSeconds) }
        if let allowedMethod { headers[.allow] = allowedMethod }
        if status == 401 { headers[.wwwAuthenticate] = "Bearer" }
        return headers
    }

    /// - Parameter isLast: for a request whose body was not taken. The connection ends after
    ///   this: what is still coming is read off for a while, so that the client can read the
    ///   answer, and then the line is cut.
    func response(on channel: any Channel, isLast: Bool, limits: HTTPLimits) -> Response {
        var headers = headers
        if isLast { headers[.connection] = "close" }
        let buffer = ByteBuffer(bytes: body)
        let status = HTTPResponse.Status(code: status)
        guard isLast else {
            return Response(
                status: status, headers: headers, body: ResponseBody(byteBuffer: buffer))
        }
        let linger = TimeAmount.milliseconds(Int64(limits.lingerMilliseconds))
        let body = ResponseBody(contentLength: buffer.readableBytes) { writer in
            try await writer.write(buffer)
            try await writer.finish(nil)
            channel.close(mode: .output, promise: nil)
            channel.eventLoop.scheduleTask(in: linger) { channel.close(promise: nil) }
        }
        return Response(status: status, headers: headers, body: body)
    }
}
