internal import LuckyModel

/// An entity that a case can name.
struct ScenarioEntity {
    static let groups = ["stops", "routes", "customers", "shifts"]

    /// `stops`, `routes` …
    var group: String
    var code: String
    var id: EntityID
}

extension ScenarioRun {
    /// The entities that a case can name.
    var named: [ScenarioEntity] {
        let count = stops.count + shifts.count
        if let known = namedOnce, known.count == count { return known.all }
        let all = findNamed()
        namedOnce = (count, all)
        return all
    }

    private func findNamed() -> [ScenarioEntity] {
        var named =
            stops.map { ScenarioEntity(group: "stops", code: $0.code, id: $0.id) }
            + shifts.map { ScenarioEntity(group: "shifts", code: $0.code, id: $0.id) }
        var seen: Set<EntityID> = []
        for hub in world.hubs {
            for (group, code) in namedOthers {
                let id = group == "routes" ? routeID(code, at: hub) : customerID(code, at: hub)
                if seen.insert(id).inserted {
                    named.append(ScenarioEntity(group: group, code: code, id: id))
                }
            }
        }
        return named
    }

    private var namedOthers: [(group: String, code: String)] {
        let body = player.file.body
        var routes = (body["plan"]?.list ?? []).map(routeCode)
        var customers: [String] = []
        for step in player.steps {
            if let code = step["route"]?.text { routes.append(code) }
            // Elsewhere it is a name.
            let isCode = ["write", "merge_customer", "delete_customer"].contains(step["do"]?.text)
            if let code = step["customer"]?.text, isCode { customers.append(code) }
            if let code = step["into"]?.text { customers.append(code) }
        }
        return routes.map { ("routes", $0) } + customers.map { ("customers", $0) }
    }
}
