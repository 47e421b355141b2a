internal import Foundation
internal import LuckyModel

extension Money {
    init(wire cents: Int64) throws(WireError) {
        guard let money = Money(cents: cents) else { throw .invalid("money \(cents)") }
        self = money
    }
}

extension Quantities {
    init(_ message: PBQuantities) throws(WireError) {
        var pairs: [(product: Product, count: Int)] = []
        for entry in message.entries {
            let product = Product(try Identifier(message: entry.product))
            guard let count = Int(exactly: entry.count), count != 0,
                count.magnitude <= Bounds.quantity
            else { throw .invalid("quantity \(entry.count)") }
            if let last = pairs.last, last.product >= product {
                throw .invalid("quantities not sorted")
            }
            pairs.append((product, count))
        }
        guard let quantities = Quantities(pairs) else { throw .invalid("quantities") }
        self = quantities
    }
}

extension PBQuantities {
    init(_ value: Quantities) {
        self.init()
        entries = value.pairs.map {
            var entry = PBQuantity()
            entry.product = Data($0.product.code.utf8)
            entry.count = Int64($0.count)
            return entry
        }
    }
}

extension PlanValue {
    init(_ message: PBValue) throws(WireError) {
        switch message.kind {
        case .text(let value): self = .text(try ChangeCodec.text(value))
        case .name(let value): self = .name(try Identifier(message: value))
        case .integer(let value):
            self = .integer(try exact(value, "integer"))
        case .flag(let value): self = .flag(value)
        case .moneyCents(let value): self = .money(try Money(wire: value))
        case .quantities(let value): self = .quantities(try Quantities(value))
        case .window(let value):
            guard value.startMinute < value.endMinute, value.endMinute <= 24 * 60 else {
                throw .invalid("window")
            }
            self = .window(
                TimeWindow(startMinute: Int(value.startMinute), endMinute: Int(value.endMinute)))
        case .coordinate(let value):
            self = .coordinate(try Coordinate(message: value))
        case .entity(let value): self = .entity(try EntityID(message: value))
        case nil: self = .unknown
        }
    }
}

extension PBValue {
    init(_ value: PlanValue) {
        self.init()
        switch value {
        case .text(let value): text = value
        case .name(let value): name = Data(value.utf8)
        case .integer(let value): integer = value
        case .flag(let value): flag = value
        case .money(let value): moneyCents = value.cents
        case .quantities(let value): quantities = PBQuantities(value)
        case .window(let value):
            window.startMinute = UInt32(clamping: value.startMinute)
            window.endMinute = UInt32(clamping: value.endMinute)
        case .coordinate(let value):
            coordinate.latitudeE7 = value.latitudeE7
            coordinate.longitudeE7 = value.longitudeE7
        case .entity(let value): entity = Data(value.bytes)
        case .none, .unknown: break
        }
    }
}

extension Coordinate {
    init(message: PBCoordinate) throws(WireError) {
        self.init(latitudeE7: message.latitudeE7, longitudeE7: message.longitudeE7)
        guard isOnEarth else { throw .invalid("coordinate") }
    }
}
