internal import LuckyModel

/// How fast the network was, second by second, as somebody measured it: a CSV with the columns
/// `t_s` (seconds from the start, rising) and `kbit_s` (0: no network), in any order among others.
/// A day that is longer than the trace plays it again. An empty rate is a moment that nobody measured:
/// what was before goes on.
public struct NetTrace: Hashable, Sendable {
    /// From a moment on.
    struct Point: Hashable, Sendable {
        var second: Int
        var kbitS: Int
    }

    let points: [Point]

    /// Reads a trace.
    /// - Throws: ``RouteFault`` with the line that is wrong.
    public static func read(_ text: String) throws(RouteFault) -> NetTrace {
        let lines = text.split(whereSeparator: \.isNewline)
        let names = (lines.first ?? "").split(separator: ",").map { trimmed($0) }
        guard let time = names.firstIndex(of: "t_s"), let rate = names.firstIndex(of: "kbit_s")
        else { throw RouteFault(.routeNetBad, ["line": "1"]) }
        var points: [Point] = []
        for (index, line) in lines.enumerated().dropFirst() {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(trimmed)
            if cells.indices.contains(max(time, rate)), cells[rate].isEmpty { continue }
            guard cells.indices.contains(max(time, rate)),
                let second = number(cells[time]), let kbit = number(cells[rate]),
                second >= 0, kbit >= 0, second < 1e7, kbit < 1e9,
                points.last.map({ Double($0.second) < second.rounded(.down) }) ?? true
            else { throw RouteFault(.routeNetBad, ["line": "\(index + 1)"]) }
            points.append(
                Point(second: Int(second.rounded(.down)), kbitS: Int(kbit.rounded(.down))))
        }
        guard !points.isEmpty else { throw RouteFault(.routeNetBad, ["line": "2"]) }
        return NetTrace(points: points)
    }

    /// - Parameter second: since the trace began.
    func kbitS(at second: Int) -> Int {
        guard let last = points.last, let first = points.first else { return 0 }
        let length = last.second - first.second + 1
        let place = first.second + max(0, second) % max(1, length)
        var (low, high) = (0, points.count)
        while low < high {
            let middle = (low + high) / 2
            if points[middle].second <= place { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? points[low - 1].kbitS : 0
    }

    private static func trimmed(_ cell: Substring) -> String {
        String(cell.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    private static func number(_ text: String) -> Double? {
        Double(text).flatMap { $0.isFinite ? $0 : nil }
    }
}
