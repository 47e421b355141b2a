/// What one row came to: medians over the rounds.
struct RowResult: Sendable {
    var name: String
    var unit: String
    var better: Better
    var ours: Double
    var reference: Double
    var referenceName: String
    /// The median of the rounds' own ratios: load that comes and goes hits both sides of a round.
    var ratio: Double
    /// Median distance of the rounds' ratios from it, as a part of it.
    var spread: Double
    var rounds: Int
    var byHand: Double?
    var note: String

    init(_ row: any BenchRow, _ measurement: Measurement) {
        let rounds = measurement.rounds
        name = row.name
        unit = row.unit
        better = row.better
        referenceName = row.referenceName
        ours = rounds.map(\.ours).median
        reference = rounds.map(\.reference).median
        let ratios = rounds.map { $0.reference > 0 ? $0.ours / $0.reference : 0 }
        let middle = ratios.median
        ratio = middle
        spread = middle > 0 ? ratios.map { abs($0 - middle) }.median / middle : 0
        self.rounds = rounds.count
        let byHand = rounds.compactMap(\.byHand)
        self.byHand = byHand.isEmpty ? nil : byHand.median
        note = measurement.note
    }

    /// One object on one line.
    var json: String {
        """
        {"name":\(name.quoted),"unit":\(unit.quoted),"better":\(better.rawValue.quoted),\
        "ours":\(ours.short),"reference":\(reference.short),\
        "reference_name":\(referenceName.quoted),"ratio":\(ratio.short),\
        "spread":\(spread.short),"rounds":\(rounds),"note":\(note.quoted)}
        """
    }

    /// For a person.
    func line(_ baseline: Baseline) -> String {
        var parts = [
            name.padded(to: 16), "\(ours.short) \(unit)".padded(to: 22),
            "\(referenceName) \(reference.short)".padded(to: 40),
            "× \(ratio.short) ±\((spread * 100).short) %",
        ]
        if let old = baseline.ratios[name] { parts.append("(baseline × \(old.short))") }
        if let byHand { parts.append("[outbox by hand \(byHand.short)]") }
        if !note.isEmpty { parts.append("— \(note)") }
        return parts.joined(separator: " ")
    }
}

extension [Double] {
    var median: Double {
        guard !isEmpty else { return 0 }
        let sorted = sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}

extension Double {
    /// Four digits that count, without an exponent.
    var short: String {
        guard isFinite, self != 0 else { return "0" }
        var scale = 1.0
        while (magnitude * scale) < 1_000, scale < 1e6 { scale *= 10 }
        let rounded = (self * scale).rounded() / scale
        return rounded == rounded.rounded() && rounded.magnitude < 1e15
            ? "\(Int64(rounded))" : "\(rounded)"
    }
}

extension String {
    /// As JSON; our words have no control characters.
    var quoted: String {
        "\"" + replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, width - count))
    }
}
