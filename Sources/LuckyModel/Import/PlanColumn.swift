/// A column of a plan file, or a key of its JSON form; the raw value is the name in the file.
public enum PlanColumn: String, Hashable, Sendable, CaseIterable {
    /// Where, when, who: a CSV header must have them, as those of the next line.
    case date, depot, route, driver, sequence, stop, customer, phone, address, lat, lng, window
    /// What is to be brought, for how much, paid how, and a word to the driver.
    case items, price, payment, note
    /// The truck, and the cylinders at the customer.
    case vehicle, holds
    /// What the truck may carry: kilograms in the file, grams in ``PlanRow/capacityGrams``.
    case capacityKilograms = "capacity_kg"

    /// In the order in which ``PlanFile/csv(_:)`` writes them.
    public static let written: [PlanColumn] = [
        .date, .depot, .route, .driver, .sequence, .stop, .customer, .phone, .address, .lat, .lng,
        .window, .items, .price, .payment, .note, .vehicle, .capacityKilograms, .holds,
    ]

    /// A CSV header may leave it out.
    public var isOptional: Bool {
        switch self {
        case .vehicle, .capacityKilograms, .holds: true
        default: false
        }
    }
}
