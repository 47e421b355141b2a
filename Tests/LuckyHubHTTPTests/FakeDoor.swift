import Foundation
import LuckyHub
import LuckyModel
import Synchronization

/// A hub's door in memory, without any rule of a hub: bodies are text, `seen:N` asks for news
/// after position N, and office verbs do what their names say.
final class FakeDoor: HubDoor {
    struct Seen: Sendable {
        var bodies: [Data] = []
        var verbs: [String] = []
        var credentials: [Credential] = []
        var times: [Int64] = []
    }

    private struct State {
        var sequences: [Identifier: UInt64] = [:]
        var seen = Seen()
        var isReady = true
    }

    private let state = Mutex(State())

    var seen: Seen { state.withLock { $0.seen } }
    func setReady(_ isReady: Bool) { state.withLock { $0.isReady = isReady } }

    /// Another process wrote to the same database: nobody rings.
    func grow(_ depot: Identifier) { state.withLock { $0.sequences[depot, default: 0] += 1 } }

    func sync(
        _ body: Data, as credential: Credential, now: Int64
    ) throws(HubRefusal) -> SyncAnswer {
        let position = state.withLock { state in
            state.seen.bodies.append(body)
            state.seen.credentials.append(credential)
            state.seen.times.append(now)
            return state.sequences[credential.depot] ?? 0
        }
        let text = String(decoding: body, as: UTF8.self)
        if text == "busy" { throw HubRefusal(status: 503, code: "database_busy", message: "Busy.") }
        if text == "bad" { throw HubRefusal(status: 400, code: "bad_frame", message: "No frame.") }
        guard text.hasPrefix("seen:"), let known = UInt64(text.dropFirst(5)) else {
            return SyncAnswer(body: Data("received \(body.count)".utf8), hasNews: true)
        }
        let answer = known < position ? "news \(position)" : "nothing"
        return SyncAnswer(body: Data(answer.utf8), hasNews: known < position)
    }

    func office(
        _ verb: String, _ body: Data, as credential: Credential, now: Int64
    ) throws(HubRefusal) -> Data {
        state.withLock { state in
            state.seen.verbs.append(verb)
            if verb == "plan-edit" { state.sequences[credential.depot, default: 0] += 1 }
        }
        switch verb {
        case "conflict":
            throw HubRefusal(status: 409, code: "sibling_limit", message: "Too many edits.")
        case "odd-status":
            throw HubRefusal(status: 200, code: "odd", message: "Not an error's status.")
        case "long":
            return Data("[\(String(repeating: "123456789,", count: 2000))0]".utf8)
        case "echo": return body
        default: return Data("{}".utf8)
        }
    }

    func isReady() -> Bool { state.withLock { $0.isReady } }

    func sequence(of depot: Identifier) -> UInt64 {
        state.withLock { $0.sequences[depot] ?? 0 }
    }
}
