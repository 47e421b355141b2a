import ArgumentParser
import LuckyCommandLine
import LuckyDriver

struct ShiftShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: Phrase.helpShiftShow.spoken)

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await Session.run(common) { session in
            guard let day = try await session.driver.dutyDay(on: common.day) else {
                throw CommandFailure(
                    code: "clock_unusable", exitCode: ExitStatus.checkFailed,
                    message: session.output.text(.shiftClockUnusable),
                    hint: session.output.text(.clockHint))
            }
            let unpaid = Uncollected.stops(
                of: day, among: try await session.driver.stops(on: common.day))
            session.output.result(
                DutyDayObject(day),
                DutyDayText(session.output).lines(day)
                    + Uncollected.lines(
                        unpaid.count, Uncollected.sum(of: unpaid), session.output))
        }
    }
}

/// The day as lines.
private struct DutyDayText {
    let output: Output

    init(_ output: Output) { self.output = output }

    func lines(_ day: DutyDay) -> [String] {
        var lines = day.shifts.flatMap { shift in self.lines(shift, day) }
        if day.shifts.isEmpty {
            lines.append(output.text(.shiftNone, ["date": day.date.text(output.dates)]))
        }
        if day.shifts.count != 1 {
            lines.append(
                output.text(.shiftTotal, cash(day.box, day.float, day.received, day.dropped)))
        }
        for truck in day.trucks {
            lines.append(
                output.text(
                    .shiftTruck,
                    ["vehicle": truck.vehicle?.text ?? "–", "loads": loads(truck.moved)]))
        }
        lines += day.visits.map { visit in
            output.text(
                .shiftHolding,
                [
                    "stop": visit.code.text, "customer": visit.customer,
                    "delivered": items(visit.moved.delivered),
                    "collected": items(visit.moved.collected),
                ])
        }
        if day.hasOverflow { lines.append(output.text(.shiftOverflow)) }
        return lines
    }

    private func lines(_ shift: Shift, _ day: DutyDay) -> [String] {
        let ended = shift.endedAt.map { Formats.timeOfDay($0) }
        var lines = [
            output.text(
                .shiftLine,
                [
                    "date": day.date.text(output.dates),
                    "start": shift.startedAt.map { Formats.timeOfDay($0) } ?? "–",
                    "end": ended ?? output.text(.shiftStillOn),
                    "shift": String(shift.id.shiftName.prefix(8)),
                ]),
            output.text(
                .shiftBox, cash(shift.box, shift.float, shift.received, shift.dropped)),
        ]
        if let counted = shift.counted {
            lines.append(
                output.text(
                    .shiftCounted,
                    ["counted": counted.text, "difference": shift.difference?.text ?? "–"]))
        }
        return lines + DropText(output).lines(shift)
    }

    private func cash(
        _ box: Money?, _ float: Money, _ received: Money, _ dropped: Money
    ) -> [String: String] {
        [
            "box": box?.text ?? "–", "float": float.text, "received": received.text,
            "dropped": dropped.text,
        ]
    }

    private func loads(_ moved: CylindersMoved) -> String {
        let texts = LoadObject.list(moved).map { load in
            let product = Product(Identifier(load.product))
            return output.text(
                .shiftLoad,
                [
                    "product": product.info?.name(in: output.language) ?? load.product,
                    "full": signed(load.full), "empty": signed(load.empty),
                ])
        }
        return texts.joined(separator: output.language == .zhHant ? "；" : "; ")
    }

    private func signed(_ count: Int) -> String { count > 0 ? "+\(count)" : "\(count)" }

    private func items(_ quantities: Quantities) -> String {
        Formats.quantities(quantities, in: output.language)
    }
}

// The shapes of `--json`: a contract. Keys may be added; those here stay.

/// A truck's change of stock in one product.
private struct LoadObject: Encodable {
    var empty: Int
    var full: Int
    var product: String

    /// By product, without those that did not move.
    static func list(_ moved: CylindersMoved) -> [LoadObject] {
        Set((moved.delivered.pairs + moved.collected.pairs).map(\.product)).sorted().map {
            LoadObject(
                empty: moved.collected[$0], full: -moved.delivered[$0], product: $0.code.text)
        }
    }
}

private struct DutyDayObject: Encodable {
    struct Cash: Encodable {
        var boxCents: Int64?
        var droppedCents: Int64
        var floatCents: Int64
        var receivedCents: Int64
    }

    struct Shift: Encodable {
        var cash: Cash
        var countedCents: Int64?
        /// What was handed in, also what was withdrawn; absent where nothing was.
        var drops: [DropObject]?
        var droppedLateCents: Int64?
        var receivedLateCents: Int64?
        var differenceCents: Int64?
        var endedMs: Int64?
        var id: String
        var isOpen: Bool
        var startedMs: Int64?
    }

    struct Truck: Encodable {
        var products: [LoadObject]
        var vehicle: String?
    }

    struct Visit: Encodable {
        var collected: [String: Int]
        var customer: String
        var delivered: [String: Int]
        var stop: String
        var stopID: String

        enum CodingKeys: String, CodingKey {
            case collected, customer, delivered, stop
            case stopID = "stop_id"
        }
    }

    var cash: Cash
    var customers: [Visit]
    var date: String
    var driver: String
    var hasOverflow: Bool
    var shifts: [Shift]
    var trucks: [Truck]

    init(_ day: DutyDay) {
        cash = Cash(
            boxCents: day.box?.cents, droppedCents: day.dropped.cents,
            floatCents: day.float.cents, receivedCents: day.received.cents)
        customers = day.visits.map { visit in
            Visit(
                collected: StopObject.counts(visit.moved.collected), customer: visit.customer,
                delivered: StopObject.counts(visit.moved.delivered), stop: visit.code.text,
                stopID: visit.stop.hex)
        }
        date = day.date.text
        driver = day.driver.text
        hasOverflow = day.hasOverflow
        shifts = day.shifts.map { shift in
            Shift(
                cash: Cash(
                    boxCents: shift.box?.cents, droppedCents: shift.dropped.cents,
                    floatCents: shift.float.cents, receivedCents: shift.received.cents),
                countedCents: shift.counted?.cents, drops: DropObject.list(shift),
                droppedLateCents: shift.hasLate ? shift.droppedLate.cents : nil,
                receivedLateCents: shift.hasLate ? shift.receivedLate.cents : nil,
                differenceCents: shift.difference?.cents,
                endedMs: shift.endedAt, id: shift.id.shiftName, isOpen: shift.isOpen,
                startedMs: shift.startedAt)
        }
        trucks = day.trucks.map { truck in
            Truck(products: LoadObject.list(truck.moved), vehicle: truck.vehicle?.text)
        }
    }
}
