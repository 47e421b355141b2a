/// Taps that are not about one planned stop: duty, cash handed in, meters, routes.
public enum DutyRules {
    /// The driver came on duty with so much change money.
    public static func startShift(float: Money) throws(StopRefusal) -> Fact {
        guard float >= .zero else { throw .outOfRange }
        return .shiftStarted(ShiftStart(float: float))
    }

    /// The driver went off duty.
    /// - Parameter counted: nil where nobody counted the box.
    public static func endShift(counted: Money?) throws(StopRefusal) -> Fact {
        guard counted.map({ $0 >= .zero }) != false else { throw .outOfRange }
        return .shiftEnded(ShiftEnd(counted: counted))
    }

    /// Cash handed in at the depot.
    public static func dropCash(_ amount: Money) throws(StopRefusal) -> Fact {
        guard amount > .zero else { throw .outOfRange }
        return .cashDropped(CashDrop(amount))
    }

    /// A meter as it stands: also below the last reading, and again on the same day; both are kept.
    public static func readMeter(
        milli: Int64, product: Product? = nil
    ) throws(StopRefusal) -> Fact {
        guard milli >= 0, milli < 1 << 53 else { throw .outOfRange }
        return .meterRead(MeterReading(milli: milli, product: product))
    }

    /// The driver is done; each stop must be closed first: delivered, failed or cancelled.
    public static func complete(_ route: Route) throws(StopRefusal) -> Fact {
        let open = route.stops.count - route.closedCount
        if open > 0 { throw .stopsOpen(open) }
        return .routeCompleted
    }
}
