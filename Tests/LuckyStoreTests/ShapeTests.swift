import GRDB
import LuckyCausality
import LuckyModel
import TestSupport
import Testing

@testable import LuckyStore

/// What a tap, a push, a page and a look at the day cost follows what they are about, not what the
/// store holds, nor how many devices wrote that. Counted, so that it holds on every machine;
/// `./cli/bench --growth` measures it.
@Suite struct ShapeTests {
    /// Stops of the day, of which there are as many in every store.
    private static let ofTheDay: UInt64 = 10

    @Test func theCostFollowsTheChange() throws {
        try Self.compare(Self.phone(stops: 20), Self.phone(stops: 600))
    }

    @Test func theCostDoesNotFollowTheDevices() throws {
        try Self.compare(
            Self.phone(stops: 40, devices: 1), Self.phone(stops: 40, devices: 100))
    }

    /// Three hands wrote at a stop, whoever they were: a tap there says what it had seen of the stop,
    /// not what it had seen of all devices.
    @Test func aTapTellsOfItsStopAlone() throws {
        let few = try Self.phone(stops: 40, devices: 3)
        let many = try Self.phone(stops: 40, devices: 100)
        let bytes = try [few, many].map { phone in
            let tap = try phone.complete(Phone.stop(1))
            return try #require(try phone.store.bytes(of: tap.change)).count
        }
        #expect(abs(bytes[0] - bytes[1]) < 16, "\(bytes)")
    }

    private static func compare(_ few: Phone, _ many: Phone) throws {
        for (few, many) in zip(try costs(of: few), try costs(of: many)) {
            #expect(few.steps > 0, "\(few.name)")
            #expect(many.steps <= few.steps * 11 / 10, "\(few.name): \(few.steps), \(many.steps)")
        }
    }

    /// - Parameter devices: wrote three facts at each stop, in turns; 0: nobody did.
    private static func phone(stops: UInt64, devices: UInt64 = 0) throws -> Phone {
        let phone = try Phone()
        phone.planRoute()
        for number in 1...ofTheDay { phone.plan(number) }
        for number in ofTheDay + 1...stops {
            phone.hub.write(
                [
                    .code: .name(Identifier("S\(number)")), .driver: .name(Phone.driver),
                    .date: .integer(20_261_123), .customerName: .text("王小姐"),
                    .items: .quantities([.kg20: 2]), .address: .text("中華路一段 \(number) 號"),
                ], on: Phone.stop(number))
        }
        if devices > 0 {
            for step in 0..<3 * stops {
                let reading = MeterReading(
                    milli: Int64(step), product: Product(Identifier("m\(step)")))
                let device = ReplicaID(install: 0xDE00 + step % devices, epoch: 1)
                phone.hub.record(
                    .meterRead(reading), on: Phone.stop(step / 3 + 1),
                    by: Dot(device, step / devices + 1), id: phone.newChange())
            }
        }
        try phone.pull()
        // Whatever is done once.
        try phone.note("門鈴壞了", Phone.stop(1))
        try phone.push()
        try phone.pull()
        return phone
    }

    private static func costs(of phone: Phone) throws -> [(name: String, steps: Int)] {
        let connection = try phone.store.connection.read { $0.sqliteConnection }
        let sqlite = try #require(connection)
        var costs: [(name: String, steps: Int)] = []
        func count(_ name: String, _ body: () throws -> Void) throws {
            costs.append((name, try SQLiteSteps.count(on: sqlite, body)))
        }
        let day = try #require(Phone.date)
        let taps = 1...5 as ClosedRange<UInt64>
        try count("taps") {
            for number in taps {
                phone.store.warm.drop()
                try phone.complete(Phone.stop(number))
            }
        }
        try count("push") { try phone.push() }
        for number in taps { phone.hub.write([.sequence: .integer(9)], on: Phone.stop(number)) }
        try count("pull") { try phone.pull() }
        try count("day") {
            let shown = try phone.store.routes(on: day).flatMap(\.stops).count
            #expect(shown == Int(ofTheDay))
        }
        try count("status") {
            _ = try phone.store.position()
            _ = try phone.store.pendingCount()
        }
        return costs
    }
}
