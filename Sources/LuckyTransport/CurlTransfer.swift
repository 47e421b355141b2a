internal import LuckyModel
import CCurl
import Foundation
import LuckySync

/// The dates of HTTP headers.
enum HTTPDate {
    /// Seconds since 1970, or nil for text that is not a date.
    static func seconds(_ text: String) -> Int? {
        let time = lucky_curl_getdate(text)
        return time < 0 ? nil : Int(time)
    }
}

/// One transfer: a curl handle, what it sends and where its answer goes. Lives on the loop's
/// thread only.
final class CurlTransfer {
    let handle: UnsafeMutableRawPointer
    let job: CurlLoop.Job
    private let reader: AnswerReader
    private let sentBytes: Int
    private var headers: UnsafeMutablePointer<curl_slist>?
    private var watch: StallWatch

    /// nil when curl has no memory for another handle.
    init?(_ job: CurlLoop.Job, limits: TransportLimits) {
        guard let handle = lucky_curl_easy_init() else { return nil }
        self.handle = handle
        self.job = job
        let request = job.request
        reader = AnswerReader(expectedType: request.expectedType, limits: limits)
        sentBytes = request.body?.count ?? 0
        watch = StallWatch(limits: limits, waitSeconds: request.waitSeconds, now: .now)
        setRequest(request)
        setRules(limits, waitSeconds: request.waitSeconds)
        setAnswer()
    }

    deinit {
        lucky_curl_easy_cleanup(handle)
        lucky_curl_slist_free_all(headers)
    }

    private func setRequest(_ request: HTTPRequest) {
        lucky_curl_setopt_string(handle, CURLOPT_URL, request.url)
        for line in request.headers { headers = lucky_curl_slist_append(headers, line) }
        lucky_curl_setopt_pointer(handle, CURLOPT_HTTPHEADER, headers)
        guard let body = request.body else { return }
        lucky_curl_setopt_off(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
        body.withUnsafeBytes { bytes in  // curl copies
            let start = UnsafeMutableRawPointer(mutating: bytes.baseAddress)
            lucky_curl_setopt_pointer(handle, CURLOPT_COPYPOSTFIELDS, start)
        }
        lucky_curl_setopt_long(handle, CURLOPT_POST, 1)
    }

    private func setRules(_ limits: TransportLimits, waitSeconds: Int) {
        // The token goes to one host and nowhere else: no redirects, no proxies from the
        // environment, no other protocol.
        lucky_curl_setopt_long(handle, CURLOPT_FOLLOWLOCATION, 0)
        lucky_curl_setopt_string(handle, CURLOPT_PROXY, "")
        lucky_curl_setopt_string(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        // One exchange on one connection: what HTTP/2 would add is not needed here.
        lucky_curl_setopt_long(handle, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        lucky_curl_setopt_long(handle, CURLOPT_SSL_VERIFYPEER, 1)
        lucky_curl_setopt_long(handle, CURLOPT_SSL_VERIFYHOST, 2)
        // No signals in a process that is not ours, and a cancelled name look-up is not awaited.
        lucky_curl_setopt_long(handle, CURLOPT_NOSIGNAL, 1)
        lucky_curl_setopt_long(handle, CURLOPT_QUICK_EXIT, 1)
        lucky_curl_setopt_long(handle, CURLOPT_CONNECTTIMEOUT_MS, limits.connectSeconds * 1000)
        lucky_curl_setopt_long(
            handle, CURLOPT_TIMEOUT_MS, (limits.deadlineSeconds + waitSeconds) * 1000)
        lucky_curl_setopt_long(handle, CURLOPT_TCP_KEEPALIVE, 1)
        lucky_curl_setopt_long(handle, CURLOPT_TCP_KEEPIDLE, limits.keepAliveSeconds)
        lucky_curl_setopt_long(handle, CURLOPT_TCP_KEEPINTVL, limits.keepAliveSeconds)
        lucky_curl_setopt_off(
            handle, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(limits.answerBytes))
    }

    private func setAnswer() {
        let context = Unmanaged.passUnretained(reader).toOpaque()
        lucky_curl_setopt_bytes(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            CurlTransfer.pass(bytes, size * count, context) { $0.header($1) }
        }
        lucky_curl_setopt_pointer(handle, CURLOPT_HEADERDATA, context)
        lucky_curl_setopt_bytes(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            CurlTransfer.pass(bytes, size * count, context) { $0.body($1) }
        }
        lucky_curl_setopt_pointer(handle, CURLOPT_WRITEDATA, context)
    }

    /// Hands curl's bytes to the reader; any count but `count` ends the transfer.
    private static func pass(
        _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?,
        _ take: (AnswerReader, Data) -> Bool
    ) -> Int {
        guard count > 0 else { return 0 }
        guard let bytes, let context else { return 0 }
        let reader = Unmanaged<AnswerReader>.fromOpaque(context).takeUnretainedValue()
        return take(reader, Data(bytes: bytes, count: count)) ? count : 0
    }

    // MARK: Stalls

    var nextLook: ContinuousClock.Instant { watch.nextLook }

    func isStalled(now: ContinuousClock.Instant) -> Bool {
        var connected: curl_off_t = 0
        var uploaded: curl_off_t = 0
        lucky_curl_getinfo_off(handle, CURLINFO_PRETRANSFER_TIME_T, &connected)
        lucky_curl_getinfo_off(handle, CURLINFO_SIZE_UPLOAD_T, &uploaded)
        let phase: StallWatch.Phase =
            connected == 0
            ? .connecting
            : Int(uploaded) >= sentBytes && reader.bodyBytes == 0 ? .awaiting : .moving
        return watch.isStalled(phase, bytes: Int(uploaded) + reader.bodyBytes, now: now)
    }

    // MARK: Verdict

    /// What curl's end of the transfer means.
    func outcome(_ code: CURLcode) -> ExchangeOutcome {
        if code == CURLE_OK { return reader.finish() }
        if let failure = reader.failure { return .failed(failure) }
        if reader.hasHead, reader.status != 200 {
            return .failed(reader.judgement(body: nil))
        }
        return .failed(failure(code))
    }

    private func failure(_ code: CURLcode) -> ExchangeFailure {
        let text = String(cString: lucky_curl_easy_strerror(code))
        return switch code {
        case CURLE_OPERATION_TIMEDOUT: .timedOut
        case CURLE_FILESIZE_EXCEEDED: .tooLarge
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR: .notAHub(text)
        case CURLE_URL_MALFORMAT: .notAHub(text)
        case _ where reader.headBytes > 0: .truncated
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY: .notAHub("not HTTP")
        default: .offline(text)
        }
    }
}
