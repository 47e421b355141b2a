// As Growth.md has it, to be put there as it is.
extension GrowthTable {
    func printForDocs() {
        let records = self["tap"].map(\.records)
        let costs = ["tap", "sync", "pull", "verify", "open", "accept", "serve"]
        print("\nBy records:\n")
        print(markdown("records", records, costs))
        print("\nBy devices:\n")
        print(
            markdown(
                "devices", Growth.devices,
                costs.map { $0 + "_devices" } + ["busiest_tap", "busiest_pull", "busiest_bytes"]))
        print("\nMemory:\n")
        print(
            markdown(
                "records", records,
                ["bootstrap_memory", "sync_memory", "serve_memory"]))
    }

    private func markdown(_ first: String, _ sizes: [Int], _ names: [String]) -> String {
        let rows = names.map { self[$0] }
        let heads = zip(names, rows).map { name, row in
            "\(name.replacing("_devices", with: "")), \(row.first?.unit ?? "")"
        }
        let lines = sizes.enumerated().map { index, size in
            let values = rows.map { $0.indices.contains(index) ? $0[index].value.rounded3 : "" }
            return ([size.grouped] + values).joined(separator: " | ")
        }
        let rule = Array(repeating: "---", count: names.count + 1).joined(separator: "|")
        return
            (["| \(([first] + heads).joined(separator: " | ")) |", "|\(rule)|"]
            + lines.map { "| \($0) |" }).joined(separator: "\n")
    }
}

extension Double {
    /// Three digits that count.
    fileprivate var rounded3: String {
        magnitude >= 100
            ? Int(rounded()).grouped
            : magnitude >= 10
                ? ((self * 10).rounded() / 10).short : ((self * 100).rounded() / 100).short
    }
}

extension Int {
    /// Thousands apart.
    fileprivate var grouped: String {
        magnitude < 1_000
            ? "\(self)" : (self / 1_000).grouped + "," + "\(1_000 + self % 1_000)".dropFirst()
    }
}
