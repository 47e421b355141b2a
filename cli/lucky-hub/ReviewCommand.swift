import ArgumentParser
import LuckyCommandLine
import LuckyHub
import LuckyModel

struct ReviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review", abstract: Phrase.helpHubReview.spoken,
        discussion: Phrase.helpHubReviewMore.spoken,
        subcommands: [
            ReviewList.self, ReviewShow.self, ReviewResolve.self, ReviewUndo.self,
        ],
        defaultSubcommand: ReviewList.self)
}

struct ReviewList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: Phrase.helpHubReviewList.spoken)

    @OptionGroup var office: OfficeOptions

    @Option(help: Phrase.helpHubReviewDay.help)
    var date: String?

    @Flag(help: Phrase.helpReviewAll.help)
    var all = false

    func validate() throws {
        if let date, CivilDate(text: date) == nil {
            throw ValidationError(.usageDate, ["found": date])
        }
    }

    func run() async throws {
        try await Desk.run(office) { desk in
            let output = desk.output
            let list = try await desk.ask(
                .reviewList,
                ReviewListRequest(
                    date: date, all: all, lang: output.language.rawValue),
                for: ReviewListReply.self)
            output.result(list, ReviewListText(output).lines(list.reviews))
        }
    }
}

struct ReviewShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: Phrase.helpReviewShow.spoken)

    @OptionGroup var office: OfficeOptions

    @Argument(help: Phrase.helpHubReviewID.help)
    var review: String

    func run() async throws {
        try await Desk.run(office) { desk in
            let shown = try await desk.review(review)
            desk.output.result(shown, shown.lines)
        }
    }
}

struct ReviewResolve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve", abstract: Phrase.helpHubReviewResolve.spoken)

    @OptionGroup var office: OfficeOptions
    @OptionGroup var seen: ContextOption
    @OptionGroup var trial: DryRunOption

    @Argument(help: Phrase.helpHubReviewID.help)
    var review: String

    @Option(
        help: Phrase.helpHubReviewOutcome.help,
        completion: .list(
            ReviewOutcome.all.filter { $0 != .reopened }.map(\.rawValue)))
    var outcome: String

    @Option(help: Phrase.helpOwnWords.help)
    var note: String?

    @Flag(help: Phrase.helpHubReviewSupersede.help)
    var supersede = false

    @Option(help: Phrase.helpHubReviewRequest.help(as: "digits"))
    var id: String?

    func validate() throws {
        let known = ReviewOutcome.all.filter { $0 != .reopened }
        guard known.contains(ReviewOutcome(rawValue: outcome)) else {
            throw ValidationError(
                .usageWords,
                [
                    "option": "--outcome", "found": outcome,
                    "words": known.map(\.rawValue).joined(separator: ", "),
                ])
        }
        try RequestID.check(id)
        try ReviewDigits.check(review)
    }

    func run() async throws {
        try await Desk.run(office, dryRun: trial.dryRun) { desk in
            try await desk.decide(
                .reviewResolve, review, outcome: outcome, note: note, context: seen.context,
                supersede: supersede, id: id)
        }
    }
}

struct ReviewUndo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo", abstract: Phrase.helpHubReviewUndo.spoken)

    @OptionGroup var office: OfficeOptions
    @OptionGroup var seen: ContextOption
    @OptionGroup var trial: DryRunOption

    @Argument(help: Phrase.helpHubReviewID.help)
    var review: String

    @Option(help: Phrase.helpOwnWords.help)
    var note: String?

    @Option(help: Phrase.helpHubReviewRequest.help(as: "digits"))
    var id: String?

    func validate() throws {
        try RequestID.check(id)
        try ReviewDigits.check(review)
    }

    func run() async throws {
        try await Desk.run(office, dryRun: trial.dryRun) { desk in
            try await desk.decide(
                .reviewUndo, review, outcome: nil, note: note, context: seen.context,
                supersede: false, id: id)
        }
    }
}

/// How a review that is decided is named: one digit too few must not decide another one.
enum ReviewDigits {
    static let least = 4

    static func check(_ review: String) throws {
        guard review.utf8.count >= least else {
            throw ValidationError(.usageReviewDigits, ["count": "\(least)"])
        }
    }
}

extension Desk {
    func review(_ review: String) async throws -> ReviewShowReply {
        let review = try await reviewID(review)
        return try await ask(
            .reviewShow,
            ReviewShowRequest(
                review: review, lang: output.language.rawValue,
                roc: output.dates == .roc ? true : nil),
            names: ["review": review], for: ReviewShowReply.self)
    }

    /// By its id, or by the digits that only its id begins with.
    private func reviewID(_ name: String) async throws -> String {
        let name = name.lowercased()
        guard (1..<32).contains(name.utf8.count) else { return name }
        let found = try await ask(
            .reviewList,
            ReviewListRequest(date: nil, all: true, lang: output.language.rawValue),
            for: ReviewListReply.self
        ).reviews.map(\.review).filter { $0.hasPrefix(name) }
        guard found.count < 2 else {
            throw CommandFailure(
                code: "ambiguous_review", exitCode: ExitStatus.refused,
                message: output.text(.ambiguousReview, ["review": name]),
                hint: output.text(Phrase.officeHint("unknown_review")))
        }
        guard let id = found.first else {
            throw CommandFailure(.unknown("unknown_review"), output, names: ["review": name])
        }
        return id
    }

    /// Decides what the person sees now, or saw when `context` was given out.
    fileprivate func decide(
        _ verb: OfficeVerb, _ review: String, outcome: String?, note: String?, context: String?,
        supersede: Bool, id: String?
    ) async throws {
        let review = try await reviewID(review)
        var seen = context
        if seen == nil { seen = try await self.review(review).context }
        let id = id ?? RequestID.draw()
        let reply = try await ask(
            verb,
            ReviewDecisionRequest(
                id: id, review: review, outcome: outcome, note: note, context: seen,
                supersede: supersede, lang: output.language.rawValue),
            names: ["review": review, "id": id], for: ReviewDecisionReply.self)
        let phrase: Phrase =
            reply.isRepeat
            ? .hubReviewRepeated : verb == .reviewUndo ? .hubReviewUndone : .hubReviewDecided
        output.result(
            reply, [output.text(phrase, ["sequence": "\(reply.sequence)"])] + reply.review.lines)
        if reply.review.status == "contested" {
            output.warning("⚠ " + output.text(.hubReviewContested))
        }
    }
}

/// Reviews as a list.
struct ReviewListText {
    let output: Output

    init(_ output: Output) { self.output = output }

    func lines(_ reviews: [ReviewListReply.Review]) -> [String] {
        guard !reviews.isEmpty else { return [output.text(.reviewsNone)] }
        let open = reviews.filter { $0.status != "resolved" }.count
        let counts = ["count": "\(open)", "total": "\(reviews.count)"]
        return [output.text(open == reviews.count ? .reviewsOpen : .reviewsAll, counts)]
            + reviews.map { review in
                let status = output.text(.reviewStatus(review.status))
                let words = PlanWords(output)
                let day = review.date.map(words.day) ?? "–"
                let time = words.time(review.openedMs)
                return "  \(day)  \(time)  \(review.review)  \(status)  \(review.text)"
            }
    }
}
