public import Foundation
public import LuckyModel
internal import Synchronization

/// A hub that is opened again by itself where a device shows that its file was put back to an
/// earlier state: the open mints a new history, and whoever asked is answered under that (L26).
///
/// Safe to call from any thread. What failed to open is tried again at the next call.
public final class KeptHub: HubDoor {
    private let current: Mutex<Current>
    private let open: @Sendable () throws(HubOpenError) -> Hub
    private let onReopen: @Sendable (Hub) -> Void

    private enum Current {
        case open(Hub)
        /// It was closed, and did not open.
        case closed
        /// For good.
        case ended
    }

    /// - Parameters:
    ///   - hub: open; closed by this from now on.
    ///   - onReopen: told of each new history, before anybody is answered under it.
    ///   - open: opens the same file.
    public init(
        _ hub: Hub, onReopen: @escaping @Sendable (Hub) -> Void = { _ in },
        reopening open: @escaping @Sendable () throws(HubOpenError) -> Hub
    ) {
        current = Mutex(.open(hub))
        self.open = open
        self.onReopen = onReopen
    }

    /// As ``Hub/sync(_:as:now:)``.
    public func sync(
        _ body: Data, as credential: Credential, now: Int64
    ) throws(HubRefusal) -> SyncAnswer {
        try asking { hub throws(HubRefusal) in try hub.sync(body, as: credential, now: now) }
    }

    /// As ``Hub/office(_:_:as:now:)``.
    public func office(
        _ verb: String, _ body: Data, as credential: Credential, now: Int64
    ) throws(HubRefusal) -> Data {
        try asking { hub throws(HubRefusal) in
            try hub.office(verb, body, as: credential, now: now)
        }
    }

    /// As ``Hub/isReady()``.
    public func isReady() -> Bool {
        guard let hub = try? trusted() else { return false }
        return hub.isReady()
    }

    /// As ``Hub/sequence(of:)``; 0 while no hub is open.
    public func sequence(of depot: Identifier) -> UInt64 {
        guard let hub = try? trusted() else { return 0 }
        return hub.sequence(of: depot)
    }

    /// Ends all work on the file. Calls after it throw 503.
    public func close() throws(HubRefusal) {
        let hub = current.withLock { current -> Hub? in
            defer { current = .ended }
            if case .open(let hub) = current { return hub }
            return nil
        }
        try hub?.close()
    }

    /// Asks once more where the hub that was asked is no longer the one that is open: it wrote
    /// nothing after that was shown.
    private func asking<T>(_ body: (Hub) throws(HubRefusal) -> T) throws(HubRefusal) -> T {
        let hub = try trusted()
        do throws(HubRefusal) {
            return try body(hub)
        } catch {
            guard !hub.isTrusted else { throw error }
        }
        return try body(try trusted())
    }

    /// The open hub; another one in its place where its history is disproved.
    private func trusted() throws(HubRefusal) -> Hub {
        try current.withLock { current throws(HubRefusal) -> Hub in
            if case .open(let hub) = current {
                if hub.isTrusted { return hub }
                current = .closed
                try hub.close()
            }
            if case .ended = current {
                throw HubRefusal(
                    status: 503, code: "closed", message: "The hub is closed.")
            }
            do throws(HubOpenError) {
                let hub = try open()
                onReopen(hub)
                current = .open(hub)
                return hub
            } catch {
                throw HubRefusal(
                    status: 503, code: "storage",
                    message: "The hub did not open again: \(error)")
            }
        }
    }
}
