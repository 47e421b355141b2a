public import LuckyModel

/// What was recorded at a stop beyond counts and money: which cylinders, and how meters stood.
public struct AtTheDoor: Hashable, Sendable {
    /// Numbers of the cylinders handed over, sorted, as corrected.
    public var serials: [Identifier] = []
    /// Numbers of the cylinders taken back, likewise.
    public var collectedSerials: [Identifier] = []
    /// Every reading, in display order.
    public var readings: [MeterReading] = []
}

extension EntityState {
    /// For another kind of entity than a stop it means nothing. What is put aside is not in it.
    public var atTheDoor: AtTheDoor {
        var door = AtTheDoor()
        for effective in counted.effective {
            guard case .handedOver(let value) = effective.value else { continue }
            door.serials += value.serials
            door.collectedSerials += value.collectedSerials
        }
        door.serials = Set(door.serials).sorted()
        door.collectedSerials = Set(door.collectedSerials).sorted()
        door.readings = factRecords.compactMap { record in
            if case .meterRead(let reading) = record.fact { reading } else { nil }
        }
        return door
    }
}
