import ArgumentParser

struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "What the office wants of a day: look at it, edit it.",
        discussion: """
            An edit carries what you saw. Where somebody else wrote the same field meanwhile, both \
            values are kept and the answer says so; nobody's edit is overwritten.
            """,
        subcommands: [
            PlanShow.self, PlanHistory.self, PlanImport.self, PlanSet.self, PlanReassign.self,
            PlanCancel.self, PlanUncancel.self, PlanReopen.self, PlanInsert.self,
            PlanResequence.self, PlanReschedule.self, PlanCancelRoute.self, PlanCloseRoute.self,
        ])
}
