/// Judges the cells of one row: all that is wrong with it is said at once.
struct PlanRowReader {
    private let record: PlanRecord
    private(set) var rejected: [Rejection] = []

    init(_ record: PlanRecord) { self.record = record }

    /// The row, or nil and the reasons in ``rejected``.
    mutating func row() -> PlanRow? {
        let date = read(.date, .badDate) { text in
            CivilDate(text: text).flatMap { $0.year < 2000 ? nil : $0 }
        }
        let sequence = read(.sequence, .badSequence) { text in
            PlainText.digits(PlainText.structured(text))
                .flatMap { (1...10_000).contains($0) ? Int($0) : nil }
        }
        let depot = name(.depot)
        let route = name(.route)
        let driver = name(.driver)
        let stop = name(.stop)
        let coordinate = position()
        let window = read(.window, .badWindow, isRequired: false, parse: PlanWindow.minutes)
        let price = read(.price, .badPrice, isRequired: false) { text in
            Money(text: text).flatMap { $0 < .zero ? nil : $0.cents }
        }
        let payment = read(.payment, .unknownPayment, isRequired: false) {
            PaymentMethod(text: $0)?.code
        }
        let capacity = read(.capacityKilograms, .badCapacity, isRequired: false) { text in
            PlainText.decimal(PlainText.structured(text), places: 3)
                .flatMap { (1...Int64(Bounds.grams)).contains($0) ? $0 : nil }
        }
        let vehicle = name(.vehicle, isRequired: false)
        let items = list(.items)
        let holds = list(.holds)
        let customer = text(.customer)
        let phone = text(.phone)
        let address = text(.address)
        let note = text(.note)
        guard rejected.isEmpty, let date, let sequence, let depot, let route, let driver, let stop
        else { return nil }
        return PlanRow(
            line: record.line, date: date, depot: depot, route: route, driver: driver,
            sequence: sequence, stop: stop, customer: customer, phone: phone, address: address,
            latE7: coordinate?.latitudeE7, lngE7: coordinate?.longitudeE7,
            windowStartMinute: window?.startMinute, windowEndMinute: window?.endMinute,
            items: items, priceCents: price, payment: payment, note: note, vehicle: vehicle,
            capacityGrams: capacity, holds: holds)
    }

    private mutating func reject(
        _ column: PlanColumn, _ reason: Rejection.Reason, _ found: String
    ) {
        rejected.append(
            Rejection(
                line: record.line, column: column.rawValue, reason, found: found,
                stop: PlanName.identifier(record.cell(.stop))))
    }

    private mutating func read<Value>(
        _ column: PlanColumn, _ reason: Rejection.Reason, isRequired: Bool = true,
        parse: (String) -> Value?
    ) -> Value? {
        let found = record.cell(column)
        if PlainText.structured(found).isEmpty {
            if isRequired { reject(column, .missing, "") }
            return nil
        }
        guard let value = parse(found) else {
            reject(column, reason, found)
            return nil
        }
        return value
    }

    private mutating func name(_ column: PlanColumn, isRequired: Bool = true) -> Identifier? {
        read(column, .badName, isRequired: isRequired, parse: PlanName.identifier)
    }

    private mutating func text(_ column: PlanColumn) -> String {
        let found = record.cell(column)
        if found.utf8.count > PlanFile.maximumTextBytes { reject(column, .tooLong, found) }
        return found
    }

    private mutating func position() -> Coordinate? {
        let lat = degrees(.lat, limit: 90)
        let lng = degrees(.lng, limit: 180)
        if let lat, let lng { return Coordinate(latitudeE7: lat, longitudeE7: lng) }
        let hasLat = !PlainText.structured(record.cell(.lat)).isEmpty
        let hasLng = !PlainText.structured(record.cell(.lng)).isEmpty
        if hasLat != hasLng { reject(hasLat ? .lng : .lat, .badCoordinate, "") }
        return nil
    }

    private mutating func degrees(_ column: PlanColumn, limit: Int64) -> Int32? {
        read(column, .badCoordinate, isRequired: false) { text in
            PlainText.decimal(PlainText.structured(text), places: 7, rounds: true)
                .flatMap { $0.magnitude <= limit * 10_000_000 ? Int32(exactly: $0) : nil }
        }
    }

    private mutating func list(_ column: PlanColumn) -> [PlanItem] {
        let found = record.cell(column)
        do {
            let items = try ItemText.items(found).map {
                PlanItem(product: $0.product.code, quantity: $0.count)
            }
            if PlanItem.sum(items) == nil { reject(column, .badCount, found) }
            return items
        } catch {
            switch error {
            case .malformed(let part): reject(column, .badItems, part)
            case .unknownProduct(let name): reject(column, .unknownProduct, name)
            case .badCount(let count): reject(column, .badCount, count)
            }
            return []
        }
    }
}

/// Names in a plan file: of depots, routes, drivers, stops, vehicles.
enum PlanName {
    /// Without the spaces around; nil if empty, longer than ``Bounds/nameBytes`` or with control
    /// characters.
    static func identifier(_ text: String) -> Identifier? {
        let bytes = PlainText.trimmed(Array(text.utf8))
        let hasControl = text.unicodeScalars.contains { scalar in
            (scalar.value < 32 && scalar.value != 9) || (127..<160).contains(scalar.value)
        }
        guard !bytes.isEmpty, bytes.count <= Bounds.nameBytes, !hasControl, !bytes.contains(9)
        else { return nil }
        return Identifier(utf8: bytes)
    }
}

/// Windows in a plan file.
enum PlanWindow {
    /// `08:00-10:00` or a slot code; nil if it is neither, or does not end after it starts.
    static func minutes(_ text: String) -> TimeWindow? {
        let plain = PlainText.structured(replacingDashes(text))
        switch String(decoding: plain, as: UTF8.self) {
        case "0": return TimeWindow(startMinute: 8 * 60, endMinute: 20 * 60)
        case "1": return TimeWindow(startMinute: 8 * 60, endMinute: 12 * 60)
        case "2": return TimeWindow(startMinute: 12 * 60, endMinute: 17 * 60)
        case "3": return TimeWindow(startMinute: 17 * 60, endMinute: 20 * 60)
        default: break
        }
        let sides = plain.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard sides.count == 2, let start = minute(sides[0]), let end = minute(sides[1]),
            start < end
        else { return nil }
        return TimeWindow(startMinute: start, endMinute: end)
    }

    private static func minute(_ text: ArraySlice<UInt8>) -> Int? {
        let parts = PlainText.trimmed(Array(text))
            .split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 2,
            let hours = PlainText.digits(parts[0]), let minutes = PlainText.digits(parts[1]),
            hours <= 24, minutes < 60
        else { return nil }
        let minute = Int(hours) * 60 + Int(minutes)
        return minute <= 1440 ? minute : nil
    }

    private static func replacingDashes(_ text: String) -> String {
        let dashes: Set<Unicode.Scalar> = ["~", "\u{2013}", "\u{2014}", "\u{FF5E}", "\u{301C}"]
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { scalars.append(dashes.contains(scalar) ? "-" : scalar) }
        return String(scalars)
    }
}
