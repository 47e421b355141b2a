public import LuckyModel

extension EntityState {
    /// What its author said along with a change, in the same tap or edit, without redacted words:
    /// why the office cancelled a stop, or a driver's note to a delivery.
    public func words(saidWith change: ChangeID) -> [String] {
        guard facts.values.contains(where: { $0.ref.change == change }) else { return [] }
        return factRecords.compactMap { record in
            guard record.ref.change == change, case .noteAdded(let note) = record.fact else {
                return nil
            }
            return note.text
        }
    }
}
