import Foundation

/// Ratios of earlier runs, as committed: {"name": ratio, …}, sorted by name.
struct Baseline {
    var ratios: [String: Double]

    init(at path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            ratios = [:]
            return
        }
        ratios = try JSONDecoder().decode([String: Double].self, from: data)
    }

    /// What was measured now over what is there: of each ratio the worse, so that some runs together
    /// say how far a ratio goes on its own.
    init(_ results: [RowResult], over old: Baseline) {
        ratios = old.ratios
        for result in results {
            guard let before = old.ratios[result.name] else {
                ratios[result.name] = result.ratio
                continue
            }
            ratios[result.name] =
                switch result.better {
                case .lower: max(before, result.ratio)
                case .higher: min(before, result.ratio)
                }
        }
    }

    func write(to path: String) throws {
        let lines = ratios.sorted { $0.key < $1.key }.map {
            "  \($0.key.quoted): \($0.value.short)"
        }
        let text = "{\n" + lines.joined(separator: ",\n") + "\n}\n"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    /// Worse by more than a quarter, and by more than three times what the rounds scatter.
    func isWorse(_ result: RowResult) -> Bool {
        guard let old = ratios[result.name], old > 0, result.ratio > 0 else { return false }
        let factor =
            switch result.better {
            case .lower: result.ratio / old
            case .higher: old / result.ratio
            }
        return factor - 1 > 0.25 && factor - 1 > 3 * result.spread
    }
}
