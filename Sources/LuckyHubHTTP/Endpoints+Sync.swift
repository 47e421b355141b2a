internal import Foundation
internal import Hummingbird
internal import LuckyHub
internal import LuckyModel
internal import NIOCore

extension Endpoints {
    /// `POST /v1/sync?wait_s=N`: push, receipts and the next page in one round trip (L17).
    ///
    /// When there is no news, a request that may wait is asked again each time its depot's log
    /// has grown, until there is some, its time is over, its client leaves or the hub closes;
    /// then it gets the answer without news.
    func sync(
        _ reader: inout RequestReader, on channel: any Channel
    ) async throws(HTTPRefusal) -> Answer {
        let credential = try await credential(of: reader.request)
        let patience = try patience(of: reader.request)
        let body = try await reader.body(
            within: RequestReader.Bounds(
                mediaType: MediaType.frames, bodyBytes: limits.syncBodyBytes,
                decodedBytes: limits.syncDecodedBytes, mayBeEmpty: false),
            on: pool)
        let deadline = ContinuousClock.now + patience
        var heardOf: UInt64 = 0
        while true {
            let round = try await syncOnce(body, as: credential)
            guard !round.answer.hasNews, ContinuousClock.now < deadline,
                let client = await ConnectionHandler.presence(on: channel)
            else { return try await answer(round, to: reader.request) }
            let waking = await doorbell.wait(
                on: credential.depot, past: max(round.before, heardOf),
                for: deadline - ContinuousClock.now, client: client)
            switch waking {
            case .grown(let sequence): heardOf = sequence
            case .timeout, .left, .closing: return try await answer(round, to: reader.request)
            case .full: throw .busy
            }
        }
    }

    private struct Round: Sendable {
        /// The log position before the call: growth after it may be news.
        var before: UInt64
        var after: UInt64
        var answer: SyncAnswer
    }

    private func syncOnce(
        _ body: Data, as credential: Credential
    ) async throws(HTTPRefusal) -> Round {
        let time = now()
        let round = try await pool.run { [door] () throws(HubRefusal) -> Round in
            let before = door.sequence(of: credential.depot)
            let answer = try door.sync(body, as: credential, now: time)
            let after = door.sequence(of: credential.depot)
            return Round(before: before, after: after, answer: answer)
        }
        await doorbell.ring(credential.depot, at: round.after)
        return round
    }

    private func answer(_ round: Round, to request: Request) async throws(HTTPRefusal) -> Answer {
        try await packed(
            Answer(mediaType: MediaType.frames, body: round.answer.body), for: request)
    }

    /// `wait_s`: whole seconds from 0 to the limit; 0 when it is not there.
    private func patience(of request: Request) throws(HTTPRefusal) -> Duration {
        guard let text = request.uri.queryParameters["wait_s"] else { return .zero }
        guard let seconds = Int(text), (0...limits.waitSeconds).contains(seconds) else {
            throw HTTPRefusal(
                400, "bad_wait_s", "wait_s is a number of seconds from 0 to \(limits.waitSeconds).")
        }
        return .seconds(seconds)
    }
}
