internal import Foundation
internal import LuckyModel

// What is read off a meter, and a stop that no plan has.

extension MeterReading {
    init(_ message: PBMeterReading) throws(WireError) {
        guard message.milli >= 0 else { throw .invalid("meter below zero") }
        self.init(
            milli: try exact(message.milli, "meter"),
            product: message.product.isEmpty
                ? nil : Product(try Identifier(message: message.product)))
    }
}

extension PBMeterReading {
    init(_ value: MeterReading) {
        self.init()
        milli = value.milli
        if let product = value.product { self.product = Data(product.code.utf8) }
    }
}

extension AddedStop {
    init(
        _ message: PBAddedStop, _ personal: PBPersonal, _ note: String?
    ) throws(WireError) {
        self.init(
            code: message.code.isEmpty ? nil : try Identifier(message: message.code),
            route: message.route.isEmpty ? nil : try EntityID(message: message.route),
            date: message.date == 0 ? nil : try CivilDate(wire: message.date),
            payment: message.payment.isEmpty ? nil : try Identifier(message: message.payment),
            price: message.hasPriceCents ? try Money(wire: message.priceCents) : nil,
            customer: personal.customer.isEmpty ? nil : try ChangeCodec.text(personal.customer),
            address: personal.address.isEmpty ? nil : try ChangeCodec.text(personal.address),
            phone: personal.phone.isEmpty ? nil : try ChangeCodec.text(personal.phone),
            coordinate: personal.hasCoordinate
                ? try Coordinate(message: personal.coordinate) : nil,
            note: note)
    }
}

extension PBAddedStop {
    init(_ value: AddedStop, _ personal: inout PBPersonal) {
        self.init()
        if let code = value.code { self.code = Data(code.utf8) }
        if let route = value.route { self.route = Data(route.bytes) }
        date = UInt32(clamping: value.date?.yyyymmdd ?? 0)
        if let payment = value.payment { self.payment = Data(payment.utf8) }
        if let price = value.price { priceCents = price.cents }
        personal.customer = value.customer ?? ""
        personal.address = value.address ?? ""
        personal.phone = value.phone ?? ""
        if let place = value.coordinate {
            personal.coordinate.latitudeE7 = place.latitudeE7
            personal.coordinate.longitudeE7 = place.longitudeE7
        }
        personal.note = value.note ?? ""
    }
}

extension CivilDate {
    init(wire yyyymmdd: UInt32) throws(WireError) {
        guard let value = Int32(exactly: yyyymmdd), let date = CivilDate(yyyymmdd: value) else {
            throw .invalid("date \(yyyymmdd)")
        }
        self = date
    }
}
