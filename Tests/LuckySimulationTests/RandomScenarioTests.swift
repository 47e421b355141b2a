import TestSupport
import Testing

@testable import LuckySimulation

/// Scenarios that nobody thought of, played as cases are: after each, what must hold of every
/// scenario holds (no tap is nowhere, rows are what they derive from, replicas that know the same
/// hold the same, every photo of an own fact is on its phone), and all has converged.
struct RandomScenarioTests {
    @Test func whatMustAlwaysHoldHolds() throws {
        try Budget.current("scenarios").runHistories { generator in
            (0..<Int.random(in: 6...16, using: &generator)).map { _ in
                Self.step(using: &generator)
            } as [String]
        } check: { steps in
            let result = CaseRunner.run(text: Self.text(Self.playable(steps)))
            try hold(result.outcome == .pass, "\(result.outcome): \(result.reason)")
        }
    }

    @Test("A random scenario is a case: it is played, not refused as invalid")
    func areCases() {
        let all = [
            #"{"do": "photo", "who": "a", "stop": "S1", "bytes": "p"}"#,
            #"{"do": "kill", "who": "a"}"#,
        ]
        #expect(CaseRunner.run(text: Self.text(Self.playable(all))).outcome == .pass)
        let broken = Self.text(Self.playable(all)).replacing("true", with: "false")
        #expect(CaseRunner.run(text: broken).outcome == .fail)
    }

    private static func step(using random: inout some RandomNumberGenerator) -> String {
        let who = ["a", "b"].randomElement(using: &random) ?? "a"
        let stop = who == "a" ? ["S1", "S2"].randomElement(using: &random) ?? "S1" : "S3"
        let number = Int.random(in: 0...3, using: &random)
        let fault = ["request_lost", "answer_lost", "duplicated"].randomElement(using: &random)
        let steps = [
            #""do": "photo", "who": "\#(who)", "stop": "\#(stop)", "bytes": "picture \#(number)""#,
            #""do": "note", "who": "\#(who)", "stop": "\#(stop)", "text": "note \#(number)""#,
            #""do": "handover", "who": "\#(who)", "stop": "\#(stop)", "delivered": {"20kg": 1}"#,
            #""do": "suggest_address", "who": "\#(who)", "stop": "\#(stop)", "address": "\#(number)""#,
            #""do": "sync", "who": "\#(who)""#, #""do": "restart", "who": "\#(who)""#,
            #""do": "sync", "who": "\#(who)", "fault": "\#(fault ?? "answer_lost")""#,
            #""do": "offline", "who": "\#(who)""#, #""do": "online", "who": "\#(who)""#,
            #""do": "set", "who": "mei", "stop": "\#(stop)", "note": "office \#(number)""#,
            #""do": "cancel", "who": "mei", "stop": "\#(stop)""#,
            #""do": "clock", "who": "\#(who)", "ahead": "+\#(number)d""#,
            #""do": "backup", "who": "\#(who)", "to": "\#(who)-night""#,
            #""do": "restore", "who": "\#(who)", "from": "\#(who)-night""#,
            #""do": "backup", "who": "hub", "to": "hub-night""#,
            #""do": "restore", "who": "hub", "from": "hub-night""#,
            #""do": "wait", "for": "+\#(number)h""#,
        ]
        return "{" + (steps.randomElement(using: &random) ?? "") + "}"
    }

    /// Without what cannot be: a restore of a backup that was not made, a second handover by one
    /// phone, a cancel of what the hub knows as delivered.
    private static func playable(_ steps: [String]) -> [String] {
        var made: Set<String> = []
        var given: Set<String> = []
        return steps.filter { step in
            if step.contains("\"backup\"") { made.insert(Self.quoted(step).last ?? "") }
            if step.contains("\"restore\"") { return made.contains(Self.quoted(step).last ?? "") }
            let stop = Self.quoted(step).first { $0.hasPrefix("S") } ?? ""
            if step.contains("\"handover\"") || step.contains("\"cancel\"") {
                return given.insert(stop).inserted
            }
            return true
        }
    }

    private static func quoted(_ step: String) -> [String] {
        step.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
    }

    private static func text(_ steps: [String]) -> String {
        """
        {
          "schema": "lucky-case/1", "id": "random", "kind": "scenario", "title": "random",
          "actors": {
            "a": {"is": "device", "driver": "drv-a"}, "b": {"is": "device", "driver": "drv-b"},
            "mei": {"is": "office"}
          },
          "plan": [
            {"stop": "S1", "driver": "drv-a"}, {"stop": "S2", "driver": "drv-a"},
            {"stop": "S3", "driver": "drv-b"}
          ],
          "steps": [\((steps + ["{\"do\": \"settle\"}"]).joined(separator: ",\n    "))],
          "expect": {"converged": true}
        }
        """
    }
}
