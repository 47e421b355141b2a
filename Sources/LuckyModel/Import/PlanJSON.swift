/// The JSON form of a plan file: `[{…}, …]` or `{"stops": [{…}, …]}`.
enum PlanJSON {
    static func records(_ bytes: [UInt8]) throws(PlanFileError) -> PlanRecords {
        var reader = JSONReader(bytes)
        let value: JSONReader.Value
        do { value = try reader.document() } catch {
            throw PlanFileError(Rejection(line: error.line, .badJSON, found: error.found))
        }
        guard let stops = stops(of: value) else {
            throw PlanFileError(Rejection(line: 1, .badJSON, found: "[{…}] / {\"stops\":[…]}"))
        }
        var found = PlanRecords()
        var warned: Set<Identifier> = []
        for stop in stops {
            guard case .object(let members) = stop.kind else {
                found.rejected.append(Rejection(line: stop.line, .notAStop))
                continue
            }
            take(members, line: stop.line, into: &found, &warned)
        }
        return found
    }

    private static func stops(of value: JSONReader.Value) -> [JSONReader.Value]? {
        switch value.kind {
        case .array(let stops): return stops
        case .object(let members):
            let named = members.filter { $0.key.utf8.elementsEqual("stops".utf8) }
            guard named.count == 1, case .array(let stops)? = named.first?.value.kind else {
                return nil
            }
            return stops
        default: return nil
        }
    }

    private static func take(
        _ members: [JSONReader.Member], line: Int, into found: inout PlanRecords,
        _ warned: inout Set<Identifier>
    ) {
        var record = PlanRecord(line: line, cells: [:])
        var rejected: [Rejection] = []
        var keys: Set<PlanColumn> = []
        for member in members {
            guard let column = PlanColumn(rawValue: member.key) else {
                if warned.insert(Identifier(member.key)).inserted {
                    found.warnings.append(
                        PlanWarning(line: member.value.line, unknownColumn: member.key))
                }
                continue
            }
            if !keys.insert(column).inserted {
                rejected.append(
                    Rejection(line: member.value.line, column: member.key, .duplicateColumn))
            }
            switch member.value.kind {
            case .text(let text), .number(let text): record.cells[column] = text
            case .null: break
            case .boolean, .array, .object:
                rejected.append(Rejection(line: member.value.line, column: member.key, .notAStop))
            }
        }
        guard rejected.isEmpty else {
            let stop = PlanName.identifier(record.cell(.stop))
            found.rejected += rejected.map { rejection in
                var copy = rejection
                copy.stop = stop
                return copy
            }
            return
        }
        found.records.append(record)
    }
}
