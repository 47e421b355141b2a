internal import LuckySync

/// What is to happen to one device: the earliest first, and of one moment in the order in which it
/// was scheduled.
struct Agenda {
    /// What happens then.
    enum Due {
        /// Its machine is told.
        case event(SyncEvent)
        /// Its request reaches the hub.
        case arrival(Flight)
        /// The hub, which kept its answer back for want of news, gives it.
        case release(Flight)
    }

    /// One thing, and for which of the device's processes it is meant.
    struct Entry {
        var at: Int64
        var order: UInt64
        var process: Int
        var due: Due

        func isBefore(_ other: Entry) -> Bool { (at, order) < (other.at, other.order) }
    }

    /// A heap: no entry is before the one at half its index.
    private var heap: [Entry] = []

    var count: Int { heap.count }
    var first: Entry? { heap.first }

    /// Whether its machine has still to hear of a tap, or of its start.
    var tellsOfTaps: Bool {
        heap.contains {
            switch $0.due {
            case .event(.tapped), .event(.started): true
            default: false
            }
        }
    }

    /// Whether a request or an answer of one of its processes is on its way.
    func hasMessage(of process: Int) -> Bool {
        heap.contains {
            guard $0.process == process else { return false }
            switch $0.due {
            case .arrival, .release, .event(.answered): return true
            default: return false
            }
        }
    }

    mutating func insert(_ entry: Entry) {
        heap.append(entry)
        var index = heap.count - 1
        while index > 0, heap[index].isBefore(heap[(index - 1) / 2]) {
            heap.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    mutating func popFirst() -> Entry? {
        guard let last = heap.popLast() else { return nil }
        guard let first = heap.first else { return last }
        heap[0] = last
        sink()
        return first
    }

    /// Few entries stand here at any time.
    mutating func removeAll(where isGone: (Due) -> Bool) {
        let kept = heap.filter { !isGone($0.due) }
        guard kept.count < heap.count else { return }
        heap = []
        for entry in kept { insert(entry) }
    }

    private mutating func sink() {
        var index = 0
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2] where child < heap.count {
                if heap[child].isBefore(heap[least]) { least = child }
            }
            guard least != index else { return }
            heap.swapAt(index, least)
            index = least
        }
    }
}
