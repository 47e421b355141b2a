internal import LuckyCausality
internal import LuckyModel

extension Office {
    func planImport(_ request: PlanImportRequest) throws(HubRefusal) -> PlanImportReply {
        let ids = try OfficeIDs(request.id)
        let language = try language(request.lang)
        let file: PlanFile
        do { file = try PlanFile.parse(request.file) } catch {
            throw .badPlan([error.message(in: .en)], count: 1)
        }
        let diff = try read { reader, _ in try difference(file, reader) }
        var reply = PlanImportReply(
            diff, file, in: language, dates: request.roc == true ? .roc : .common)
        reply.warnings = (reply.warnings + (try unheard(of: file, in: language)))
            .sorted { $0.line < $1.line }
        if request.dryRun == true { return reply }
        guard reply.rejected.isEmpty || request.partial == true else {
            let english = PlanImportReply(diff, file, in: .en, dates: .common).rejected
            throw .badPlan(english.prefix(50).map(\.sentence), count: english.count)
        }
        var writes = diff.entries.map { ($0.write, $0.count) }
        if request.cancelMissing == true {
            for (index, stop) in diff.vanished.enumerated() where stop.canBeCancelled {
                writes.append((stop.cancel, stop.count))
                reply.vanished[index].cancelled = true
            }
        }
        if Mutant.isOn(.importRowDropped), writes.count > 1 { writes.removeLast() }
        let results = try hub.write(
            writes.map { write, count in
                OfficeChangeset(
                    write.changes, contexts: [write].contexts, id: ids[count])
            }, by: credential, now: now, isTrial: isTrial
        ) { results, _ in results }
        reply.written = results.filter { !$0.isRepeat }.count
        reply.applied = !isTrial
        return reply
    }

    /// Of each driver of whom the hub never heard, the first line that names them; none while it
    /// knows nobody yet.
    private func unheard(
        of file: PlanFile, in language: Language
    ) throws(HubRefusal) -> [PlanImportReply.Warning] {
        let first = Dictionary(
            file.rows.map { ($0.driver, $0.line) }, uniquingKeysWith: { first, _ in first })
        let (unknown, isNew) = try refusing {
            try hub.observe { rows in
                let unknown = try first.keys.filter { try !rows.knows($0) }
                let isNew =
                    try unknown.count == first.count
                    && !rows.replicas().contains { $0.role == .driver }
                return (unknown, isNew)
            }
        }
        if isNew { return [] }
        return unknown.map { driver in
            PlanImportReply.Warning(
                line: first[driver] ?? 0,
                message: Phrase.officeDriverUnheard.text(
                    in: language, ["driver": driver.text]))
        }
    }

    private func difference(_ file: PlanFile, _ reader: HubReader) throws -> PlanDiff {
        let days = Set(file.rows.map(\.date)).sorted()
        let stops = try days.flatMap { try reader.stops(on: $0) }
        let routes = try days.flatMap { try reader.routes(on: $0) }
        var states = Dictionary((stops + routes).map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        for row in file.rows where row.depot == credential.depot {
            for id in [row.routeID, row.stopID] where states[id] == nil {
                states[id] = try reader.state(id)
            }
        }
        let known = states
        return PlanImport.diff(
            rows: file.rows, rejected: Set(file.rejected.compactMap(\.stop)),
            depot: credential.depot, existing: { known[$0] }, onDay: stops)
    }
}

extension PlanImportReply {
    init(_ diff: PlanDiff, _ file: PlanFile, in language: Language, dates: DateStyle) {
        let routes = diff.entries.filter { $0.row == nil }
        let stops = diff.entries.filter { $0.row != nil }
        self.init(
            applied: false, routesCreated: routes.filter(\.isNew).count,
            routesEdited: routes.filter { !$0.isNew }.count,
            created: stops.filter(\.isNew).count,
            edited: stops.filter { !$0.isNew }.map(Edited.init), unchanged: diff.unchanged,
            vanished: diff.vanished.map(Vanished.init),
            rejected: (file.rejected.map { Rejected($0, in: language) }
                + diff.problems.map { Rejected($0, in: language) }).sorted { $0.line < $1.line },
            warnings: (file.warnings.map {
                Warning(line: $0.line, message: $0.message(in: language))
            } + diff.reassigned.map { Warning($0, in: language) }
                + diff.notices.compactMap { line, notice in
                    notice.sentence(in: language, dates).map { Warning(line: line, message: $0) }
                }).sorted { $0.line < $1.line },
            written: 0)
    }
}

extension PlanImportReply.Edited {
    init(_ entry: PlanDiff.Entry) {
        self.init(
            entity: entry.write.entity.hex, stop: entry.row?.stop.text ?? "",
            line: entry.row?.line ?? 0, fields: entry.write.words, status: entry.status.rawValue)
    }
}

extension PlanImportReply.Vanished {
    init(_ vanished: PlanDiff.Vanished) {
        self.init(
            entity: vanished.stop.id.hex, stop: vanished.stop.code.text,
            date: vanished.stop.date?.text ?? "", route: vanished.routeCode,
            status: vanished.stop.status.rawValue, cancelled: false)
    }
}

extension PlanImportReply.Warning {
    init(_ route: PlanDiff.Reassigned, in language: Language) {
        self.init(
            line: route.row.line,
            message: Phrase.officeRouteReassigned.text(
                in: language,
                [
                    "route": route.row.route.text, "from": route.from.text,
                    "to": route.row.driver.text,
                ]))
    }
}

extension PlanImportReply.Rejected {
    init(_ rejection: Rejection, in language: Language) {
        self.init(
            line: rejection.line, column: rejection.column, reason: rejection.reason.rawValue,
            stop: rejection.stop?.text, firstLine: rejection.firstLine,
            message: rejection.message(in: language))
    }

    init(_ problem: PlanDiff.Problem, in language: Language) {
        let (column, phrase): (PlanColumn, Phrase) =
            switch problem.reason {
            case .wrongDepot: (.depot, .officeWrongDepot)
            case .alreadyDelivered: (.driver, .officeAlreadyDelivered)
            }
        self.init(
            line: problem.row.line, column: column.rawValue, reason: problem.reason.rawValue,
            stop: problem.row.stop.text, firstLine: nil,
            message: phrase.text(
                in: language,
                ["stop": problem.row.stop.text, "depot": problem.row.depot.text]))
    }

    /// `Line 7: …`.
    var sentence: String { "Line \(line): \(message)." }
}
