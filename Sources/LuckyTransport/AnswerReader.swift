internal import LuckyModel
import Foundation
import LuckySync
import LuckyWire

/// Reads one HTTP answer as it arrives, within its bounds: headers, then the decoded body.
///
/// `header` and `body` return false to end the transfer at once; ``failure`` then says why.
final class AnswerReader {
    private(set) var status = 0
    /// Whether the blank line after the final headers has come.
    private(set) var hasHead = false
    private(set) var failure: ExchangeFailure?
    /// Seconds of `Retry-After`, or the date it names against the answer's own date; 0 or more, as
    /// asked: how much of it is waited is the sync machine's to say.
    private(set) var retryAfter: Int?
    private(set) var headBytes = 0
    private(set) var bodyBytes = 0

    private let expectedType: String
    private let limits: TransportLimits
    private var contentType: String?
    private var encoding: String?
    private var retryText: String?
    private var dateText: String?
    private var plain = Data()
    private var gzip: GzipReader?

    init(expectedType: String, limits: TransportLimits) {
        self.expectedType = expectedType
        self.limits = limits
    }

    // MARK: Headers

    func header(_ line: Data) -> Bool {
        headBytes += line.count
        if headBytes > limits.headerBytes { return stop(.tooLarge) }
        if hasHead { return true }  // a trailer
        let text = String(decoding: line, as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        if text.isEmpty { return endHead() }
        if text.hasPrefix("HTTP/") {
            status = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
            (contentType, encoding, retryText, dateText) = (nil, nil, nil, nil)
        } else if let colon = text.firstIndex(of: ":") {
            let value = text[text.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            switch text[..<colon].lowercased() {
            case "content-type": contentType = value
            case "content-encoding": encoding = value.lowercased()
            case "retry-after": retryText = value
            case "date": dateText = value
            default: break
            }
        }
        return true
    }

    private func endHead() -> Bool {
        guard status >= 200 else { return true }  // an interim answer: the next one counts
        hasHead = true
        retryAfter = retryText.flatMap(seconds)
        switch status {
        case 200: return beginBody()
        case 300..<400: return stop(.notAHub("redirect, HTTP \(status)"))
        case 201..<300, 600...: return stop(.notAHub("HTTP \(status)"))
        default: return true
        }
    }

    private func beginBody() -> Bool {
        let type = mediaType
        guard type == expectedType else {
            return stop(.notAHub("content type \(type.isEmpty ? "missing" : type)"))
        }
        switch encoding {
        case nil, "", "identity": return true
        case "gzip", "x-gzip":
            gzip = GzipReader(
                maximumBytes: limits.answerBytes, maximumRatio: limits.answerRatio)
            return true
        default: return stop(.notAHub("unknown content encoding"))
        }
    }

    /// The content type without its parameters; printable and short, for a log.
    private var mediaType: String {
        let type = contentType?.split(separator: ";").first.map(String.init) ?? ""
        let bytes = type.lowercased().utf8.filter { (0x21...0x7E).contains($0) }
        return String(decoding: bytes.prefix(64), as: UTF8.self)
    }

    private func seconds(_ text: String) -> Int? {
        if text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
            return text.isEmpty ? nil : Int(text) ?? .max
        }
        guard let then = HTTPDate.seconds(text), let now = dateText.flatMap(HTTPDate.seconds)
        else { return nil }
        return max(0, then.subtractingReportingOverflow(now).partialValue)
    }

    // MARK: Body

    func body(_ bytes: Data) -> Bool {
        bodyBytes += bytes.count
        guard status == 200 else {
            if bodyBytes > limits.errorBytes { return stop(judgement(body: nil)) }
            plain.append(bytes)
            return true
        }
        if bodyBytes > limits.answerBytes { return stop(.tooLarge) }
        guard let gzip else {
            plain.append(bytes)
            return true
        }
        do throws(GzipError) {
            try gzip.feed(bytes)
            return true
        } catch {
            return stop(Self.failure(of: error))
        }
    }

    // MARK: Verdict

    /// The outcome of an answer that came to its end.
    func finish() -> ExchangeOutcome {
        if let failure { return .failed(failure) }
        guard hasHead else { return .failed(.truncated) }
        guard status == 200 else { return .failed(judgement(body: plain)) }
        guard let gzip else { return .answered(plain) }
        do throws(GzipError) {
            return .answered(try gzip.finish())
        } catch {
            return .failed(Self.failure(of: error))
        }
    }

    /// What a status other than 200 means; `body` is nil when it did not come whole.
    func judgement(body: Data?) -> ExchangeFailure {
        switch status {
        case 401: return .unauthorised(status: status)
        case 511: return .notAHub("HTTP 511")  // the standard's own captive portal
        case 408, 429, 500..<600: return .busy(status: status, retryAfterSeconds: retryAfter)
        default: break
        }
        guard let body else { return .truncated }
        guard mediaType == "application/json", encoding == nil,
            let error = try? JSONDecoder().decode(HubErrorBody.self, from: body)
        else {
            // A proxy's 403 says nothing of the hub; a token may help there.
            return status == 403 ? .unauthorised(status: status) : .notAHub("HTTP \(status)")
        }
        return .refused(status: status, code: error.code, message: error.message)
    }

    private func stop(_ failure: ExchangeFailure) -> Bool {
        self.failure = failure
        return false
    }

    private static func failure(of error: GzipError) -> ExchangeFailure {
        switch error {
        case .malformed, .truncated: .truncated
        case .tooLarge, .ratioTooHigh: .tooLarge
        }
    }
}

/// The JSON that a hub's refusal carries.
private struct HubErrorBody: Decodable {
    var code: String
    var message: String
}
