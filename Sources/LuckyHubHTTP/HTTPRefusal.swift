internal import Foundation
internal import LuckyHub

/// Why a request gets no answer but an error: sent as JSON `{"code","message"}`.
struct HTTPRefusal: Error, Hashable {
    var status: Int
    /// A stable machine-readable word.
    var code: String
    /// One sentence in English for a person; never a token or a part of a body.
    var message: String
    /// The value of `Allow`, for 405.
    var allowedMethod: String?

    init(_ status: Int, _ code: String, _ message: String, allowedMethod: String? = nil) {
        self.status = status
        self.code = code
        self.message = message
        self.allowedMethod = allowedMethod
    }

    /// A status that is none of an error's reads 500.
    init(_ refusal: HubRefusal) {
        let isError = (400...599).contains(refusal.status)
        self.init(isError ? refusal.status : 500, refusal.code, refusal.message)
    }

    static let busy = HTTPRefusal(503, "busy", "The hub is busy; try again shortly.")
    static let unknownEndpoint = HTTPRefusal(
        404, "unknown_endpoint", "There is no such endpoint.")
    static let internalError = HTTPRefusal(
        500, "internal_error", "The hub failed; nothing is known to be stored.")
    static let tooSlow = HTTPRefusal(
        408, "body_too_slow", "The body did not arrive within the hub's deadline.")
    static let truncated = HTTPRefusal(
        400, "body_truncated", "The connection ended before the whole body had arrived.")

    static func tooLarge(maximumBytes: Int) -> HTTPRefusal {
        HTTPRefusal(
            413, "body_too_large", "The body is over this endpoint's \(maximumBytes) bytes.")
    }

    static func wrongMethod(allowed: String) -> HTTPRefusal {
        HTTPRefusal(
            405, "method_not_allowed", "This endpoint takes \(allowed) only.",
            allowedMethod: allowed)
    }

    /// The JSON sent, keys sorted.
    var body: Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let fields = ["code": code, "message": message]
        return (try? encoder.encode(fields)) ?? Data(#"{"code":"internal_error"}"#.utf8)
    }
}
