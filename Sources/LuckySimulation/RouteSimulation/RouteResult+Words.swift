public import LuckyModel

extension RouteResult {
    /// The day in a few lines, the verdict last.
    /// - Parameters:
    ///   - isOver: false where somebody stopped it.
    ///   - dates: how the day is written.
    public func lines(
        in language: Language, isOver: Bool, dates: DateStyle = .common
    ) -> [String] {
        func say(_ phrase: Phrase, _ arguments: [String: String] = [:]) -> String {
            phrase.text(in: language, arguments)
        }
        var lines = [
            say(
                .routeSumHead,
                [
                    "route": route, "date": CivilDate(text: date)?.text(dates) ?? date,
                    "seed": "\(seed)",
                ]),
            say(
                .routeSumStops,
                [
                    "stops": "\(stops)", "delivered": "\(delivered)", "failed": "\(failed)",
                    "cancelled": "\(cancelled)", "open": "\(open)", "late": "\(late)",
                ]),
            say(
                .routeSumLoad,
                [
                    "km": "\(km)", "cash": cashText, "cylinders": "\(cylinders)",
                    "empties": "\(empties)",
                ]),
        ]
        if let p50 = tapToDepotP50, let p95 = tapToDepotP95, let most = tapToDepotMax {
            lines.append(
                say(
                    .routeSumTimes,
                    [
                        "p50": Self.time(p50, in: language), "p95": Self.time(p95, in: language),
                        "max": Self.time(most, in: language),
                    ]))
        }
        lines.append(
            say(
                .routeSumTraffic,
                [
                    "up": "\(bytesUp)", "down": "\(bytesDown)", "pending": "\(pendingMax)",
                    "dark": Self.time(Double(offlineS), in: language),
                ]))
        lines.append(
            reviews == 0 ? say(.routeSumNoReviews) : say(.routeSumReviews, ["count": "\(reviews)"]))
        lines += reviewList.map { "  " + words($0, in: language) }
        let sums = reconciliation
        lines.append(
            say(
                .routeSumBooks,
                [
                    "tapped": "\(sums.tapped)", "received": "\(sums.received)",
                    "waiting": "\(sums.waiting)", "lost": "\(sums.lost)",
                    "doubled": "\(sums.doubled)", "altered": "\(sums.altered)",
                ]))
        if !isOver { lines.append(say(.routeSumStopped)) }
        return lines + [say(verdictPhrase)]
    }

    var verdictPhrase: Phrase {
        switch verdict {
        case .ok: .routeVerdictOK
        case .waiting: .routeVerdictWaiting
        case .broken: .routeVerdictBroken
        }
    }

    var cashText: String {
        Int64(exactly: (cash * 100).rounded()).flatMap { Money(cents: $0) }?.text ?? "\(cash)"
    }

    func words(_ review: OpenReview, in language: Language) -> String {
        let office = Phrase.routeTheOffice.text(in: language)
        return Phrase.review(ReviewKind(rawValue: review.kind)).text(
            in: language, ["stop": "\(review.stop)", "from": driver, "to": office])
    }

    /// `0.4 s`, `12 min 5 s`, `4 h 52 min`.
    static func time(_ seconds: Double, in language: Language) -> String {
        guard seconds >= 60, let whole = Int(exactly: seconds.rounded()) else {
            return Phrase.lengthSeconds.text(in: language, ["seconds": "\(seconds)"])
        }
        let (hours, minutes) = (whole / 3_600, "\(whole / 60 % 60)")
        if hours > 0 {
            return Phrase.lengthHours.text(
                in: language, ["hours": "\(hours)", "minutes": minutes])
        }
        return Phrase.lengthMinutes.text(
            in: language, ["minutes": minutes, "seconds": "\(whole % 60)"])
    }
}
