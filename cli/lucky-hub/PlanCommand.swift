import ArgumentParser
import LuckyCommandLine
import LuckyModel

struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: Phrase.helpHubPlan.spoken,
        discussion: Phrase.helpHubPlanMore.spoken,
        subcommands: [
            PlanShow.self, PlanHistory.self, PlanImport.self, PlanSet.self, PlanReassign.self,
            PlanCancel.self, PlanUncancel.self, PlanReopen.self, PlanInsert.self,
            PlanResequence.self, PlanReschedule.self, PlanCancelRoute.self, PlanCloseRoute.self,
        ])
}
