/// Where the numbers of a map's stops stand: beside their stop, and where stops crowd, further away at
/// the end of a line, so that no number lies on another or on a stop.
struct MapLabels {
    /// Where a text's middle goes.
    struct Spot: Hashable {
        var x: Double
        var y: Double
        /// So far off that a line has to lead to it.
        var isFar: Bool
    }

    private struct Box {
        var x: Double
        var y: Double
        var width: Double
        var height: Double

        func overlaps(_ other: Box) -> Bool {
            x < other.x + other.width && other.x < x + width && y < other.y + other.height
                && other.y < y + height
        }
    }

    private let width: Double
    private let height: Double
    private var taken: [Box] = []

    /// On an empty picture of this size.
    init(width: Double, height: Double) {
        self.width = width
        self.height = height
    }

    /// No text is to stand there.
    mutating func keepFree(x: Double, y: Double, width: Double, height: Double) {
        taken.append(Box(x: x, y: y, width: width, height: height))
    }

    /// Finds a place for a text of digits, and keeps it.
    mutating func place(_ text: String, at point: (x: Double, y: Double)) -> Spot {
        let (wide, high) = (7.5 * Double(text.utf8.count) + 3, 13.0)
        var distance = 12.0
        while distance < width + height {
            for turn in Self.turns {
                let x = point.x + turn.x * (distance + wide / 4)
                let y = point.y + turn.y * distance
                let box = Box(x: x - wide / 2, y: y - high / 2, width: wide, height: high)
                if isFree(box) {
                    taken.append(box)
                    return Spot(x: x, y: y, isFar: distance > 12)
                }
            }
            distance += 7
        }
        return Spot(x: point.x, y: point.y, isFar: false)
    }

    private func isFree(_ box: Box) -> Bool {
        box.x >= 1 && box.y >= 1 && box.x + box.width <= width - 1
            && box.y + box.height <= height - 1 && !taken.contains { $0.overlaps(box) }
    }

    /// Every 30 degrees, the upper right first.
    private static let turns: [(x: Double, y: Double)] = [
        (0.866, -0.5), (0.866, 0.5), (-0.866, -0.5), (-0.866, 0.5), (0.5, -0.866), (0.5, 0.866),
        (-0.5, -0.866), (-0.5, 0.866), (1, 0), (-1, 0), (0, -1), (0, 1),
    ]
}
