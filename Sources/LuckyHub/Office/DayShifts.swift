internal import LuckyCausality
internal import LuckyModel

extension DayReportReply {
    /// A driver's time on duty and the cash box, as the driver's own records say it.
    public struct Shift: Codable, Hashable, Sendable {
        /// Who clocked in.
        public var driver: String
        /// The shift's own id, hexadecimal.
        public var id: String
        /// By the phone's clock, Unix milliseconds; absent before the first clock-in.
        public var startedMs: Int64?
        /// Likewise; absent while it lasts.
        public var endedMs: Int64?
        /// Change money in the box, 1/100 NT$.
        public var floatCents: Int64
        /// Taken from customers, 1/100 NT$; also after the count.
        public var receivedCents: Int64
        /// Handed in, 1/100 NT$; also after the count.
        public var droppedCents: Int64
        /// What should be in the box; absent where a sum left its range.
        public var boxCents: Int64?
        /// What the driver counted; absent where nobody counted.
        public var countedCents: Int64?
        /// Counted beyond what should have been there at the count, negative where it was short;
        /// absent where nobody counted.
        public var differenceCents: Int64?
        /// Of `received_cents`, after the count.
        public var receivedLateCents: Int64
        /// Of `dropped_cents`, after the count.
        public var droppedLateCents: Int64
        /// Each time that cash was handed in, also what was withdrawn.
        public var drops: [Drop]
    }

    /// Cash handed in.
    public struct Drop: Codable, Hashable, Sendable {
        /// As it counts, 1/100 NT$; absent where it was withdrawn.
        public var amountCents: Int64?
        /// As first recorded.
        public var recordedCents: Int64
        /// By the phone's clock, Unix milliseconds.
        public var atMs: Int64
        /// The tap.
        public var change: String
        /// Recorded after the box was counted.
        public var isAfterCount: Bool
        /// Nobody hands in so much: it is in no sum.
        public var isLeftOut: Bool
    }
}

extension HubReader {
    /// The times on duty that began on a day; goes over every shift that the hub has.
    /// - Parameter stops: the day's.
    func shifts(
        begun date: CivilDate, _ stops: [EntityState]
    ) throws(HubRefusal) -> [DayReportReply.Shift] {
        var byDriver: [Identifier: [EntityState]] = [:]
        for id in try entities(.shift) {
            guard let state = try state(id), let driver = state.onDuty else { continue }
            byDriver[driver, default: []].append(state)
        }
        return byDriver.sorted { $0.key < $1.key }.flatMap { driver, shifts in
            let day = DutyDay(
                of: driver, on: date, shifts: shifts,
                stops: stops.filter { $0.facts.values.contains { $0.stamp.author == driver } }
                    .map { DutyDay.Doorstep($0, vehicle: nil) })
            return day.shifts.map { DayReportReply.Shift($0, of: driver) }
        }
    }
}

extension EntityState {
    /// Who clocked in first; nil where nobody did.
    fileprivate var onDuty: Identifier? {
        facts(of: .shiftStarted)
            .min { ($0.stamp.hlc, $0.ref) < ($1.stamp.hlc, $1.ref) }?.stamp.author
    }
}

extension DayReportReply.Shift {
    fileprivate init(_ shift: Shift, of driver: Identifier) {
        self.init(
            driver: driver.text, id: shift.id.hex, startedMs: shift.startedAt,
            endedMs: shift.endedAt, floatCents: shift.float.cents,
            receivedCents: shift.received.cents, droppedCents: shift.dropped.cents,
            boxCents: shift.box?.cents, countedCents: shift.counted?.cents,
            differenceCents: shift.difference?.cents, receivedLateCents: shift.receivedLate.cents,
            droppedLateCents: shift.droppedLate.cents,
            drops: shift.drops.map { drop in
                DayReportReply.Drop(
                    amountCents: drop.amount?.cents, recordedCents: drop.recorded.cents,
                    atMs: drop.writtenAt, change: drop.ref.change.hex,
                    isAfterCount: drop.isAfterCount, isLeftOut: drop.isLeftOut)
            })
    }
}
