import Foundation
import Synchronization

/// What the people of a journey did, written down outside the product: each tap before its
/// command runs, and what the command answered after it.
final class Ledger: Sendable {
    /// One tap.
    struct Entry: Sendable {
        /// The change id that the test gave it, 32 hexadecimal digits.
        var id: String
        var driver: String
        var phone: String
        var stop: String
        var act: Act
        /// The command's exit code; nil where it never answered.
        var status: Int32?
        /// The command said that it had this tap already.
        var isRepeat = false
    }

    /// What happened at the door.
    enum Act: Sendable, Hashable {
        case arrived
        case delivered([String: Int], collected: [String: Int] = [:], cash: Int? = nil)
        case failed(reason: String)
        case noted(String)
    }

    /// What a day came to.
    struct Sums: Sendable, Hashable {
        var delivered: [String: Int] = [:]
        var collected: [String: Int] = [:]
        var cashCents = 0
    }

    private let rows = Mutex<[Entry]>([])

    var entries: [Entry] { rows.withLock { $0 } }

    /// Every id that a command acknowledged, with one of its entries.
    var acknowledged: [String: Entry] {
        Dictionary(entries.filter { $0.status == 0 }.map { ($0.id, $0) }) { first, _ in first }
    }

    /// Writes a tap down. Returns its row.
    func write(_ entry: Entry) -> Int {
        rows.withLock {
            $0.append(entry)
            return $0.count - 1
        }
    }

    func answer(_ row: Int, status: Int32, isRepeat: Bool) {
        rows.withLock {
            $0[row].status = status
            $0[row].isRepeat = isRepeat
        }
    }

    /// Of all acknowledged taps, each id once; `driver`: only this one's.
    func sums(of driver: String? = nil) -> Sums {
        var sums = Sums()
        for entry in acknowledged.values where driver == nil || entry.driver == driver {
            guard case .delivered(let delivered, let collected, let cash) = entry.act else {
                continue
            }
            sums.delivered.merge(delivered) { $0 + $1 }
            sums.collected.merge(collected) { $0 + $1 }
            sums.cashCents += (cash ?? 0) * 100
        }
        return sums
    }

    /// A new change id.
    static func newID() -> String {
        UUID().uuidString.filter { $0 != "-" }.lowercased()
    }
}
