extension PlanRow {
    /// The row as ``PlanColumn/written`` cells; reading them gives the row again.
    public var cells: [String] { PlanColumn.written.map(cell) }

    private func cell(_ column: PlanColumn) -> String {
        switch column {
        case .date: date.text
        case .depot: depot.text
        case .route: route.text
        case .driver: driver.text
        case .sequence: "\(sequence)"
        case .stop: stop.text
        case .customer: customer
        case .phone: phone
        case .address: address
        case .lat: latE7.map { PlainText.decimalText(Int64($0), places: 7) } ?? ""
        case .lng: lngE7.map { PlainText.decimalText(Int64($0), places: 7) } ?? ""
        case .window:
            window.map {
                TaipeiTime.clock(minute: $0.startMinute) + "-"
                    + TaipeiTime.clock(minute: $0.endMinute)
            } ?? ""
        case .items: text(of: items)
        case .price: priceCents.map { PlainText.decimalText($0, places: 2) } ?? ""
        case .payment: payment?.text ?? ""
        case .note: note
        case .vehicle: vehicle?.text ?? ""
        case .capacityKilograms: capacityGrams.map { PlainText.decimalText($0, places: 3) } ?? ""
        case .holds: text(of: holds)
        }
    }

    private func text(of items: [PlanItem]) -> String {
        items.map { "\($0.product.text)*\($0.quantity)" }.joined(separator: "+")
    }
}
