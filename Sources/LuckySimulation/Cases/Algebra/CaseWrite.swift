internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

extension CaseWrite {
    /// What the hub would stamp on it.
    struct Stamped {
        var author: Identifier = "office"
        var role: Role = .office
        var hlc = HLC.zero
        var receivedAt: Int64?
    }

    static func plan(
        _ field: PlanField, _ value: PlanValue, dot: Dot, context: VersionVector, stamp: Stamped
    ) -> CaseWrite {
        CaseWrite(.plan(field, value), dot: dot, context: context, stamp: stamp, id: nil)
    }

    /// - Parameter id: of a change that was issued again under another dot; nil: a new one.
    static func note(
        _ text: String, dot: Dot, context: VersionVector, stamp: Stamped, id: Dot? = nil
    ) -> CaseWrite {
        CaseWrite(.fact(.noteAdded(Note(text))), dot: dot, context: context, stamp: stamp, id: id)
    }

    private init(
        _ body: Change.Body, dot: Dot, context: VersionVector, stamp: Stamped, id: Dot?
    ) {
        let name = id ?? dot
        let encoded = ChangeCodec.encode(Change(CaseStates.stop, body)) {
            [UInt8](repeating: 0, count: ChangeCodec.saltBytes)
        }
        self.init(
            dot: dot, context: context,
            change: Recorded(
                ref: FactRef(
                    change: ChangeID(high: name.replica.install, low: name.counter), index: 0),
                dot: dot, body: body, hash: encoded.hash,
                stamp: Stamp(
                    author: stamp.author, role: stamp.role, relation: .inScope, hlc: stamp.hlc,
                    writtenAt: stamp.hlc.milliseconds, receivedAt: stamp.receivedAt),
                context: context))
    }
}
