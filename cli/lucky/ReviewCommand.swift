import ArgumentParser
import LuckyCommandLine
import LuckyDriver
import LuckyWire

struct ReviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: Phrase.helpReview.spoken,
        subcommands: [ReviewList.self, ReviewShow.self, ReviewExport.self],
        defaultSubcommand: ReviewList.self)
}

struct ReviewList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: Phrase.helpReviewList.spoken)

    @OptionGroup var common: CommonOptions

    @Flag(help: Phrase.helpReviewAll.help)
    var all = false

    func run() async throws {
        try await Session.run(common) { session in
            let output = session.output
            let reviews = try await session.driver.reviews()
                .filter { all || $0.review.state.needsDecision }
                .filter { common.business.day == nil || $0.date == common.business.day }
            let rules = OtherRules(try await session.driver.status())
            output.result(
                Listed(
                    depotRulesVersion: rules?.theirs,
                    reviews: reviews.map { ReviewObject($0, output.language) }),
                lines(reviews, output) + said(of: rules, output))
        }
    }

    private func lines(_ reviews: [StoredReview], _ output: Output) -> [String] {
        guard !reviews.isEmpty else { return [output.text(.reviewsNone)] }
        let open = reviews.filter(\.review.state.needsDecision).count
        let counts = ["count": "\(open)", "total": "\(reviews.count)"]
        return [output.text(open == reviews.count ? .reviewsOpen : .reviewsAll, counts)]
            + reviews.map { stored in
                let status = output.text(.reviewStatus(stored.review.state.word))
                let text = stored.review.sentence(in: output.language, stop: stored.name.text)
                return "  \(stored.review.id.hex)  \(status)  \(text)"
            }
    }

    private struct Listed: Encodable {
        /// Absent where it is this phone's.
        var depotRulesVersion: Int?
        var reviews: [ReviewObject]
    }
}

struct ReviewShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: Phrase.helpReviewShow.spoken)

    @OptionGroup var common: CommonOptions

    @Argument(help: Phrase.helpReviewID.help)
    var review: String

    func run() async throws {
        try await Session.run(common) { session in
            let found = try await session.review(review)
            let rules = OtherRules(try await session.driver.status())
            let now = try await session.driver.stop(found.review.entity)?.stop
            session.output.result(
                ReviewObject(found, session.output.language),
                found.review.lines(
                    in: session.output.language, stop: found.name.text, now: now,
                    dates: session.output.dates)
                    + said(of: rules, session.output))
        }
    }
}

/// What is said below reviews where the depot's rules are not this phone's.
private func said(of rules: OtherRules?, _ output: Output) -> [String] {
    rules.map { [output.text(.reviewsOtherRules, $0.words)] } ?? []
}

extension Session {
    /// A review by its id, or by the digits that only its id begins with.
    func review(_ name: String) async throws -> StoredReview {
        let name = name.lowercased()
        let found = try await driver.reviews().filter { $0.review.id.hex.hasPrefix(name) }
        guard let first = found.first, found.count == 1, !name.isEmpty else {
            let isKnown = found.count > 1
            throw CommandFailure(
                code: isKnown ? "ambiguous_review" : "unknown_review",
                exitCode: ExitStatus.refused,
                message: output.text(
                    isKnown ? .ambiguousReview : .unknownReview, ["review": name]),
                hint: output.text(.unknownReviewHint))
        }
        return first
    }
}
