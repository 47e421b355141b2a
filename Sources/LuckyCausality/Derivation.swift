public import LuckyModel

/// From a merged state to what a screen shows. The version changes whenever a row derived by an
/// older build would differ: stores rebuild their rows then (L11).
public enum Derivation {
    /// From 1, one more for every such change; a store keeps the one its rows were derived by.
    public static let version = 1
}

extension EntityState {
    /// The facts as derived views read them, in display order.
    public var factRecords: [FactRecord] {
        factsInOrder.compactMap { recorded in
            recorded.fact.map {
                FactRecord(
                    ref: recorded.ref, fact: $0, author: recorded.stamp.author,
                    role: recorded.stamp.role, relation: recorded.stamp.relation,
                    writtenAt: recorded.stamp.writtenAt, receivedAt: recorded.stamp.receivedAt)
            }
        }
    }

    /// The stop as a screen shows it; for another kind of entity it means nothing.
    public var stop: Stop { Stop(id: id, plan: shown, facts: factRecords) }

    /// The route as a screen shows it.
    /// - Parameter stops: its stops, in any order.
    public func route(stops: [Stop]) -> Route { Route(id: id, plan: shown, stops: stops) }

    /// L9: hidden exactly when the shown `deleted` says so and its writer had seen every doorstep
    /// fact of the entity.
    public var isHidden: Bool {
        guard let delete = fields[.deleted]?.shown, delete.plan?.value.flag == true else {
            return false
        }
        return facts.values.allSatisfy {
            $0.fact?.isDoorstep != true || delete.context.covers($0.dot)
        }
    }
}
