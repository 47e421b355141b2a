import Foundation
import TestSupport
import Testing

/// `lucky inspect rules`, as people and scripts read it.
struct InspectRulesTests {
    @Test(
        "The printed rules are the table's: every field and every kind of fact, in both languages")
    func rules() async throws {
        let program = Repository.program("lucky").path
        let json = try await Command.run(program, ["inspect", "rules", "--json"])
        #expect(json.status == 0)
        for word in ["window", "price", "handed_over", "cash_received", "serial_twice"] {
            #expect(json.output.contains("\"\(word)\""), "\(word)")
        }
        for language in ["zh-Hant", "en"] {
            let run = try await Command.run(program, ["inspect", "rules", "--lang", language])
            #expect(run.status == 0 && run.output.split(separator: "\n").count > 40)
        }
    }
}
