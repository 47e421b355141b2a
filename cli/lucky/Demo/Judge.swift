import Foundation
import LuckyCausality
import LuckyDriver
import LuckyHub

/// Compares what the drivers meant (the ledgers, outside every store) with what their phones and
/// the hub's file hold now. It trusts none of them.
struct Judge {
    let folder: DemoFolder
    private let figures: DayFigures
    private let ledger: Ledger
    private let phones: [PhoneEvidence]

    init(_ folder: DemoFolder) throws(DemoFailure) {
        self.folder = folder
        var path = folder.day
        do {
            figures = try DemoJSON.decode(
                DayFigures.self, from: Data(contentsOf: URL(filePath: path)))
            var ledger = Ledger()
            for person in DemoFolder.drivers + [DemoFolder.dispatcher] {
                path = folder.ledger(person)
                try ledger.read(path)
            }
            self.ledger = ledger
        } catch {
            throw DemoFailure(.demoNotReadable, ["path": path, "error": "\(error)"])
        }
        var phones: [PhoneEvidence] = []
        for driver in DemoFolder.drivers { phones.append(try PhoneEvidence(driver, folder)) }
        self.phones = phones
    }

    func verdict(in language: Language) throws(DemoFailure) -> Verdict {
        let hub = try HubEvidence(
            folder, date: figures.date, officeChanges: ledger.officeChanges, in: language)
        var verdict = Verdict(figures: figures)
        verdict.stops = hub.stops
        verdict.reviews = hub.reviews
        verdict.unopenedReviews = hub.unopened
        verdict.proofPending = hub.proofPending
        verdict.unreadable = hub.unreadable
        judgeTaps(hub, &verdict)
        judgeExtras(hub, &verdict)
        judgeFile(hub, &verdict)
        judgeSums(hub, &verdict)
        for phone in phones { verdict.phones.append(compare(phone, hub)) }
        return verdict
    }

    /// Acknowledged must exist, unknown may, refused must not; and each must say what was tapped.
    private func judgeTaps(_ hub: HubEvidence, _ verdict: inout Verdict) {
        for tap in ledger.taps {
            guard let change = ChangeID(hex: tap.change) else { continue }
            let refs = tap.says.indices.map { FactRef(change: change, index: $0) }
            let state = ledger.states[tap.change] ?? .unknown
            let isThere = refs.contains { hub.facts[$0] != nil }
            if state == .refused || (state == .unknown && !isThere) { continue }
            for (ref, said) in zip(refs, tap.says) {
                verdict.facts += 1
                switch hub.facts[ref]?.said {
                case nil: verdict.lost.append(Verdict.Mark(tap, said))
                case said: verdict.received += 1
                default: verdict.altered.append(Verdict.Mark(tap, said))
                }
            }
        }
        for change in hub.missingChanges {
            verdict.lost.append(Verdict.Mark(officeChange: change))
        }
    }

    /// What no ledger knows: the content of a tap once more, or something that never was.
    private func judgeExtras(_ hub: HubEvidence, _ verdict: inout Verdict) {
        let known = Set(
            ledger.taps.filter { ledger.states[$0.change] != .refused }.flatMap { tap in
                tap.says.indices.compactMap { index in
                    ChangeID(hex: tap.change).map { FactRef(change: $0, index: index) }
                }
            })
        for (ref, fact) in hub.facts.sorted(by: { $0.key < $1.key }) where !known.contains(ref) {
            let isRepeat = ledger.taps.contains {
                $0.entity == fact.entity.hex && $0.says.contains(fact.said)
            }
            let mark = Verdict.Mark(
                driver: fact.author.text, stop: fact.stop, what: .said(fact.said),
                change: ref.change.hex)
            if isRepeat { verdict.doubled.append(mark) } else { verdict.invented.append(mark) }
        }
    }

    /// What the hub's file says about itself: hashes, links, places.
    private func judgeFile(_ hub: HubEvidence, _ verdict: inout Verdict) {
        let taps = Dictionary(
            ledger.taps.map { ($0.change, $0) }, uniquingKeysWith: { first, _ in first })
        let archived = Dictionary(
            phones.flatMap(\.archive).map { ($0.dot, $0.change) },
            uniquingKeysWith: { first, _ in first })
        for finding in hub.findings {
            let change = finding.change ?? finding.dot.flatMap { archived[$0] }
            let tap = change.flatMap { taps[$0.hex] }
            let mark = Verdict.Mark(
                driver: tap?.driver ?? "–", stop: tap?.stop ?? "–",
                what: .detail(finding.detail), change: change?.hex ?? "–")
            switch finding.kind {
            case .missing: verdict.note(mark, in: \.lost)
            case .altered: verdict.note(mark, in: \.altered)
            case .doubled: verdict.note(mark, in: \.doubled)
            }
        }
    }

    private func judgeSums(_ hub: HubEvidence, _ verdict: inout Verdict) {
        for phone in phones {
            let driver = phone.driver.text
            let taps = ledger.taps.filter { tap in
                guard tap.driver == driver else { return false }
                switch ledger.states[tap.change] {
                case .acknowledged: return true
                case .refused: return false
                case .unknown, nil:
                    return phone.archive.contains { $0.change.hex == tap.change }
                }
            }
            verdict.sums.append(
                Verdict.Account(
                    driver: driver, own: Sums(of: taps), phone: phone.sums,
                    hub: hub.sums[driver] ?? Sums(), reported: hub.reported[driver] ?? Sums()))
        }
        let strangers = Set(hub.sums.keys).subtracting(phones.map(\.driver.text)).sorted()
        for driver in strangers {
            verdict.sums.append(
                Verdict.Account(
                    driver: driver, own: Sums(), phone: Sums(), hub: hub.sums[driver] ?? Sums(),
                    reported: hub.reported[driver] ?? Sums()))
        }
    }

    /// One replica against the hub, by digest at the log's end.
    private func compare(_ phone: PhoneEvidence, _ hub: HubEvidence) -> Verdict.Phone {
        let digests = hub.digests[phone.driver.text]
        let here = phone.position.checkpoint
        return Verdict.Phone(
            driver: phone.driver.text, sequence: here?.sequence ?? 0,
            pending: phone.position.pendingCount, differences: phone.differences,
            isSame: phone.digest == digests?.kept && phone.digest == digests?.computed
                && here?.sequence == hub.checkpoint?.sequence && here?.tag == hub.checkpoint?.tag
                && phone.position.recovery == nil && phone.position.parkedCount == 0
                && !figures.unverified.contains(phone.driver.text))
    }
}
