internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

// The verbs that only look.
extension Office {
    func reportDay(_ request: DayRequest) throws(HubRefusal) -> DayReportReply {
        let language = try language(request.lang)
        return try read { reader, finder in
            let day = try finder.date(request.date)
            let states = try reader.stops(on: day)
            let report = DayReport(states)
            return DayReportReply(
                date: day.text, depot: credential.depot.text,
                sequence: try reader.checkpoint().sequence, drivers: report.drivers,
                total: report.figures, shifts: try reader.shifts(begun: day, states),
                reviews: try reviews(on: day, reader, in: language), odd: report.odd,
                attempts: DayReportReply.Attempt.all(
                    on: day, of: states + (try reader.stops(after: day))))
        }
    }

    func heads(_ request: HeadsRequest) throws(HubRefusal) -> HeadsReply {
        try read { reader, _ in
            HeadsReply(
                depot: credential.depot.text, history: reader.history.hex,
                sequence: try reader.checkpoint().sequence,
                replicas: try reader.replicas().map { replica in
                    HeadsReply.Replica(
                        replica: replica.id.description, person: replica.person.text,
                        role: replica.role.name, counter: replica.head?.counter ?? 0,
                        lastContactMs: replica.lastSeen, sent: replica.sent,
                        onPhone: replica.onPhone)
                })
        }
    }
}
