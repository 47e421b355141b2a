internal import Foundation
internal import LuckyCausality
internal import LuckyModel

extension PlanCells {
    /// The one row that these cells are, judged as a plan file's.
    func row() throws(HubRefusal) -> PlanRow {
        let file: PlanFile
        do {
            let encoder = JSONEncoder()
            encoder.keyEncodingStrategy = .convertToSnakeCase
            file = try PlanFile.parse(encoder.encode([self]))
        } catch let error as PlanFileError {
            throw .badPlan([error.message(in: .en)], count: 1)
        } catch {
            throw .badRequest("The cells cannot be read.")
        }
        guard let row = file.rows.first, file.rejected.isEmpty else {
            throw .badPlan(file.rejected.map { $0.message(in: .en) }, count: file.rejected.count)
        }
        return row
    }

    /// The plan fields that these cells write; an empty cell empties its field.
    func fields(for kind: EntityKind) throws(HubRefusal) -> [PlanWrite.Field] {
        guard date == nil, depot == nil, route == nil, driver == nil, stop == nil else {
            throw .badRequest(
                "date, depot, route, driver and stop are not set; use plan-reassign or plan-insert."
            )
        }
        let isRoute = kind == .route
        let ofStop = [
            sequence, customer, phone, address, lat, lng, window, items, price, payment, note,
            holds,
        ]
        guard (isRoute ? ofStop : [vehicle, capacityKg]).allSatisfy({ $0 == nil }) else {
            throw .badRequest(
                isRoute
                    ? "Of a route, vehicle and capacity_kg can be set."
                    : "vehicle and capacity_kg belong to a route.")
        }
        let row = try filled().row()
        return isRoute ? routeFields(row) : stopFields(row)
    }

    /// With the cells that every row must have.
    private func filled() -> PlanCells {
        var cells = self
        cells.date = "2026-01-01"
        cells.depot = "-"
        cells.route = "-"
        cells.driver = "-"
        cells.stop = "-"
        cells.sequence = sequence ?? "1"
        return cells
    }

    private func stopFields(_ row: PlanRow) -> [PlanWrite.Field] {
        let all: [(isWritten: Bool, field: PlanField)] = [
            (sequence != nil, .sequence), (customer != nil, .customerName), (phone != nil, .phone),
            (address != nil, .address), (lat != nil || lng != nil, .coordinate),
            (window != nil, .window), (items != nil, .items), (price != nil, .price),
            (payment != nil, .payment), (note != nil, .officeNote),
        ]
        let written = Set(all.filter(\.isWritten).map(\.field))
        return row.stopFields.filter { written.contains($0.field) }
            + (holds == nil ? [] : [.init(.holds, .counts(row.holding))])
    }

    private func routeFields(_ row: PlanRow) -> [PlanWrite.Field] {
        (vehicle == nil ? [] : [.init(.vehicle, row.vehicle.map(PlanValue.name) ?? .none)])
            + (capacityKg == nil
                ? [] : [.init(.capacityGrams, row.capacityGrams.map(PlanValue.integer) ?? .none)])
    }
}
